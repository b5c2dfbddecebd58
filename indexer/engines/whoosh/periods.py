"""Documents, hits and words by time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from indexer.engines.protocol import Period
from indexer.engines.whoosh.corpus import Corpus
from indexer.engines.whoosh.table import Row

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Ungrouped:
    """What there is of each document: whether the query finds it, its hits, whether it is looked at, its words."""

    matching: NDArray[np.bool_]
    hits: NDArray[np.intp]
    population: NDArray[np.bool_]
    words: NDArray[np.intp]


def periods(corpus: Corpus, counted: Ungrouped, *, by_month: bool, split: str | None) -> list[Period]:
    """Sums by period and group; ``split`` is ``source``, ``domain`` or none."""
    whens, when = _coded(row.published[: 7 if by_month else 4] or "unknown" for row in corpus.rows)
    places, groups, group = _groups(corpus.rows, split)
    kept = counted.population[places]
    places, codes = places[kept], (when[places] * len(groups) + group)[kept]
    size = len(whens) * len(groups)
    matching = np.bincount(codes[counted.matching[places]], minlength=size)
    hits, words = (_summed(codes, each[places], size) for each in (counted.hits, counted.words))
    documents = np.bincount(codes, minlength=size)
    found = (
        Period(
            whens[code // len(groups)],
            groups[code % len(groups)],
            int(matching[code]),
            int(hits[code]),
            int(documents[code]),
            int(words[code]),
        )
        for code in np.flatnonzero(documents).tolist()
    )
    return sorted(found, key=lambda period: (period.when == "unknown", period.when, period.group))


def _groups(rows: Sequence[Row], split: str | None) -> tuple[NDArray[np.intp], list[str], NDArray[np.intp]]:
    """A document's place for each group that it is in, the groups, and the number of the group."""
    if split == "domain":
        pairs = [(place, domain) for place, row in enumerate(rows) for domain in row.domains]
        names, numbers = _coded(domain for _, domain in pairs)
        return np.array([place for place, _ in pairs], np.intp), names, numbers
    names, numbers = _coded(row.source if split == "source" else "" for row in rows)
    return np.arange(len(rows)), names, numbers


def _coded(values: Iterable[str]) -> tuple[list[str], NDArray[np.intp]]:
    """The different values, and the number of each value among them."""
    numbers: dict[str, int] = {}
    coded = np.array([numbers.setdefault(value, len(numbers)) for value in values], np.intp)
    return list(numbers), coded


def _summed(codes: NDArray[np.intp], values: NDArray[np.intp], size: int) -> NDArray[np.intp]:
    return np.bincount(codes, weights=values, minlength=size).astype(np.intp)
