"""How often groups of letters stand in a few documents: counted in the words that have them, by their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.analysis import CJK_PREFIX
from indexer.columnar.generation import TEXTS, Generation
from indexer.columnar.neighbours import WORD_COLUMNS
from indexer.columnar.segment import SegmentFile
from indexer.query.features import BOUNDARY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.intp]
    Counts = NDArray[np.float32]


def count_grams(generation: Generation, grams: Sequence[str], pool: Numbers) -> dict[str, Counts]:
    """How often each gram (a row) stands in each document of the pool; for ``title`` and ``body``.

    A word has a gram once, however often. The grams of Chinese, two characters in a row, stand across words: their
    postings are read.
    """
    counts = {text: np.zeros((len(grams), len(pool)), np.float32) for text in TEXTS}
    pairs = [_pair(gram) for gram in grams]
    for text in TEXTS:
        for row, pair in enumerate(pairs):
            if pair:
                counts[text][row] = _of_pair(generation, text, pair, pool)
    rows = [row for row, pair in enumerate(pairs) if not pair]
    bounds = np.searchsorted(pool, generation.bases).tolist()
    for at, segment in enumerate(generation.segments):
        first, last = bounds[at], bounds[at + 1]
        if rows and first < last:
            having = _Having(segment, [grams[row] for row in rows])
            for text in TEXTS:
                counts[text][rows, first:last] = having.counts(text, pool[first:last] - generation.bases[at])
    return counts


def _pair(gram: str) -> str | None:
    """The term of two characters in a row; ``None`` for a gram of letters."""
    one, mark, other = gram.partition(BOUNDARY)
    return f"{CJK_PREFIX}{one}{other}" if one and mark and other else None


def _of_pair(generation: Generation, text: str, term: str, pool: Numbers) -> NDArray[Any]:
    documents, frequencies = generation.hits(text, term)
    if not len(documents):
        return np.zeros(len(pool), np.float32)
    at = np.searchsorted(documents, pool)
    there = documents.take(at, mode="clip") == pool
    return np.where(there, frequencies.take(at, mode="clip"), 0)


class _Having:
    """The words of a segment that have any of some grams."""

    def __init__(self, segment: SegmentFile, grams: Sequence[str]) -> None:
        self._segment = segment
        self._words = [segment.grams.having(gram) for gram in grams]
        self._any = np.zeros(len(segment.words), np.bool_)
        for words in self._words:
            self._any[words] = True

    def counts(self, text: str, documents: Numbers) -> Counts:
        """How often each gram stands in each document: words are counted by document, then by gram."""
        table = self._segment.strings(WORD_COLUMNS[text])
        row = table.data.view("<u4")
        firsts, lasts = ((table.starts.take(each) // 4).astype(np.intp) for each in (documents, documents + 1))
        ends = np.cumsum(lasts - firsts)
        marked = np.empty(int(ends[-1]), np.bool_)
        begins = ends - (lasts - firsts)
        # Document by document, as numbers of words are made wider on the way: all at once they leave the cache.
        for first, last, begin, end in zip(*(each.tolist() for each in (firsts, lasts, begins, ends)), strict=True):
            self._any.take(row[first:last], out=marked[begin:end], mode="clip")
        at = np.flatnonzero(marked)
        found = np.diff(np.searchsorted(at, ends), prepend=0)  # words in each document
        words = row.take(at + np.repeat(firsts - begins, found))
        present = np.zeros(len(self._any), np.bool_)
        present[words] = True
        different = np.flatnonzero(present)
        places = np.empty(len(present), np.uint32)  # of a word among the different ones
        places[different] = np.arange(len(different), dtype=np.uint32)
        owners = np.repeat(np.arange(len(documents)), found)
        cells = places.take(words) * np.intp(len(documents)) + owners
        by_word = np.bincount(cells, minlength=len(different) * len(documents)).reshape(-1, len(documents))
        return self._by_gram([places.take(words[present.take(words)]) for words in self._words], by_word)

    @staticmethod
    def _by_gram(found: Sequence[NDArray[np.uint32]], by_word: Numbers) -> Counts:
        """The counts of the words of each gram added up. Not as a product of matrices: its threads wait for a core."""
        counts = np.zeros((len(found), by_word.shape[1]), np.float32)
        filled = [at for at, words in enumerate(found) if len(words)]
        if filled:
            words = np.concatenate([found[at] for at in filled])
            ends = np.cumsum([len(found[at]) for at in filled])
            counts[filled] = np.add.reduceat(by_word.take(words, axis=0), np.concatenate(([0], ends[:-1])), axis=0)
        return counts
