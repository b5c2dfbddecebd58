"""The best passage of each document: the stretch of its text that says most about the query.

In a long document the words of a query may stand pages apart. A document that has them in one place is more likely to
be about it (Kaszkiel & Zobel 1997, "Passage retrieval revisited": overlapping windows of a fixed number of words do as
well as paragraphs or topics).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from indexer.columnar.executor.scoring import saturated
from indexer.columnar.places import Places

if TYPE_CHECKING:
    from numpy.typing import NDArray

WINDOW = 50  # words; 100 did a little less in trials
_STEP = WINDOW // 2  # each window overlaps the next by half


def best_passages(words: Sequence[Places], idf: Sequence[float], lengths: NDArray[np.intp]) -> NDArray[np.float64]:
    """The best window's score of each document of a pool, ``lengths``: the words of their bodies.

    ``words``: where each word of the query stands, ``idf``: how telling it is.
    """
    firsts, total = _layout(lengths)
    scores = np.zeros(total)
    for places, weight in zip(words, idf, strict=True):
        if len(places):
            where = firsts.take(places.documents) + 1 + places.firsts // _STEP
            steps = np.bincount(where, minlength=total + 1).astype(np.float64)
            scores += weight * saturated(steps[:-1] + steps[1:])
    return np.maximum.reduceat(scores, firsts) if len(firsts) else scores


def _layout(lengths: NDArray[np.intp]) -> tuple[NDArray[np.intp], int]:
    """Where the steps of each document begin in one row of all, and how many there are.

    Behind each document stands an empty step, so that its last window ends with it. The window that begins there
    would reach into the next document: each begins with an empty step as well.
    """
    steps = -(-lengths // _STEP) + 2
    return np.cumsum(steps) - steps, int(steps.sum())
