"""Every row of the query language's table, typed into the box of a browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.journey

ROWS: list[tuple[str, str]] = [
    ("extradition treaty", "extradit|treat"),
    ('"judicial assistance"', "judicial assistance"),
    ('"drug crimes"~5', "drug.*crimes|crimes.*drug"),
    ("drug NEAR/5 crime", "drug.*crime|crime.*drug"),
    ("extradit*", "extradit"),
    ("*crime", "crime"),
    ("organi?ation", "organi[sz]ation"),
    ("extradtion~", "extradition"),
    ("extradtoin~2", "extradition"),
    ("=cooperation", "cooperation"),
    ("G20", "G-?20"),
    ("cooperation AND extradition", "cooperat|extradit"),
    ("extradition OR fugitive", "extradit|fugitive"),
    ("extradition NOT treaty", "extradit"),
    ("extradition -treaty", "extradit"),
    ("+extradition treaty", "extradit|treat"),
    ("cooperation AND (judicial OR police)", "cooperat|judicial|police"),
    ("title:china", "china"),
    ("source:xinhua extradition", "extradit"),
    ("domain:judicial extradition", "extradit"),
    ("lang:en extradition", "extradit"),
    ("extradition date:2008-11", "extradit"),
    ("extradition date:2007..2010", "extradit"),
    ("extradition date:>=2008-11-05", "extradit"),
]
"""Query → what the marks of a hit say."""


def test_every_row_can_be_typed_and_marks_what_it_found(open_page: Callable[..., Page]):
    page = open_page("/")
    for query, marked in ROWS:
        page.get_by_role("searchbox").fill(query)
        page.keyboard.press("Enter")
        expect(page).to_have_title(re.compile(f"^{re.escape(query)} "))
        expect(page.locator(".note"), query).to_have_count(0)
        marks = page.locator(".hit").first.locator("mark")
        expect(marks.first, query).to_be_attached()
        assert all(re.search(marked, text, re.IGNORECASE) for text in marks.all_inner_texts()), query


def test_every_example_of_the_help_finds_something(open_page: Callable[..., Page]):
    page = open_page("/about")
    links = page.locator("#help ~ .help").first.locator("a")
    for href in links.evaluate_all("links => links.map(link => link.getAttribute('href'))"):
        page.goto(href)
        expect(page.locator("h1 strong"), href).not_to_have_text("0")


@pytest.mark.parametrize(
    ("query", "wrong"), [("extradition AND", "AND"), ('extradition "', '"'), ("date:2008-13", "2008-13")]
)
def test_a_mistake_is_pointed_at_and_the_plain_words_are_searched(
    open_page: Callable[..., Page], query: str, wrong: str
):
    page = open_page("/")
    page.get_by_role("searchbox").fill(query)
    page.keyboard.press("Enter")
    expect(page.locator(".note mark")).to_have_text(re.compile(f"^{re.escape(wrong[0])}"))
    expect(page.locator("h1 strong")).not_to_have_text("0")
