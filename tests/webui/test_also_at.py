"""A story that several sources print: one hit, "also at" the others."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup, Tag

from indexer import AlsoAt
from tests.webui.fake import FakeCollection, FakeDocument

Page = Callable[..., BeautifulSoup]

PLACES = (
    AlsoAt("daily-1", "https://daily.example/1", "China <expands> cooperation", "daily", "2008-11-06"),
    AlsoAt("xinhua-2", None, "The same again", "xinhua", None),
    AlsoAt("mfa-9", "javascript:alert(1)", "", "mfa", "2008-11"),
    AlsoAt("mfa-10", None, "Once more", "mfa", "2008-11"),
)


@pytest.fixture
def collection() -> FakeCollection:
    """Two documents, the first of them at four other places."""
    return FakeCollection(
        [
            FakeDocument("xinhua-1", "China to expand cooperation", ("A treaty.",), also_at=PLACES),
            FakeDocument("mfa-1", "A treaty", source="mfa"),
        ]
    )


def words(element: Tag | None) -> str:
    assert element is not None
    return " ".join(element.get_text().split())


def test_a_hit_names_the_first_sources_and_counts_the_rest(page: Page):
    assert words(page(q="treaty").select_one(".hit .also summary")) == "Also at daily, Xinhua +2"


def test_the_other_places_unfold_with_their_links(page: Page):
    places = page(q="treaty").select(".hit .also li")
    assert words(places[0]) == "China <expands> cooperation daily, 6 November 2008, original"
    assert [link["href"] for link in places[0].select("a")] == ["/d/daily-1?q=treaty", "https://daily.example/1"]
    assert words(places[1]) == "The same again Xinhua, undated"


def test_an_address_that_is_not_safe_is_no_link(page: Page):
    place = page(q="treaty").select(".hit .also li")[2]
    assert [link["href"] for link in place.select("a")] == ["/d/mfa-9?q=treaty"]
    assert words(place).startswith("Untitled")


def test_a_hit_without_copies_has_no_such_line(page: Page):
    assert [len(hit.select(".also")) for hit in page(q="treaty").select(".hit")] == [1, 0]


def test_the_count_tells_stories_and_documents(page: Page):
    assert words(page(q="treaty").h1) == "2 stories (6 of 2 documents) for treaty"


def test_every_copy_is_a_link_away_and_back(collection: FakeCollection, page: Page):
    link = page(q="treaty", sort="oldest").select_one('a[href*="fold=0"]')
    assert link is not None
    assert link["href"] == "/?q=treaty&sort=oldest&fold=0"
    unfolded = page(str(link["href"]))
    assert collection.requests[-1].fold is False
    assert "/?q=treaty&sort=oldest" in [back["href"] for back in unfolded.select(".aside a")]


def test_without_copies_there_is_nothing_to_unfold(page: Page):
    assert not page(q="treaty", source="mfa").select('a[href*="fold="]')


def test_a_value_that_is_neither_is_told(page: Page):
    assert 'Fold "maybe" is neither' in words(page(q="treaty", fold="maybe").select_one(".note"))


def test_the_page_of_a_document_lists_the_other_places(page: Page):
    rail = page("/d/xinhua-1").select_one("[aria-labelledby=rail-also]")
    assert rail is not None
    assert words(rail.h2) == "Also at"
    assert [link["href"] for link in rail.select("li > a")] == ["/d/daily-1", "/d/xinhua-2", "/d/mfa-9", "/d/mfa-10"]


def test_the_page_of_a_document_without_copies_has_no_such_list(page: Page):
    assert not page("/d/mfa-1").select("#rail-also")
