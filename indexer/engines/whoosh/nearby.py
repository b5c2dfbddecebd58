"""The words around hits, counted by family."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from indexer.engines.whoosh.occurrences import Stretches, merged
from indexer.engines.whoosh.texts import Texts
from indexer.engines.whoosh.wordlist import WordList

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Families:
    """A value a family: how often it is near, how often it stands anywhere, and within hits.

    ``forms`` are the numbers of the words that stand near most often, the first of the alphabet among equals.
    """

    near: NDArray[np.intp]
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
    near: NDArray[np.uint32], inside: NDArray[np.uint32], counts: NDArray[np.intp], words: WordList
) -> Families:
    """Count words by family. ``near`` are numbers of words, ``inside`` those of the words that are part of a hit.

    ``counts``: how often each word stands anywhere.
    """
    families, size = words.family_numbers
    forms = np.bincount(near, minlength=len(families))
    return Families(
        near=_summed(forms, families, size),
        totals=_summed(counts, families, size),
        in_hits=_summed(np.bincount(inside, minlength=len(families)), families, size),
        forms=_most_frequent(families, forms, words.ranks, size),
    )


def documents_with(
    near: NDArray[np.uint32], bounds: NDArray[np.intp], words: WordList, families: Sequence[int]
) -> list[int]:
    """In how many documents each of the families is near.

    ``near`` are numbers of words, ``bounds`` where in these the ones of each document begin, and the end.
    """
    numbers, size = words.family_numbers
    column = np.full(size, -1, np.int32)
    column[list(families)] = np.arange(len(families), dtype=np.int32)
    columns = column[numbers][near]
    here = np.flatnonzero(columns >= 0)
    stands = np.zeros((len(bounds) - 1, len(families)), np.bool_)
    stands[np.searchsorted(bounds, here, "right") - 1, columns[here]] = True
    found: list[int] = np.count_nonzero(stands, axis=0).tolist()
    return found


def _summed(counts: NDArray[np.intp], families: NDArray[np.intp], size: int) -> NDArray[np.intp]:
    return np.bincount(families, weights=counts, minlength=size).astype(np.intp)


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
