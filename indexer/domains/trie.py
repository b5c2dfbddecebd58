"""Finding the phrases of a taxonomy in a text: all phrases of a language are one trie, and a text is read once.

Words are compared by their families, those of an exact phrase by their forms; Chinese is compared character by
character, so a phrase is found inside running text. English words in -ise and -isation are those in -ize and -ization.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from indexer.analysis import Token, family, fold, tokenize
from indexer.domains.phrase import Phrase

if TYPE_CHECKING:
    from indexer.domains.taxonomy import Taxonomy

# A phrase doesn't reach across these and a space: "trade. Investment" is no "trade investment", "0.7 per cent" is one.
# Chinese has no space behind them, and its commas part what they list.
_BREAK = re.compile(r"[.;:!?()\[\]]\s|\s[(\[]|[\u3001\u3002\u300a-\u3011\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f]")
_HYPHEN = re.compile("[-\u2010\u2011]")
_BRITISH = re.compile(r"(?<=i)s(?=(?:e|es|ed|ers?|ing|ations?)$)")  # "decolonisation" is "decolonization"
_JOINED_FROM = 3  # letters behind a hyphen: "vis-à-vis" isn't "visa"
_KNOWN_WORDS = 100_000  # different words whose keys are kept; a large collection uses fewer every day


@dataclass(frozen=True, slots=True)
class Wanted:
    """A phrase as a domain has it; the ``weight`` of an excluded one is 0."""

    domain: str
    weight: float


@dataclass(slots=True)
class _Place:
    """Where reading has come to; ``phrases``: those that end here."""

    after: dict[str, _Place] = field(default_factory=dict)
    phrases: list[Wanted] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found at the words ``start`` to ``end`` (exclusive); ``found_as`` tells different phrases apart."""

    start: int
    end: int
    phrase: Wanted
    found_as: int

    def overlaps(self, other: Match) -> bool:
        """Whether they share a word."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Match) -> bool:
        """Whether the other lies within this one."""
        return self.start <= other.start and other.end <= self.end


class PhraseTrie:
    """The phrases of all domains in one language."""

    def __init__(self, taxonomy: Taxonomy, language: str) -> None:
        self._language = language
        self._root = _Place()
        self._keys = lru_cache(_KNOWN_WORDS)(self._keys_of)
        self._starts = lru_cache(_KNOWN_WORDS)(self._starts_of)
        for node in taxonomy.nodes:
            for words in (node.terms, node.hints, node.excluded):
                for phrase in words.get(language, ()):
                    self._insert(phrase, Wanted(node.id, phrase.weight))

    def _insert(self, phrase: Phrase, wanted: Wanted) -> None:
        place = self._root
        for token in tokenize(phrase.text):
            related, exact = self._keys(token.written)
            key = exact if phrase.is_exact else related
            place = place.after.setdefault(key, _Place())
        if wanted not in place.phrases:
            place.phrases.append(wanted)

    def _keys_of(self, written: str) -> tuple[str, str]:
        spelt = _BRITISH.sub("z", written) if self._language == "en" else written
        return family(spelt, self._language), f"={fold(spelt)}"

    def _starts_of(self, written: str) -> tuple[_Place, ...]:
        """The phrases that begin with a word: none for nearly every word of a text."""
        return tuple(self._root.after[key] for key in self._keys(written) if key in self._root.after)

    def matches(self, text: str, tokens: Sequence[Token]) -> list[Match]:
        """Every phrase that stands in ``text``, whose words are ``tokens``, overlapping ones too.

        What a hyphen parts is read as two words and as one: "co-operation" is found as "cooperation" too.
        """
        words = [accented or exact for exact, _, _, accented in tokens]
        joined = _joined(text, tokens, words) if _HYPHEN.search(text) else {}
        reading = _Reading(text, tokens, list(map(self._keys, words)), {at: self._keys(joined[at]) for at in joined})
        found: list[Match] = []
        for at, places in enumerate(map(self._starts, words)):
            if places or at in joined:
                ends = [(at + 1, place) for place in places if place.phrases or reading.may_go_on(at + 1, place)]
                if at in joined:
                    ends += [(at + 2, place) for place in self._starts(joined[at])]
                _read_on(reading, at, ends, found)
        return found


@dataclass(frozen=True, slots=True)
class _Reading:
    """A text and the keys of its words; ``joined``: those of two words as one, where a hyphen parts them."""

    text: str
    tokens: Sequence[Token]
    keys: Sequence[tuple[str, str]]
    joined: dict[int, tuple[str, str]]

    def may_go_on(self, at: int, place: _Place) -> bool:
        """Whether a phrase that has come to ``place`` may have the word ``at``: nearly always no, after "the"."""
        after = place.after
        if at >= len(self.keys) or not after:
            return False
        related, exact = self.keys[at]
        return related in after or exact in after or at in self.joined

    def after(self, at: int, place: _Place) -> list[tuple[int, _Place]]:
        """Where a phrase that has come to ``place`` goes on with the word ``at``, and which word is next there."""
        on = [(at + 1, place.after[key]) for key in self.keys[at] if key in place.after]
        if at in self.joined:
            on += [(at + 2, place.after[key]) for key in self.joined[at] if key in place.after]
        return [] if on and _BREAK.search(self.text, self.tokens[at - 1].end, self.tokens[at].start) else on


def _read_on(reading: _Reading, start: int, ends: list[tuple[int, _Place]], found: list[Match]) -> None:
    for end, place in ends:  # grows while it is read
        if place.phrases:
            found += [Match(start, end, phrase, id(place)) for phrase in place.phrases]
        if place.after and end < len(reading.keys):
            ends += reading.after(end, place)


def _joined(text: str, tokens: Sequence[Token], words: Sequence[str]) -> dict[int, str]:
    return {
        at: words[at] + words[at + 1]
        for at in range(len(words) - 1)
        if len(words[at + 1]) >= _JOINED_FROM
        and tokens[at + 1].start == tokens[at].end + 1
        and _HYPHEN.match(text, tokens[at].end)
    }
