"""The best passage of each document: the stretch of its text that says most about the query.

In a long document the words of a query may stand pages apart. A document that has them in one place is more likely to
be about it (Kaszkiel & Zobel 1997, "Passage retrieval revisited": overlapping windows of a fixed number of words do as
well as paragraphs or topics).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from indexer.engines.whoosh.scoring import Numbers, saturated
from indexer.query.match import Spans

if TYPE_CHECKING:
    from numpy.typing import NDArray

WINDOW = 50  # words; 100 did a little less in trials
_STEP = WINDOW // 2  # each window overlaps the next by half


def best_passages(words: Sequence[Spans], idf: Sequence[float], lengths: Mapping[int, int]) -> Numbers:
    """The best window's score of each document, in the order of ``lengths`` (document number → words of its body).

    ``words``: where each word of the query stands, ``idf``: how telling it is.
    """
    firsts, total = _layout(lengths)
    at = dict(zip(lengths, firsts.tolist(), strict=True))
    scores = np.zeros(total)
    for spans, weight in zip(words, idf, strict=True):
        steps = np.bincount(_steps(spans, at), minlength=total + 1).astype(np.float64)
        scores += weight * saturated(steps[:-1] + steps[1:])
    return np.maximum.reduceat(scores, firsts) if len(firsts) else scores


def _layout(lengths: Mapping[int, int]) -> tuple[NDArray[np.intp], int]:
    """Where the steps of each document begin in one row of all, and how many there are.

    Behind each document stands an empty step, so that its last window ends with it. The window that begins there
    would reach into the next document: each begins with an empty step as well.
    """
    steps = np.array([-(-length // _STEP) + 2 for length in lengths.values()], dtype=np.intp)
    return np.concatenate(([0], np.cumsum(steps)[:-1])).astype(np.intp)[: len(steps)], int(steps.sum())


def _steps(spans: Spans, at: Mapping[int, int]) -> NDArray[np.intp]:
    """The step that each occurrence of a word falls into."""
    places = ((at[number] + 1 + first // _STEP for first, _ in found) for number, found in spans.items())
    return np.fromiter(chain.from_iterable(places), np.intp)
