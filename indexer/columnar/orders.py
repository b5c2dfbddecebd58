"""Orders of all documents, as the rank of each: what ties are broken by, and what is sorted by date."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.columnar.generation import Generation
from indexer.columnar.postings import stretched

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]
    Numbers = NDArray[np.intp]
    Key = Callable[[Numbers | slice], Array]

_DAYS = 32  # bits that a day is moved by, to make room for a place behind it
_BLOCKS = 4  # times as many blocks as values are wanted: few values beyond those wanted are left
_LEAST = 8  # values of a block: smaller ones cost more than they save


def by_id(generation: Generation) -> Numbers:
    """The numbers of all documents in the order of their ids, those of the deleted included.

    A segment has its ids in order, as the terms of a field. Several are merged: Python's sort finds what is in order
    already.
    """
    ids: list[Sequence[bytes]] = []
    parts: list[tuple[Numbers, Array]] = []
    for base, segment in zip(generation.bases, generation.segments, strict=False):
        field = segment.field("id")
        if field is not None:
            ids.append(field.terms)
            parts.append((field.documents.astype(np.intp) + base, field.counts(0, len(field))))
    if not parts:
        return np.zeros(0, np.intp)
    if len(parts) == 1:
        return parts[0][0]
    documents, counts = (np.concatenate(each) for each in zip(*parts, strict=True))
    keys = list(chain.from_iterable(ids))
    order = np.array(sorted(range(len(keys)), key=keys.__getitem__), np.intp)
    return documents[stretched((np.cumsum(counts) - counts)[order], counts[order])]


def ranks(order: Numbers) -> Numbers:
    """The rank of each document in an order of all."""
    ranked = np.empty(len(order), np.intp)
    ranked[order] = np.arange(len(order))
    return ranked


def by_day(days: NDArray[np.int32], in_order: Numbers) -> Numbers:
    """Documents sorted by ``days``; those of one day stay in the order that ``in_order`` has them in.

    Numbers that have day and place in them are sorted, which is faster than sorting places by days.
    """
    keys = days.take(in_order).astype(np.int64) << _DAYS | np.arange(len(in_order))
    keys.sort()
    return in_order.take(keys & ((1 << _DAYS) - 1))


def first(keys: Sequence[Key], count: int, size: int) -> Numbers:
    """The places of the ``count`` smallest of ``size`` things, in order; of all where there are fewer.

    ``keys``: each gives its values at some places, and a later one tells apart what those before don't. It is asked for
    the values of what they leave undecided only, and no more is sorted than is wanted.
    """
    if count <= 0:
        return np.zeros(0, np.intp)
    chosen = np.arange(size) if size <= count else _smallest(keys, count, slice(None))
    return chosen[np.lexsort([key(chosen) for key in reversed(keys)])]


def _smallest(keys: Sequence[Key], count: int, among: Numbers | slice) -> Numbers:
    """The same for more things than are wanted, without order; ``among``: their places."""
    values = keys[0](among)
    bound = _bound(values, count)
    smaller = np.flatnonzero(values < bound)
    if len(smaller) >= count:
        values_there = values.take(smaller)
        bound = np.partition(values_there, count - 1)[count - 1]
        smaller = smaller.take(np.flatnonzero(values_there < bound))
    tied = np.flatnonzero(values == bound)
    if not isinstance(among, slice):
        smaller, tied = among.take(smaller), among.take(tied)
    left = count - len(smaller)
    if len(tied) > left:
        tied = _smallest(keys[1:], left, tied) if len(keys) > 1 else tied[:left]
    return np.concatenate((smaller, tied))


def _bound(values: Array, count: int) -> Any:
    """Something that at least ``count`` of the values don't exceed, and few others: one of the smallest of blocks."""
    blocks = _BLOCKS * count
    size = len(values) // blocks
    least = values[: blocks * size].reshape(blocks, size).min(1) if size >= _LEAST else values
    return np.partition(least, count - 1)[count - 1]
