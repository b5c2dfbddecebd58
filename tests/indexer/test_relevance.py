"""How well searches rank on public collections, with floors that only rise.

Measured on the way of every search, one setting for all. ``docs/relevance.md`` tells what the figures rest on.
"""

from __future__ import annotations

import pytest

from benchmarks import judged
from indexer.evaluate import Evaluation, evaluate
from tests.shared import shared_data

SCIFACT_FLOOR = 0.712
CRANFIELD_FLOOR = 0.535
XQUAD_FLOOR = 0.973
"""Of nDCG@10. Good plain BM25 has 0.696, 0.523 and 0.963."""


@pytest.fixture(scope="session")
def scifact() -> Evaluation:
    return evaluate(judged.scifact(shared_data("scifact")))


@pytest.fixture(scope="session")
def cranfield() -> Evaluation:
    return evaluate(judged.cranfield(shared_data("cranfield")))


@pytest.fixture(scope="session")
def xquad(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    return evaluate(judged.xquad(shared_data("xquad-en"), tmp_path_factory.mktemp("xquad"), titles=False))


def test_claims_find_the_papers_they_rest_on(scifact: Evaluation) -> None:
    assert (scifact.queries, scifact.ndcg >= SCIFACT_FLOOR) == (809, True), scifact


def test_questions_of_engineers_find_the_abstracts_that_help(cranfield: Evaluation) -> None:
    assert (cranfield.queries, cranfield.ndcg >= CRANFIELD_FLOOR) == (225, True), cranfield


def test_questions_find_the_one_paragraph_that_answers_them(xquad: Evaluation) -> None:
    assert (xquad.queries, xquad.ndcg >= XQUAD_FLOOR) == (1190, True), xquad
