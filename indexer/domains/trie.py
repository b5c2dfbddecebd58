"""Finding the phrases of a taxonomy in a text: all phrases of a language are one trie, and a text is read once.

Words are compared by their families, those of an exact phrase by their forms; Chinese is compared character by
character, so a phrase is found inside running text.
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
            key = f"={token.exact}" if phrase.is_exact else family(token.written, self._language)
            place = place.after.setdefault(key, _Place())
        if wanted not in place.phrases:
            place.phrases.append(wanted)

    def _keys_of(self, written: str) -> tuple[str, str]:
        return family(written, self._language), f"={fold(written)}"

    def _starts_of(self, written: str) -> tuple[_Place, ...]:
        """The phrases that begin with a word: none for nearly every word of a text."""
        return tuple(self._root.after[key] for key in self._keys(written) if key in self._root.after)

    def matches(self, text: str, tokens: Sequence[Token]) -> list[Match]:
        """Every phrase that stands in ``text``, whose words are ``tokens``, overlapping ones too."""
        words = [accented or exact for exact, _, _, accented in tokens]
        found: list[Match] = []
        for at, places in enumerate(map(self._starts, words)):
            if places:
                self._read_on(text, tokens, words, at, places, found)
        return found

    def _read_on(
        self,
        text: str,
        tokens: Sequence[Token],
        words: Sequence[str],
        start: int,
        places: Sequence[_Place],
        found: list[Match],
    ) -> None:
        end = start + 1
        while places:
            for place in places:
                if place.phrases:
                    found += [Match(start, end, phrase, id(place)) for phrase in place.phrases]
            if end == len(words):
                return
            keys = self._keys(words[end])
            places = [place.after[key] for place in places for key in keys if key in place.after]
            if places and _BREAK.search(text, tokens[end - 1].end, tokens[end].start):
                return
            end += 1
