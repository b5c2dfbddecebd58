"""Labelling: which domains a text is under, and the words that this rests on.

Within a domain the longest phrase takes its words, so "health care" isn't "health" as well; different domains may rest
on the same words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from indexer.analysis import UNKNOWN
from indexer.domains.passage import Passage
from indexer.domains.phrase import TERM_WEIGHT
from indexer.domains.trie import Match, PhraseTrie
from indexer.views import TITLE, DomainLabel, Evidence

if TYPE_CHECKING:
    from indexer.domains.taxonomy import Node, Taxonomy

# The rule, tuned on the seeds: a news item of 13 passages comes under every domain that it names, a speech of 25 under
# those that it dwells on. A passage that is all about a domain makes up for two that only name it. Narrow domains say
# in the taxonomy how many mentions they need.
PASSAGE_NEEDS = 1.0
PASSAGE_GIVES_AT_MOST = 3.0
PASSAGES_A_MENTION = 7  # a document needs a mention for every so many passages, and at least one
TITLE_COUNTS = 2.0  # a title says what a text is about: it gives twice what a passage with its words gives
_DIGITS = 6  # weights are decimal fractions: ten times 0.1 is 1


class Mention(NamedTuple):
    """What a passage says of a domain: the words found, as they stand in the text, and what each adds to ``weight``.

    ``excluded``: the phrases that kept words from counting.
    """

    weight: float
    terms: tuple[str, ...]
    weights: tuple[float, ...]
    excluded: tuple[str, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether it puts the passage under the domain."""
        return self.weight >= PASSAGE_NEEDS


@lru_cache(maxsize=16)  # the languages of a taxonomy or two: building one takes a twentieth of a second
def _trie(taxonomy: Taxonomy, language: str) -> PhraseTrie:
    return PhraseTrie(taxonomy, language)


@lru_cache(maxsize=64)
def _tries(taxonomy: Taxonomy, language: str | None) -> tuple[PhraseTrie, ...]:
    """What finds the phrases of a passage; of all languages of the taxonomy, where its own isn't known."""
    known = _languages(taxonomy)
    codes = known if language is None else [language.lower().split("-")[0]]
    return tuple(_trie(taxonomy, code) for code in codes if code in known)


class Labeller:
    """Puts texts under the domains of a taxonomy."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._taxonomy = taxonomy
        self.languages = _languages(taxonomy)
        """The languages that the taxonomy has words of, in order."""

    def read(self, text: str, language: str | None) -> dict[str, Mention]:
        """What a passage says of each domain that any of its words stand for, or would but for an exclusion.

        In tree order. A text in a language that the taxonomy has no words of says nothing; where the language isn't
        known, all languages of the taxonomy are tried, and each domain has what the best of them found.
        """
        mentions = self._read(text, language)
        telling = {domain for domain, mention in mentions.items() if mention.weight or mention.excluded}
        return {node.id: mentions[node.id] for node in self._taxonomy.nodes if node.id in telling}

    def _read(self, text: str, language: str | None, least: float = 0.0) -> dict[str, Mention]:
        """What a passage says of each domain; mentions that weigh less than ``least`` may be left out."""
        tries = _tries(self._taxonomy, language)
        passage = Passage(text if tries else "")
        mentions: dict[str, Mention] = {}
        for trie in tries:
            for domain, matches in _by_domain(trie.matches(passage)).items():
                if _weighs_at_most(matches) < least:
                    continue
                mention = _mention(passage, matches)
                known = mentions.get(domain)
                mentions[domain] = mention if known is None or known.weight < mention.weight else known
        return mentions

    def label_passage(self, text: str, language: str | None) -> dict[str, tuple[str, ...]]:
        """The domains that a passage comes under, in tree order, with the words found (see :meth:`read`)."""
        return {domain: mention.terms for domain, mention in self.read(text, language).items() if mention.counts}

    def label(
        self, paragraphs: Sequence[str], language: str | None, languages: Sequence[str] = (), title: str = ""
    ) -> tuple[DomainLabel, ...]:
        """The domains of a document, strongest first, then in tree order.

        ``languages`` has the language of each paragraph (``und``: not known), where these differ; the title is in the
        document's. ``weight`` is what passages and title say of the domain, as a share of the most that all passages
        could say. A domain above one found is not added.
        """
        each = [None if code == UNKNOWN else code for code in languages] or [language] * len(paragraphs)
        found: dict[str, list[tuple[int, Mention]]] = defaultdict(list)
        for number, text, code in (
            (TITLE, "" if _is_beginning(title, paragraphs) else title, language),
            *((number, text, code) for number, (text, code) in enumerate(zip(paragraphs, each, strict=True), 1)),
        ):
            for domain, mention in self._read(text, code, PASSAGE_NEEDS).items():
                if mention.counts:
                    found[domain].append((number, mention))
        labels = [
            _label(node, found[node.id], len(paragraphs))
            for node in self._taxonomy.nodes
            if node.id in found and _strength(found[node.id]) >= _needed(node, len(paragraphs))
        ]
        return tuple(sorted(labels, key=lambda label: -label.weight))


def _languages(taxonomy: Taxonomy) -> tuple[str, ...]:
    languages = {language for node in taxonomy.nodes for words in (node.terms, node.hints) for language in words}
    return tuple(sorted(languages))


def _is_beginning(title: str, paragraphs: Sequence[str]) -> bool:
    """Whether a text had no title and its first words were taken: they say nothing that the first passage doesn't."""
    return bool(paragraphs) and paragraphs[0].startswith(title.removesuffix("…"))


def _by_domain(matches: Iterable[Match]) -> dict[str, list[Match]]:
    by_domain: dict[str, list[Match]] = defaultdict(list)
    for match in matches:
        by_domain[match.phrase.domain].append(match)
    return by_domain


def _weighs_at_most(matches: Sequence[Match]) -> float:
    """What a mention of these matches can't weigh more than: all of them, each rounded up."""
    weight = 0.0
    for match in matches:
        weight += match.phrase.weight
    return weight + len(matches) * 10.0**-_DIGITS


def _mention(passage: Passage, matches: Sequence[Match]) -> Mention:
    if len(matches) == 1:
        return _lone(passage, matches[0])
    possible = [match for match in matches if match.phrase.weight]
    excluded = [match for match in matches if not match.phrase.weight] if len(possible) < len(matches) else []
    allowed = [match for match in possible if not any(_takes(no, match) for no in excluded)] if excluded else possible
    words: dict[str, tuple[str, float]] = {}
    for match in _counting(allowed):
        written = passage.written(match.start, match.end)
        word = written.casefold()
        first, weight = words.get(word, (written, 0.0))
        words[word] = first, round(weight + match.phrase.weight, _DIGITS)
    took = [passage.written(no.start, no.end) for no in excluded if any(_takes(no, match) for match in possible)]
    return Mention(
        round(sum(weight for _, weight in words.values()), _DIGITS),
        tuple(written for written, _ in words.values()),
        tuple(weight for _, weight in words.values()),
        tuple(dict.fromkeys(took)),
    )


def _lone(passage: Passage, match: Match) -> Mention:
    weight = round(match.phrase.weight, _DIGITS)
    return Mention(weight, (passage.written(match.start, match.end),), (weight,)) if weight else Mention(0.0, (), ())


def _takes(excluded: Match, match: Match) -> bool:
    """Whether an excluded phrase keeps a match from counting: not one that is longer and has it inside."""
    return excluded.overlaps(match) and not match.covers(excluded)


def _counting(matches: Sequence[Match]) -> list[Match]:
    """The matches of one domain that count, in the order of the text.

    The longest take their words. A term counts wherever it stands, a hint only once.
    """
    hints: dict[int, Match] = {}
    return [
        match
        for match in (matches if _are_apart(matches) else _longest(matches))
        if match.phrase.weight >= TERM_WEIGHT or hints.setdefault(match.found_as, match) is match
    ]


def _are_apart(matches: Sequence[Match]) -> bool:
    """Whether no two of them, in the order of the text, share a word: nearly always."""
    at = 0
    for match in matches:
        if match.start < at:
            return False
        at = match.end
    return True


def _longest(matches: Sequence[Match]) -> list[Match]:
    longest: list[Match] = []
    for match in sorted(matches, key=lambda match: (match.start - match.end, -match.phrase.weight, match.start)):
        if not any(match.overlaps(longer) for longer in longest):
            longest.append(match)
    return sorted(longest, key=lambda match: match.start)


def _needed(node: Node, passages: int) -> int:
    return node.mentions or max(1, passages // PASSAGES_A_MENTION)


def _strength(mentions: Sequence[tuple[int, Mention]]) -> float:
    return sum(
        min(mention.weight * (TITLE_COUNTS if number == TITLE else 1), PASSAGE_GIVES_AT_MOST)
        for number, mention in mentions
    )


def _label(node: Node, mentions: Sequence[tuple[int, Mention]], passages: int) -> DomainLabel:
    evidence = tuple(Evidence(number, mention.terms, mention.weights) for number, mention in mentions)
    weight = min(1.0, _strength(mentions) / (PASSAGE_GIVES_AT_MOST * max(1, passages)))
    return DomainLabel(node.id, node.name, node.root, weight, evidence)
