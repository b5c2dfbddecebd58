"""The forms of one field of a segment: which fit a pattern, which are a few letters off a word.

Both are narrowed down by arrays of the bytes of all forms until a few are left that are looked at one by one.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from indexer.columnar.strings import StringTable
from indexer.query.match import wildcard_regex

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.intp]

_BITS = 32  # letters are told apart by so many bits: the Latin ones don't share any
_CONTINUES = 0x80  # bytes 10xxxxxx go on with a character of UTF-8
_KIND = 0xC0
_RARE = 4  # bytes: a part this long is found one by one, a shorter one at all places together
_FEW = 4096  # forms are looked at one by one in some milliseconds


class Near(NamedTuple):
    """A form, by number, and how many letters it is off."""

    number: int
    form: str
    off: int


class Forms:
    """Forms in their order."""

    def __init__(self, terms: StringTable) -> None:
        self.terms = terms

    def fitting(self, pattern: str) -> Numbers:
        """The numbers, in order, of the forms that fit a pattern: ``*`` is any number of characters, ``?`` is one."""
        start, end = _literal_start(pattern), _literal_start(pattern[::-1])[::-1]
        if start == pattern:
            number = self.terms.find(pattern.encode())
            return np.array([number] if number >= 0 else [], np.intp)
        first, last = self.terms.starting_with(start.encode())
        ending = self._ending_with(first, last, end.encode(), len(start.encode()))
        if pattern == f"{start}*{end}":
            return ending
        part = _longest(pattern)
        if pattern == f"*{part}*":
            return self._having(first, last, part.encode())
        if len(ending) > _FEW:
            having = np.zeros(last - first, np.bool_)
            having[self._having(first, last, part.encode()) - first] = True
            ending = ending[having.take(ending - first)]
        fits = wildcard_regex(pattern).fullmatch
        return ending[[fits(self.terms[number].decode()) is not None for number in ending.tolist()]]

    def _ending_with(self, first: int, last: int, end: bytes, start: int) -> Numbers:
        """Those of some in a row that end so, behind a start of so many bytes.

        Looked at from the last byte on: each leaves fewer.
        """
        numbers = np.arange(first, last)
        ends = self.terms.starts[first + 1 : last + 1].astype(np.intp)
        for at, byte in enumerate(reversed(end), 1):
            kept = np.flatnonzero(self.terms.data.take(ends - at, mode="clip") == byte)
            numbers, ends = numbers.take(kept), ends.take(kept)
        if end:
            numbers = numbers[ends - self.terms.starts.take(numbers).astype(np.intp) >= start + len(end)]
        return numbers

    def _having(self, first: int, last: int, part: bytes) -> Numbers:
        """Those of some in a row that have a part in them."""
        if not part or first == last:
            return np.arange(first, last)
        starts = self.terms.starts[first : last + 1].astype(np.intp)
        text = self.terms.data[starts[0] : starts[-1]]
        starts -= starts[0]
        if len(part) >= _RARE:
            places = _places(bytes(text), part)
            owners = np.searchsorted(starts, places, "right") - 1
            return first + np.unique(owners[places + len(part) <= starts.take(owners + 1)])
        begins = np.zeros(len(text), np.bool_)
        whole = max(len(text) - len(part) + 1, 0)
        begins[:whole] = text[:whole] == part[0]
        for at, byte in enumerate(part[1:], 1):
            begins[:whole] &= text[at : at + whole] == byte
            begins[np.maximum(starts[1:] - at, 0)] = False  # it would reach beyond its form
        return first + np.flatnonzero(np.logical_or.reduceat(begins, starts[:-1]))

    def near(self, word: str, edits: int) -> list[Near]:
        """The forms no more than so many letters off a word (optimal string alignment), in their order.

        A letter off changes the length by one at most, and of the set of letters it takes one away or brings one in.
        """
        length, letters = len(word), self._letters_of(word)
        lengths, sets = self._spelling
        close = np.flatnonzero((lengths >= length - edits) & (lengths <= length + edits))
        there = sets.take(close)
        few = (np.bitwise_count(there & ~letters) <= edits) & (np.bitwise_count(~there & letters) <= edits)
        numbers = close[few].tolist()
        forms = [self.terms[number].decode() for number in numbers]
        found = extract(word, forms, scorer=OSA.distance, score_cutoff=edits, limit=None)
        return sorted(Near(numbers[at], form, int(off)) for form, off, at in found)

    @staticmethod
    def _letters_of(word: str) -> Any:
        return np.bitwise_or.reduce([_BIT[char.encode()[-1]] for char in word], initial=np.uint32(0))

    @cached_property
    def _spelling(self) -> tuple[NDArray[np.intp], NDArray[np.uint32]]:
        """How many letters each form has, and the set of them as bits: each letter is known by its last byte."""
        data, starts = self.terms.data, self.terms.starts
        bits = _BIT.take(data)
        begins = starts[:-1].astype(np.intp)
        lengths = np.diff(starts).astype(np.intp)
        goes_on = (data & _KIND) == _CONTINUES
        if goes_on.any():
            bits[:-1][goes_on[1:]] = 0
            lengths -= np.diff(np.concatenate(([0], np.cumsum(goes_on))).take(starts.astype(np.intp)))
        return lengths, np.bitwise_or.reduceat(bits, begins) if len(begins) else bits


_BIT = (np.uint32(1) << (np.arange(256, dtype=np.uint32) % _BITS)).astype(np.uint32)


def _places(text: bytes, part: bytes) -> Numbers:
    found = []
    at = text.find(part)
    while at >= 0:
        found.append(at)
        at = text.find(part, at + 1)
    return np.array(found, np.intp)


def _literal_start(pattern: str) -> str:
    for at, char in enumerate(pattern):
        if char in "*?":
            return pattern[:at]
    return pattern


def _longest(pattern: str) -> str:
    """The longest part of a pattern that stands for itself."""
    return max(pattern.replace("?", "*").split("*"), key=len)
