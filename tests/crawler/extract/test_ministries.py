"""Pages of the shapes that ministries and agencies use, without selectors.

The rules were made with the templates of ``known`` at hand; those of ``held-out`` were written when the rules
for dates and titles were done, and none of those was changed for them. A floor only rises.
"""

from __future__ import annotations

import pytest

from crawler.extract.extract import extract
from crawler.extract.page import Page
from tests.crawler.extract.ministries import ministry_pages

FLOOR = 1.0
PAGES = [pytest.param(folder, id=folder) for folder in ("known", "held-out")]


@pytest.fixture(scope="module")
def readings():
    return {
        folder: [(page, extract(Page(page.html.encode(), page.url))) for page in ministry_pages(folder)]
        for folder in ("known", "held-out")
    }


def share(hits):
    hits = list(hits)
    return sum(hits) / len(hits)


def test_there_are_enough_of_them(readings):
    assert (len(readings["known"]), len(readings["held-out"])) == (100, 64)


@pytest.mark.parametrize("folder", PAGES)
def test_their_dates_are_right(readings, folder):
    assert share(str(found.date) == str(page.day) for page, found in readings[folder]) >= FLOOR


@pytest.mark.parametrize("folder", PAGES)
def test_their_titles_are_right(readings, folder):
    assert share(found.title == page.title for page, found in readings[folder]) >= FLOOR


@pytest.mark.parametrize("folder", PAGES)
def test_their_paragraphs_are_all_there_and_apart(readings, folder):
    assert share(set(page.paragraphs) <= set(found.paragraphs) for page, found in readings[folder]) >= FLOOR


@pytest.mark.parametrize("folder", PAGES)
def test_the_lists_beside_them_are_not(readings, folder):
    assert (
        share(not any("<li>" in p or "/n/" in p for p in found.paragraphs) for page, found in readings[folder]) == 1.0
    )
