"""Documents, hits and words by time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from indexer.columnar.documents import UNKNOWN_YEAR, Documents
from indexer.engines.protocol import Period

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]
    Numbers = NDArray[np.intp]

YEAR, MONTH = 4, 7  # characters of a date


@dataclass(frozen=True, slots=True)
class Ungrouped:
    """What there is of each document: whether the query finds it, its hits, whether it is looked at, its words."""

    matching: Mask
    hits: Numbers
    population: Mask
    words: Numbers


def periods(documents: Documents, counted: Ungrouped, *, by_month: bool, split: str | None) -> list[Period]:
    """Sums by period and group; ``split`` is ``source``, ``domain`` or none."""
    when = documents.periods(MONTH if by_month else YEAR)
    numbers, groups, group = _groups(documents, split)
    kept = np.flatnonzero(counted.population.take(numbers))
    numbers, group = numbers.take(kept), group.take(kept)
    codes = when.codes.take(numbers) * len(groups) + group
    size = len(when.values) * len(groups)
    columns = [
        np.bincount(codes, weights, minlength=size).astype(np.intp)
        for weights in (counted.matching.take(numbers), counted.hits.take(numbers), None, counted.words.take(numbers))
    ]
    there = np.flatnonzero(columns[2])
    whens, names = (there // len(groups)).tolist(), (there % len(groups)).tolist()
    figures = zip(whens, names, *(column[there].tolist() for column in columns), strict=True)
    found = (Period(when.values[one], groups[other], *rest) for one, other, *rest in figures)
    return sorted(found, key=lambda period: (period.when == UNKNOWN_YEAR, period.when, period.group))


def _groups(documents: Documents, split: str | None) -> tuple[Numbers, tuple[str, ...], Numbers]:
    """A document for each group that it is in, the groups, and the number of the group."""
    if split == "domain":
        return documents.by_domain()
    everyone = np.arange(documents.size)
    if split == "source":
        return everyone, documents.sources.values, documents.sources.codes.astype(np.intp)
    return everyone, ("",), np.zeros(documents.size, np.intp)
