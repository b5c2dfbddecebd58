"""How good a ranking is, given which documents people judged relevant: the measures of trec_eval.

A ranking is ids, best first, each once. Judgments are grades by id: 0 and less, and what nobody judged, is not
relevant. Every measure is 0 to 1, and 0 where nothing relevant was found.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

Ranking = Sequence[str]
Judgments = Mapping[str, int]


def ndcg(ranking: Ranking, judgments: Judgments, depth: int) -> float:
    """Normalised discounted cumulated gain: the gain is the grade (Järvelin & Kekäläinen 2002, as in trec_eval)."""
    grades = sorted(judgments.values(), reverse=True)
    return _gain(judgments.get(id, 0) for id in ranking[:depth]) / (_gain(grades[:depth]) or 1)


def _gain(grades: Iterable[int]) -> float:
    return sum(grade / math.log2(rank + 1) for rank, grade in enumerate(grades, 1) if grade > 0)


def recall(ranking: Ranking, judgments: Judgments, depth: int) -> float:
    """The part of all relevant documents that stands among the first ``depth``."""
    return len(relevant(judgments) & set(ranking[:depth])) / (len(relevant(judgments)) or 1)


def average_precision(ranking: Ranking, judgments: Judgments) -> float:
    """The mean, over all relevant documents, of the precision at the rank of each."""
    wanted, found, total = relevant(judgments), 0, 0.0
    for rank, id in enumerate(ranking, 1):
        if id in wanted:
            found += 1
            total += found / rank
    return total / (len(wanted) or 1)


def reciprocal_rank(ranking: Ranking, judgments: Judgments, depth: int) -> float:
    """One divided by the rank of the first relevant document among the first ``depth``."""
    wanted = relevant(judgments)
    return next((1 / rank for rank, id in enumerate(ranking[:depth], 1) if id in wanted), 0.0)


def relevant(judgments: Judgments) -> set[str]:
    """The ids with a grade above 0."""
    return {id for id, grade in judgments.items() if grade > 0}
