"""Words and signs of a text as they are written, for comparing two texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from indexer.analysis import CJK, INSIDE

PARAGRAPH = "¶"
"""Stands between passages that are compared as one text, so that a passage cut in two shows where."""

SHORT = 8
"""Words below which single words, too, make a passage worth comparing: a heading has two or three."""

_FIRST_CODE = 0x10000  # half of the codes below are no characters by themselves
_LETTERS = rf"[^\W{CJK}]+(?:[{INSIDE}]+[^\W{CJK}]*)*"
# The plainest words first: what follows would find them too, in twice the time.
_WRITTEN = re.compile(rf"[A-Za-z]+(?=\s)|{_LETTERS}(?:['’.,\u2011-]{_LETTERS})*|\S[{INSIDE}]*")


class Written(NamedTuple):
    """A word, a character of Chinese or a sign, with case and accents; ``spaced``: white space stands before it."""

    text: str
    spaced: bool

    @property
    def is_word(self) -> bool:
        """Whether it has a letter or a digit."""
        return any(map(str.isalnum, self.text))


_written = partial(tuple.__new__, Written)  # a long document has 200,000: Written(…) takes twice as long


def written(text: str) -> list[Written]:
    """The words and signs of ``text`` in order. How much white space stands between them, and which, is lost."""
    return [
        _written((match[0], text[match.start() - 1 : match.start()].isspace())) for match in _WRITTEN.finditer(text)
    ]


def joined(words: Sequence[Written]) -> str:
    """The words as text; one space where there was white space, none before the first."""
    return "".join(f" {word.text}" if word.spaced and at else word.text for at, word in enumerate(words))


class Coded:
    """Passages with each word as one character, so that strings of words are compared as strings of letters are.

    ``codes`` is shared by the texts that are compared. ``settled``: passages that :meth:`unsettled` leaves out.
    """

    def __init__(self, passages: Sequence[str], codes: dict[str, str]) -> None:
        self._passages = passages
        self._codes = codes
        self._written: dict[int, list[Written]] = {}
        self._known: dict[int, str] = {}
        self.settled: set[int] = set()

    def written(self, at: int) -> list[Written]:
        """One passage as it is written."""
        if at not in self._written:
            self._written[at] = written(self._passages[at])
        return self._written[at]

    def together(self, passages: range) -> list[Written]:
        """Passages as one text, with :data:`PARAGRAPH` between them."""
        found: list[Written] = []
        for words in map(self.written, passages):
            if found:
                found.append(Written(PARAGRAPH, True))
                words = [words[0]._replace(spaced=True), *words[1:]]
            found += words
        return found

    def code(self, at: int) -> str:
        """One passage, a character a word."""
        if at not in self._known:
            codes = self._codes
            self._known[at] = "".join(
                [codes.setdefault(word, chr(_FIRST_CODE + len(codes))) for word, _ in self.written(at)]
            )
        return self._known[at]

    def row(self, passages: range) -> str:
        """Passages in a row, nothing between them."""
        return "".join(map(self.code, passages))

    def unsettled(self) -> Iterator[int]:
        """The passages that are left to be compared."""
        return (at for at in range(len(self._passages)) if at not in self.settled)

    def features(self, at: int) -> set[str]:
        """What leads to passages that may be alike: pairs of words, single words too where there are few."""
        words = self.code(at)
        pairs = {words[first : first + 2] for first in range(len(words) - 1)}
        return pairs | set(words) if len(words) < SHORT else pairs


def similarity(one: str, other: str) -> float:
    """The part of the words and signs of both that two texts share, in order (0 to 1)."""
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity([word.text for word in written(one)], [word.text for word in written(other)])
