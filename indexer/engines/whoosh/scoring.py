"""BM25F: how well a document fits a leaf of the query, its title weighing more than its body.

Robertson, Zaragoza & Taylor 2004, "Simple BM25 extension to multiple weighted fields": frequencies are weighted and
length-normalised field by field and added up *before* they saturate, with idf ``ln(1 + (N - df + .5) / (df + .5))``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from indexer.engines.whoosh.table import DocumentTable

# Flat in trials over scifact, Cranfield and XQuAD: k1 from 1.2 to 2 and title weights from 1.5 to 4 rank alike.
K1 = 1.5
B = 0.75
WEIGHTS = {"title": 3.0, "body": 1.0}


class Bm25f:
    """BM25F over a table of documents. Frequencies are of live documents only, so segments make no difference."""

    def __init__(self, table: DocumentTable) -> None:
        self._documents = len(table.rows)
        self._weights = {
            "title": _length_normalised("title", {n: row.title_length for n, row in table.rows.items()}),
            "body": _length_normalised("body", {n: row.body_length for n, row in table.rows.items()}),
        }

    def idf(self, documents: int) -> float:
        """Inverse document frequency of what stands in so many documents."""
        return math.log(1 + (self._documents - documents + 0.5) / (documents + 0.5))

    def scores(self, frequencies: Mapping[str, Mapping[int, int]]) -> dict[int, float]:
        """Field → document → frequency of one leaf, to document → score."""
        combined: dict[int, float] = {}
        for field, counts in frequencies.items():
            weights = self._weights[field]
            for number, count in counts.items():
                combined[number] = combined.get(number, 0.0) + count * weights[number]
        factor = self.idf(len(combined)) * (K1 + 1)
        return {number: factor * tf / (tf + K1) for number, tf in combined.items()}


def _length_normalised(field: str, lengths: Mapping[int, int]) -> dict[int, float]:
    """Document → what one occurrence in ``field`` weighs there: less in a long field."""
    average = sum(lengths.values()) / len(lengths) if lengths else 0.0
    if not average:
        return dict.fromkeys(lengths, WEIGHTS[field])
    return {number: WEIGHTS[field] / (1 - B + B * length / average) for number, length in lengths.items()}
