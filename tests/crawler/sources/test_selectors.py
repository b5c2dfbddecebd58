"""Selectors are proposed for what the general rules miss, and for nothing else."""

from __future__ import annotations

from crawler.extract.page import Hints, Page
from crawler.sources.selectors import propose_selectors
from tests.crawler.sources.ministry import statement_html

NUMBERS = range(3)


def _pages(*changes: tuple[str, str]) -> list[Page]:
    pages = []
    for number in NUMBERS:
        html = statement_html(number).decode()
        for old, new in changes:
            html = html.replace(old.format(day=number + 3), new.format(day=number + 3))
        pages.append(Page(html.encode(), f"https://www.example.org/{number}", "text/html", "utf-8"))
    return pages


def test_pages_that_are_read_well_need_none():
    assert not any(value for _, value in propose_selectors(_pages(), Hints()))


def test_dates_that_stand_far_from_the_headline_get_one():
    away = ("<footer>", '<footer><span class="fecha">{day} November 2008</span>')
    assert propose_selectors(_pages(('<p class="byline">November {day}, 2008</p>', ""), away), Hints()).date == ".fecha"


def test_dates_that_are_nowhere_get_none():
    assert propose_selectors(_pages(('<p class="byline">November {day}, 2008</p>', "")), Hints()).date is None


def test_texts_of_other_kinds_get_none():
    assert propose_selectors([Page(b"x", None, "application/pdf")], Hints()).body is None
