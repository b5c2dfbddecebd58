"""The words around hits, counted by family."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from indexer.engines.whoosh.occurrences import Stretches
from indexer.engines.whoosh.texts import Texts
from indexer.engines.whoosh.wordlist import WordList

if TYPE_CHECKING:
    from numpy.typing import NDArray

_DIGIT = 16  # bits that numpy sorts by counting


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
    """Which words are part of a hit."""
    mask = np.zeros(len(texts.words), np.bool_)
    lengths = hits.lasts - hits.firsts
    for step in range(int(lengths.max(initial=-1)) + 1):
        mask[hits.firsts[lengths >= step] + step] = True
    return mask


def around(texts: Texts, hits: Stretches, span: int) -> NDArray[np.bool_]:
    """Which words are at most ``span`` words from a hit, in the passage that the hit's edge is in."""
    mask = np.zeros(len(texts.words), np.bool_)
    begins = texts.passages[texts.passage_of(hits.firsts)]
    ends = texts.passages[texts.passage_of(hits.lasts) + 1]
    for distance in range(1, span + 1):
        before, behind = hits.firsts - distance, hits.lasts + distance
        mask[before[before >= begins]] = True
        mask[behind[behind < ends]] = True
    return mask


def by_family(
    near: NDArray[np.uint32],
    documents: NDArray[np.intp],
    inside: NDArray[np.uint32],
    counts: NDArray[np.intp],
    words: WordList,
) -> Families:
    """Count words by family. ``near`` are numbers of words and ``documents`` theirs, in order; ``counts``: of all.

    ``inside`` are the numbers of the words that are part of a hit.
    """
    families, size = words.family_numbers
    forms = np.bincount(near, minlength=len(families))
    return Families(
        near=_summed(forms, families, size),
        documents=_documents(families[near], documents, size),
        totals=_summed(counts, families, size),
        in_hits=_summed(np.bincount(inside, minlength=len(families)), families, size),
        forms=_most_frequent(families, forms, words.ranks, size),
    )


def _summed(counts: NDArray[np.intp], families: NDArray[np.intp], size: int) -> NDArray[np.intp]:
    return np.bincount(families, weights=counts, minlength=size).astype(np.intp)


def _documents(families: NDArray[np.intp], documents: NDArray[np.intp], size: int) -> NDArray[np.intp]:
    """In how many documents each family is; ``documents`` are in order."""
    order = _stable_order(families, size)
    sorted_families, sorted_documents = families[order], documents[order]
    first = np.ones(len(order), np.bool_)
    first[1:] = (sorted_families[1:] != sorted_families[:-1]) | (sorted_documents[1:] != sorted_documents[:-1])
    return np.bincount(sorted_families[first], minlength=size)


def _stable_order(numbers: NDArray[np.intp], size: int) -> NDArray[np.intp]:
    """The order of numbers below ``size``, equal ones as they stand: a radix sort, as numpy has it for 16 bits only."""
    order = np.argsort(numbers.astype(np.uint16), kind="stable")
    if size >> _DIGIT:
        high = (numbers >> _DIGIT)[order].astype(np.uint16)
        order = order[np.argsort(high, kind="stable")]
    return order


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
