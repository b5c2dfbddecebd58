"""The measures of a ranking: by hand, and against trec_eval's own through ir-measures."""

from __future__ import annotations

import math
import random

import ir_measures
import pytest
from ir_measures import AP, RR, Qrel, R, ScoredDoc, nDCG

from indexer.measures import Judgments, Ranking, average_precision, ndcg, recall, reciprocal_rank

JUDGED = {"a": 1, "b": 2, "c": 0, "d": -1}


def test_ndcg_is_one_for_the_ideal_order():
    assert ndcg(["b", "a", "x"], JUDGED, 10) == 1


def test_ndcg_counts_grades_and_ranks():
    ideal = 2 + 1 / math.log2(3)
    assert ndcg(["x", "b"], JUDGED, 10) == pytest.approx(2 / math.log2(3) / ideal)


def test_ndcg_looks_no_deeper_than_told():
    assert ndcg(["x", "b"], JUDGED, 1) == 0


def test_a_negative_grade_takes_nothing_away():
    assert ndcg(["b", "a", "d"], JUDGED, 10) == 1


def test_recall_is_of_all_relevant_documents():
    assert recall(["c", "b", "a"], JUDGED, 2) == 0.5


def test_average_precision_counts_what_was_not_found():
    assert average_precision(["x", "a"], JUDGED) == 0.25


def test_reciprocal_rank_is_of_the_first_relevant():
    assert reciprocal_rank(["c", "x", "b", "a"], JUDGED, 10) == pytest.approx(1 / 3)


def test_reciprocal_rank_is_zero_beyond_the_depth():
    assert reciprocal_rank(["c", "x", "b"], JUDGED, 2) == 0


@pytest.mark.parametrize("seed", range(20))
def test_they_are_those_of_trec_eval(seed: int):
    draw = random.Random(seed)
    documents = [f"d{number}" for number in range(150)]
    judgments = {id: draw.choice([-1, 0, 0, 1, 1, 2, 3]) for id in draw.sample(documents, 30)} | {"d0": 1}
    ranking = draw.sample(documents, draw.randint(1, 100))
    found = [
        ndcg(ranking, judgments, 10),
        recall(ranking, judgments, 100),
        average_precision(ranking, judgments),
        reciprocal_rank(ranking, judgments, 10),
    ]
    assert found == pytest.approx(of_trec_eval(ranking, judgments), abs=1e-9)


def of_trec_eval(ranking: Ranking, judgments: Judgments) -> list[float]:
    measures = [nDCG @ 10, R @ 100, AP, RR @ 10]
    qrels = [Qrel("q", id, grade) for id, grade in judgments.items()]
    run = [ScoredDoc("q", id, -float(rank)) for rank, id in enumerate(ranking)]
    found = ir_measures.calc_aggregate(measures, qrels, run)
    return [found[measure] for measure in measures]
