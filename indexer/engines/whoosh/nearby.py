"""The words around hits, counted by family."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from indexer.engines.whoosh.occurrences import Stretches, merged
from indexer.engines.whoosh.texts import Texts
from indexer.engines.whoosh.wordlist import WordList

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CELLS = 2**20  # 4 MB: they stay in the processor's cache


@dataclass(frozen=True, slots=True)
class Families:
    """A value a family: how often it is near, in how many documents, how often it stands anywhere, and within hits.

    ``forms`` are the numbers of the words that stand near most often, the first of the alphabet among equals.
    """

    near: NDArray[np.intp]
    documents: NDArray[np.intp]
    totals: NDArray[np.intp]
    in_hits: NDArray[np.intp]
    forms: NDArray[np.intp]


def covered(texts: Texts, hits: Stretches) -> NDArray[np.bool_]:
    """Which words are part of a hit; hits have no word in common."""
    cuts = np.zeros(2 * len(hits) + 2, np.intp)
    cuts[1:-1:2], cuts[2:-1:2], cuts[-1] = hits.firsts, hits.lasts + 1, len(texts.words)
    return np.repeat(np.arange(len(cuts) - 1) % 2 == 1, np.diff(cuts))


def around(texts: Texts, hits: Stretches, span: int) -> NDArray[np.bool_]:
    """Which words are part of a hit or at most ``span`` words from it, in the passage that the hit's edge is in."""
    begins = texts.passages[texts.passage_of(hits.firsts)]
    ends = texts.passages[texts.passage_of(hits.lasts) + 1]
    reach = Stretches(np.maximum(hits.firsts - span, begins), np.minimum(hits.lasts + span, ends - 1))
    return covered(texts, merged([reach]))


def by_family(
    near: NDArray[np.uint32],
    bounds: NDArray[np.intp],
    inside: NDArray[np.uint32],
    counts: NDArray[np.intp],
    words: WordList,
) -> Families:
    """Count words by family. ``near`` are numbers of words, ``bounds`` where in these the ones of each document begin.

    ``inside`` are the numbers of the words that are part of a hit; ``counts``: how often each word stands anywhere.
    """
    families, size = words.family_numbers
    forms = np.bincount(near, minlength=len(families))
    return Families(
        near=_summed(forms, families, size),
        documents=_documents(near, bounds, families, size),
        totals=_summed(counts, families, size),
        in_hits=_summed(np.bincount(inside, minlength=len(families)), families, size),
        forms=_most_frequent(families, forms, words.ranks, size),
    )


def _summed(counts: NDArray[np.intp], families: NDArray[np.intp], size: int) -> NDArray[np.intp]:
    return np.bincount(families, weights=counts, minlength=size).astype(np.intp)


def _documents(
    near: NDArray[np.uint32], bounds: NDArray[np.intp], families: NDArray[np.intp], size: int
) -> NDArray[np.intp]:
    """In how many documents each family is near.

    Each pair of document and family has a cell, and one of the words that write their number to it finds it there.
    Cells are used again for the next documents, so that few are enough.
    """
    together = max(1, _CELLS // max(1, size))
    cells = np.empty(together * size, np.int32)  # half the width is half the time here
    narrow = families.astype(np.int32)
    counted = np.zeros(len(near), np.bool_)
    bounds = np.unique(bounds)  # documents without a word near a hit have no part in it
    for first in range(0, len(bounds) - 1, together):
        begins = bounds[first : first + together + 1]
        here = slice(begins[0], begins[-1])
        rows = np.arange(len(begins) - 1, dtype=np.int32) * np.int32(size)
        own = np.repeat(rows, np.diff(begins)) + narrow[near[here]]
        numbers = np.arange(len(own), dtype=np.int32)
        cells[own] = numbers
        counted[here] = cells[own] == numbers
    return np.bincount(families[near[counted]], minlength=size)


def _most_frequent(
    families: NDArray[np.intp], forms: NDArray[np.intp], ranks: NDArray[np.int64], size: int
) -> NDArray[np.intp]:
    here = np.flatnonzero(forms)
    order = here[np.lexsort((here, ranks[here], -forms[here], families[here]))]
    first = np.ones(len(order), np.bool_)
    first[1:] = families[order][1:] != families[order][:-1]
    chosen = np.zeros(size, np.intp)
    chosen[families[order[first]]] = order[first]
    return chosen
