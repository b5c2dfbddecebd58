"""How every page looks: readable for everybody, in light and dark, on a screen and on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.conftest import SCREENSHOTS

pytestmark = pytest.mark.journey

OpenPage = Callable[..., Page]

PAGES = {
    "front": "/",
    "results": "/?q=extradition",
    "scores": "/?q=extradition+treaty&explain=1",
    "filtered": "/?q=cooperation&domain=judicial&source=un-general-debate&since=2006&until=2010-06",
    "partial": "/?q=extradition+treaty+judicial",
    "last-page": "/?q=cooperation&page=20",
    "notes": "/?q=(extradition&sort=best&source=nobody",
    "nothing": "/?q=zzzzzz&source=xinhua",
    "about": "/about",
    "not-found": "/nowhere",
}
ALONE = r"""snippets => snippets.filter(snippet => {
    const anchor = snippet.querySelector('.anchor');
    const walker = document.createTreeWalker(snippet, NodeFilter.SHOW_TEXT);
    const last = document.createRange();
    while (walker.nextNode() && !anchor.contains(walker.currentNode)) {
        const at = walker.currentNode.data.search(/[^\s…][\s…]*$/);
        const dots = walker.currentNode.data.match(/^[\s…]*$/);
        if (at >= 0 && !dots) { last.setStart(walker.currentNode, at); last.setEnd(walker.currentNode, at + 1); }
    }
    return last.getBoundingClientRect().bottom < anchor.getBoundingClientRect().top;
}).map(snippet => snippet.innerText)"""
"""Which snippets have nothing but dots beside the mark of their passage on its line."""

LOOKS = ("light", "dark", "phone")


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['html']}" for rule in found for node in rule["nodes"]]


def check(page: Page, name: str, look: str) -> None:
    """Keep a picture; nothing is wider than the window, nothing is hard to perceive."""
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}-{look}.png")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert violations(page) == []


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_readable_for_everybody(open_page: OpenPage, name: str, look: str):
    check(open_page(PAGES[name], look), name, look)


@pytest.mark.parametrize("look", LOOKS)
def test_a_document_is_readable_for_everybody(open_page: OpenPage, look: str):
    page = open_page("/?q=extradition&source=xinhua", look)
    page.locator(".hit h2 a").click()
    page.wait_for_url(re.compile("/d/"))
    check(page, "document", look)


@pytest.mark.parametrize("look", LOOKS)
def test_a_missing_index_is_a_page_that_says_what_to_do(open_page: OpenPage, site_without_index: str, look: str):
    page = open_page("/", look, base=site_without_index)
    assert page.locator(".command").inner_text() == "concord index"
    check(page, "no-index", look)


def test_unfolded_filters_are_readable_on_a_phone(open_page: OpenPage):
    page = open_page("/?q=extradition", "phone")
    page.get_by_role("link", name="Filters").click()
    check(page, "filters", "phone")


@pytest.mark.parametrize("width", [320, 600, 960, 2560])
@pytest.mark.parametrize("name", ["front", "filtered", "about"])
def test_nothing_scrolls_sideways_at_any_width(open_page: OpenPage, name: str, width: int):
    page = open_page("/about")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(PAGES[name])
    page.screenshot(path=SCREENSHOTS / f"{name}-{width}.png")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("look", ["light", "phone"])
def test_the_mark_of_a_passage_never_stands_alone_on_a_line(open_page: OpenPage, look: str):
    page = open_page("/?q=cooperation", look)
    alone = page.locator(".snippet").evaluate_all(ALONE)
    assert alone == []


def test_nothing_beside_a_document_is_scrolled_out_of_sight(open_page: OpenPage):
    page = open_page("/?q=extradition&source=xinhua")
    page.locator(".hit h2 a").click()
    page.wait_for_url(re.compile("/d/"))
    rail = page.locator(".rail")
    assert rail.evaluate("rail => getComputedStyle(rail).overflowY") == "visible"


def test_the_dark_page_is_dark(open_page: OpenPage):
    def brightness(look: str) -> int:
        colour = open_page("/", look).evaluate("getComputedStyle(document.documentElement).backgroundColor")
        return sum(map(int, re.findall(r"\d+", colour)[:3]))

    assert brightness("dark") < 200 < 600 < brightness("light")
