"""Walking through the terms of several fields in order, as much at a time as fits in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from indexer.columnar.postings import Field

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Bytes that merging takes for each at its height, measured.
_A_TERM = 400
_A_POSTING = 60
_A_PLACE = 32


def ranges(fields: Sequence[Field], memory: int) -> Iterator[list[tuple[int, int]]]:
    """Of each field the first term and that behind the last: those of one step are the same words in all fields.

    A step takes at most ``memory`` bytes, or has one term: it takes what it takes.
    """
    costs = [_costs(field) for field in fields]
    at = [0] * len(fields)
    while any(first < len(field) for first, field in zip(at, fields, strict=True)):
        reach = [_reach(cost, first, memory // len(fields)) for cost, first in zip(costs, at, strict=True)]
        ends = [field.terms[last] for field, last in zip(fields, reach, strict=True) if last < len(field)]
        cut = min(ends) if ends else None
        last = [len(field) if cut is None else field.terms.place(cut) for field in fields]
        yield list(zip(at, last, strict=True))
        at = last


def _costs(field: Field) -> NDArray[np.float64]:
    """The bytes that the terms before each one take."""
    costs = field.starts * float(_A_POSTING) + np.arange(len(field) + 1) * float(_A_TERM)
    return costs + field.occurrences * float(_A_PLACE) if field.has_places else costs


def _reach(costs: NDArray[np.float64], first: int, memory: int) -> int:
    """The term behind the last that fits in, at least one."""
    last = int(np.searchsorted(costs, costs[min(first, len(costs) - 1)] + memory, "right")) - 1
    return min(max(last, first + 1), len(costs) - 1)
