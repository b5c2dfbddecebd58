"""BM25F: how well a document fits a part of the query, its title weighing more than its body.

Robertson, Zaragoza & Taylor 2004, "Simple BM25 extension to multiple weighted fields": frequencies are weighted and
length-normalised field by field and added up *before* they saturate, with idf ``ln(1 + (N - df + .5) / (df + .5))``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.table import DocumentTable

Numbers = NDArray[np.float64]

# Flat in trials over scifact, Cranfield and XQuAD: k1 from 1.2 to 2 and title weights from 1.5 to 4 rank alike.
K1 = 1.5
B = 0.75
WEIGHTS = {"title": 3.0, "body": 1.0}

Frequencies = Mapping[str, Mapping[int, float]]
"""Field → document → how often something stands there."""


class Bm25f:
    """BM25F over a table of documents. Frequencies are of live documents only, so segments make no difference.

    Arrays here have one value a document number, deleted ones too. ``weights``: field → what one occurrence weighs in
    each document, less in a long field.
    """

    def __init__(self, table: DocumentTable) -> None:
        self._documents = len(table.rows)
        self.size = max(table.rows, default=-1) + 1
        self.weights = {
            "title": self._length_normalised("title", {n: row.title_length for n, row in table.rows.items()}),
            "body": self._length_normalised("body", {n: row.body_length for n, row in table.rows.items()}),
        }

    def _length_normalised(self, field: str, lengths: Mapping[int, int]) -> Numbers:
        numbers, values = arrays(lengths)
        weights = np.full(self.size, WEIGHTS[field])
        average = values.mean() if len(values) else 0.0
        if average:
            weights[numbers] = WEIGHTS[field] / (1 - B + B * values / average)
        return weights

    def idf(self, documents: Any, among: int | None = None) -> Any:
        """Inverse document frequency of what stands in so many documents (``among`` how many; all of them)."""
        total = self._documents if among is None else among
        return np.log(1 + (total - documents + 0.5) / (documents + 0.5))

    def scores(self, frequencies: Frequencies) -> Numbers:
        """The score of each document for something that stands so often where; 0 where it doesn't stand."""
        combined = np.zeros(self.size)
        for field, counts in frequencies.items():
            numbers, values = arrays(counts)
            combined[numbers] += values * self.weights[field][numbers]
        return self.idf(np.count_nonzero(combined)) * saturated(combined)  # type: ignore[no-any-return]


def saturated(frequencies: Numbers) -> Numbers:
    """Weighted frequencies, of which each further one counts less."""
    return frequencies * (K1 + 1) / (frequencies + K1)


def arrays(counts: Mapping[int, float]) -> tuple[NDArray[np.intp], Numbers]:
    """Document numbers and their values."""
    return (
        np.fromiter(counts.keys(), np.intp, len(counts)),
        np.fromiter(counts.values(), np.float64, len(counts)),
    )
