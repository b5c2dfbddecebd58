"""The words around hits, counted by family."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from indexer.columnar.executor.stretches import Stretches, merged
from indexer.columnar.instruments.texts import Texts
from indexer.columnar.instruments.wordlist import WordList
from indexer.columnar.postings import stretched

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Families:
    """A value a family: how often it is near, how often it stands anywhere, and within hits.

    ``forms`` are the numbers of the words that stand near most often, the first of the alphabet among equals. Those
    that differ in accents or language only are told apart by their hashes: numbers depend on the layout of the index.
    """

    near: NDArray[np.intp]
    totals: NDArray[np.intp]
    in_hits: NDArray[np.intp]
    forms: NDArray[np.intp]


def inside(texts: Texts, hits: Stretches) -> NDArray[np.uint32]:
    """The words that are part of a hit; hits have no word in common."""
    return texts.words.take(stretched(hits.firsts, hits.lasts - hits.firsts + 1))


def around(texts: Texts, hits: Stretches, span: int) -> tuple[NDArray[np.uint32], NDArray[np.intp]]:
    """The words at most ``span`` words from a hit, in the passage that the hit's edge is in, and not part of a hit.

    With them where in these the ones of each text begin, and the end. What is near lies between where something near or
    what follows a hit begins, and where a hit or what is no longer near begins.
    """
    begins = texts.passages.take(texts.passage_in_order(hits.firsts))
    ends = texts.passages.take(texts.passage_in_order(hits.lasts) + 1)
    reach = merged([Stretches(np.maximum(hits.firsts - span, begins), np.minimum(hits.lasts + span, ends - 1))])
    firsts = _merged(reach.firsts, hits.lasts + 1)
    lengths = _merged(reach.lasts + 1, hits.firsts) - firsts
    bounds = np.concatenate(([0], np.cumsum(lengths)))
    return texts.words.take(stretched(firsts, lengths)), bounds.take(np.searchsorted(firsts, texts.starts))


def _merged(one: NDArray[np.intp], other: NDArray[np.intp]) -> NDArray[np.intp]:
    """Two lists in order as one: this sort finds what is in order already."""
    return np.sort(np.concatenate((one, other)), kind="stable")


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
        forms=_most_frequent(families, forms, words, size),
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


def _most_frequent(families: NDArray[np.intp], forms: NDArray[np.intp], words: WordList, size: int) -> NDArray[np.intp]:
    here = np.flatnonzero(forms)
    order = here[np.lexsort((words.keys[here], words.ranks[here], -forms[here], families[here]))]
    first = np.ones(len(order), np.bool_)
    first[1:] = families[order][1:] != families[order][:-1]
    chosen = np.zeros(size, np.intp)
    chosen[families[order[first]]] = order[first]
    return chosen
