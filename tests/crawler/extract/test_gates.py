"""Accuracy on public data, with floors that only rise."""

from __future__ import annotations

import pytest

from benchmarks.dates import by_concord, by_htmldate, count, dated_pages
from benchmarks.extraction import by_concord as text_by_concord
from benchmarks.extraction import gold_pages, score
from tests.shared import shared_data

F1_FLOOR = 0.973
DATES_FLOOR = 0.932
"""Of the days, those that are right."""


def test_texts_are_as_good_as_they_were():
    pages = list(gold_pages(shared_data("article-extraction")))
    found = score([(page.text, text_by_concord(page)) for page in pages])
    assert (len(pages), found.f1 >= F1_FLOOR) == (181, True), found


@pytest.fixture(scope="module")
def counts():
    pages = list(dated_pages(shared_data("dates")))
    return {"pages": len(pages), "concord": count(pages, by_concord), "htmldate": count(pages, by_htmldate)}


def test_dates_are_as_good_as_they_were(counts):
    assert counts["concord"]["right"] / counts["pages"] >= DATES_FLOOR, counts


def test_dates_are_right_as_often_as_htmldate_at_its_most_thorough(counts):
    assert counts["concord"]["right"] >= counts["htmldate"]["right"], counts


def test_dates_are_wrong_no_more_often_than_with_htmldate(counts):
    assert counts["concord"]["wrong"] <= counts["htmldate"]["wrong"], counts


def test_the_measure_is_that_of_the_benchmark():
    found = score([("a b c d e", "a b c d e"), ("a b c d e", "a b c d x"), ("one two", "")])
    assert (round(found.precision, 4), round(found.recall, 4)) == (0.75, 0.5)
