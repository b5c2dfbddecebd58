"""How right the labels are: precision, recall and F1 of a taxonomy on passages with known domains.

::

    precision = right / found        of the passages put under the domain, those that speak of it
    recall    = right / support      of the passages that speak of it, those put under it
    F1        = 2 · right / (found + support)

C. J. van Rijsbergen, Information Retrieval, 2nd ed. 1979, chapter 7. A domain stands for those below it too, as in a
search. Roots that only group are not measured. Where there is nothing to divide by, the value is 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from indexer.domains.judged import JudgedPassage
from indexer.domains.label import Labeller, Mention
from indexer.domains.taxonomy import Taxonomy

_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Score:
    """How many passages speak of a domain (``support``), were put under it (``found``), and both (``right``)."""

    domain: str
    support: int
    found: int
    right: int

    @property
    def precision(self) -> float:
        """The share of those found that are right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The share of those to be found that are."""
        return self.right / self.support if self.support else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / (self.found + self.support) if self.found + self.support else 0.0

    def to_json(self) -> dict[str, Any]:
        """``{"support", "found", "right", "precision", "recall", "f1"}``."""
        counts = {"support": self.support, "found": self.found, "right": self.right}
        rates = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        return counts | {name: round(rate, _DIGITS) for name, rate in rates.items()}


@dataclass(frozen=True, slots=True)
class Outcome:
    """A passage with the domains it should be under and those that it is put under, the ones above them included."""

    passage: JudgedPassage
    expected: frozenset[str]
    found: frozenset[str]
    mentions: dict[str, Mention]


@dataclass(frozen=True, slots=True)
class Mistake:
    """A passage that is wrong for a domain: ``missed``, or else put under it without speaking of it.

    ``words``: those that count for the domain, or those that were not enough; ``excluded``: phrases that kept words
    from counting.
    """

    id: str
    missed: bool
    words: tuple[str, ...]
    excluded: tuple[str, ...]
    text: str

    def to_json(self) -> dict[str, Any]:
        """``{"id", "wrong" ("missed" or "false"), "words", "not_counted", "text"}``."""
        return {
            "id": self.id,
            "wrong": "missed" if self.missed else "false",
            "words": list(self.words),
            "not_counted": list(self.excluded),
            "text": self.text,
        }


@dataclass(frozen=True, slots=True)
class Measurement:
    """The labels of a taxonomy on passages; ``scores`` in tree order, without roots that only group."""

    outcomes: tuple[Outcome, ...]
    scores: tuple[Score, ...]

    @property
    def macro_f1(self) -> float:
        """The mean of the F1 of all domains that a passage speaks of: each counts the same."""
        rates = [score.f1 for score in self.scores if score.support]
        return sum(rates) / len(rates) if rates else 0.0

    @property
    def micro(self) -> Score:
        """All labels taken together: frequent domains count for more."""
        scores = self.scores
        return Score("all", sum(s.support for s in scores), sum(s.found for s in scores), sum(s.right for s in scores))

    def mistakes(self, taxonomy: Taxonomy, domain: str) -> list[Mistake]:
        """The passages that are wrong for a domain, in the order of the file."""
        below = taxonomy.descendants(domain)
        wrong = (one for one in self.outcomes if (domain in one.expected) != (domain in one.found))
        return [_mistake(one, [m for id, m in one.mentions.items() if id in below], domain) for one in wrong]

    def to_json(self) -> dict[str, Any]:
        """``{"passages", "domains", "macro_f1", "micro", "by_domain"}``; ``domains``: how many make up the mean."""
        return {
            "passages": len(self.outcomes),
            "domains": sum(score.support > 0 for score in self.scores),
            "macro_f1": round(self.macro_f1, _DIGITS),
            "micro": self.micro.to_json(),
            "by_domain": {score.domain: score.to_json() for score in self.scores},
        }


def measure(
    passages: Iterable[JudgedPassage], labeller: Labeller, taxonomy: Taxonomy, count: Callable[[int], None]
) -> Measurement:
    """Label the passages and compare; ``count`` is told of each one done. ``labeller`` is that of ``taxonomy``."""
    outcomes = []
    for passage in passages:
        outcomes.append(_outcome(passage, labeller, taxonomy))
        count(1)
    measured = [node.id for node in taxonomy.nodes if node.parent or node.terms or node.hints]
    return Measurement(tuple(outcomes), tuple(_score(domain, outcomes) for domain in measured))


def _outcome(passage: JudgedPassage, labeller: Labeller, taxonomy: Taxonomy) -> Outcome:
    mentions = labeller.read(passage.text, passage.language)
    found = [domain for domain, mention in mentions.items() if mention.counts]
    return Outcome(passage, taxonomy.with_ancestors(passage.domains), taxonomy.with_ancestors(found), mentions)


def _score(domain: str, outcomes: Sequence[Outcome]) -> Score:
    expected = [domain in one.expected for one in outcomes]
    found = [domain in one.found for one in outcomes]
    right = sum(both == (True, True) for both in zip(expected, found, strict=True))
    return Score(domain, sum(expected), sum(found), right)


def _mistake(outcome: Outcome, mentions: Sequence[Mention], domain: str) -> Mistake:
    words = dict.fromkeys(word for mention in mentions for word in mention.terms)
    excluded = dict.fromkeys(phrase for mention in mentions for phrase in mention.excluded)
    passage = outcome.passage
    return Mistake(passage.id, domain in outcome.expected, tuple(words), tuple(excluded), passage.text)
