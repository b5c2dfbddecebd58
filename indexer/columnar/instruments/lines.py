"""The order of the lines of a concordance, page by page."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import numpy as np

from indexer.columnar.executor.stretches import Stretches
from indexer.columnar.instruments.texts import Texts
from indexer.columnar.instruments.wordlist import WordList
from indexer.engines.protocol import LineOrder, Sample

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

COMPARED = 6  # words beside a hit that lines are sorted by; longer runs that are alike are one formula
_KEY_BITS = 63  # of a number that several ranks are packed in


class Lines:
    """The hits as the lines of a concordance; ``dates``: the rank of each hit's text by its date."""

    def __init__(
        self, texts: Texts, hits: Stretches, dates: NDArray[np.intp], order: LineOrder, words: WordList
    ) -> None:
        self._texts = texts
        self._hits = hits
        self._dates = dates
        self._order = order
        self._words = words

    def page(self, offset: int, limit: int) -> NDArray[np.intp]:
        """The numbers of the hits from line ``offset`` on, in order: no more is sorted than may stand there."""
        by_date = self._order is LineOrder.DATE
        packed = _packed(self._words)
        key = self._dates if by_date else self._key(self._hits, 0, packed)
        numbers, before = _candidates(key, offset, limit)
        hits = Stretches(self._hits.firsts[numbers], self._hits.lasts[numbers])
        nearest_first = [] if by_date else [key[numbers], *self._further(hits, packed)]
        order = np.lexsort((hits.firsts, self._dates[numbers], *reversed(nearest_first)))
        return numbers[order][offset - before : offset - before + limit]

    def _further(self, hits: Stretches, packed: int) -> list[Numbers]:
        """The keys of the words that the first key leaves out."""
        return [self._key(hits, first, packed) for first in range(packed, COMPARED, packed)]

    def _key(self, hits: Stretches, first: int, count: int) -> Numbers:
        """Numbers that sort as some words beside each hit (or in it) do, from the nearest but ``first`` on.

        Nothing, beyond the passage, sorts before any word.
        """
        left = self._order is LineOrder.LEFT
        edge, begins, ends = self._compared(hits)
        words, ranks = self._texts.words, self._words.ranks
        key = np.zeros(len(edge), np.int64)
        for distance in range(first + 1, min(first + count, COMPARED) + 1):
            places = edge - distance if left else edge + distance
            inside = places >= begins if left else places < ends
            places *= inside  # a place that isn't there must be one, too
            key <<= _bits(self._words)
            key |= ranks.take(words.take(places)) * inside
        return key

    def _compared(self, hits: Stretches) -> tuple[Numbers, Numbers, Numbers]:
        """What is one place before the first word compared, and where such words begin and end."""
        if self._order is LineOrder.HIT:
            return hits.firsts - 1, hits.firsts, hits.lasts + 1
        edge = hits.firsts if self._order is LineOrder.LEFT else hits.lasts
        passage = self._texts.passage_of(edge)
        return edge, self._texts.passages.take(passage), self._texts.passages.take(passage + 1)


def draw(count: int, sample: Sample) -> NDArray[np.intp]:
    """The numbers of a sample of so many; Python promises the same random numbers in every version."""
    numbers = random.Random(sample.seed)  # noqa: S311 - no secret
    return np.argsort([numbers.random() for _ in range(count)], kind="stable")[: sample.size]


def _bits(words: WordList) -> int:
    """How many bits the rank of a word takes."""
    return max(1, len(words).bit_length())


def _packed(words: WordList) -> int:
    """How many ranks one number holds."""
    return _KEY_BITS // _bits(words)


def _candidates(keys: Numbers, offset: int, limit: int) -> tuple[NDArray[np.intp], int]:
    """Which may stand from ``offset`` on in the order of ``keys``, and how many surely stand before these."""
    last = min(offset + limit, len(keys)) - 1
    if offset > last:
        return np.zeros(0, np.intp), offset
    ends = np.partition(keys, (offset, last))
    least, most = ends[offset], ends[last]
    return np.flatnonzero((keys >= least) & (keys <= most)), int(np.count_nonzero(keys < least))
