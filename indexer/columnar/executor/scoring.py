"""BM25F: how well a document fits a part of the query, its title weighing more than its body.

Robertson, Zaragoza & Taylor 2004, "Simple BM25 extension to multiple weighted fields": frequencies are weighted and
length-normalised field by field and added up *before* they saturate, with idf ``ln(1 + (N - df + .5) / (df + .5))``.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.columnar.generation import TEXTS, Generation

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Scores = NDArray[np.float64]

# Flat in trials over scifact, Cranfield and XQuAD: k1 from 1.2 to 2 and title weights from 1.5 to 4 rank alike.
K1 = 1.5
B = 0.75
WEIGHTS = {"title": 3.0, "body": 1.0}


class Bm25f:
    """BM25F over a generation. Documents are counted that aren't deleted, so segments make no difference.

    Arrays here have one value a document number, deleted ones too.
    """

    def __init__(self, generation: Generation) -> None:
        self._generation = generation
        self._documents = generation.documents

    @cached_property
    def weights(self) -> dict[str, Scores]:
        """Field → what one occurrence weighs in each document, less in a long field."""
        return {text: self._length_normalised(text) for text in TEXTS}

    @cached_property
    def dampers(self) -> dict[str, Scores]:
        """Field → what a frequency is held against where it stands in this field only: ``K1`` over its weight."""
        return {text: K1 / weights for text, weights in self.weights.items()}

    def _length_normalised(self, text: str) -> Scores:
        generation = self._generation
        lengths = generation.column(f"{text}_length")
        counted = lengths if generation.live is None else lengths[generation.live]
        average = float(counted.mean()) if len(counted) else 0.0
        if not average:
            return np.full(len(lengths), WEIGHTS[text])
        return WEIGHTS[text] / (1 - B + B * lengths / average)

    def idf(self, documents: Any, among: int | None = None) -> Any:
        """Inverse document frequency of what stands in so many documents (``among`` how many; all of them)."""
        total = self._documents if among is None else among
        return np.log(1 + (total - documents + 0.5) / (documents + 0.5))


def saturated(frequencies: Scores) -> Scores:
    """Weighted frequencies, of which each further one counts less."""
    return frequencies * (K1 + 1) / (frequencies + K1)
