"""What somebody does who looks for extradition."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.journey

OpenPage = Callable[..., Page]


def search(page: Page, query: str) -> None:
    page.get_by_role("searchbox").fill(query)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"[?&]q="))


def xinhua_article(page: Page) -> Locator:
    return page.locator(".hit", has_text="Xinhua").filter(has_text="5 November 2008")


def test_a_search_shows_the_article_with_its_marked_passage(open_page: OpenPage):
    page = open_page("/")
    search(page, "extradition")
    hit = xinhua_article(page)
    expect(hit).to_have_count(1)
    expect(hit.locator(".snippet mark")).to_have_text("extradition")


def test_a_domain_narrows_the_search_and_can_be_taken_away(open_page: OpenPage):
    page = open_page("/?q=extradition")
    before = int(page.locator("h1 strong").inner_text())
    facets = page.get_by_role("region", name="Domain")
    facets.locator("li", has_text="Peace, security and judicial affairs").locator("summary").click()
    link = facets.get_by_role("link", name=re.compile("^Extradition"))
    count = int(link.locator(".count").inner_text())
    link.click()
    expect(page).to_have_url(re.compile(r"[?&]domain=judicial/extradition|domain=judicial%2Fextradition"))
    expect(page.locator("h1 strong")).to_have_text(str(count))
    expect(xinhua_article(page)).to_have_count(1)
    page.locator(".chip").click()
    expect(page.locator("h1 strong")).to_have_text(str(before))


def test_dates_narrow_the_search(open_page: OpenPage):
    page = open_page("/?q=extradition")
    page.get_by_label("From").fill("2008-11")
    page.get_by_label("Until").fill("2008-11")
    page.get_by_role("button", name="Set dates").click()
    expect(page).to_have_url(re.compile("since=2008-11&until=2008-11"))
    expect(xinhua_article(page)).to_have_count(1)


def test_a_snippet_opens_the_document_at_its_passage(open_page: OpenPage):
    page = open_page("/?q=extradition")
    xinhua_article(page).get_by_role("link", name=re.compile("^Passage 5 ")).click()
    expect(page).to_have_url(re.compile(r"/d/\w+\?q=extradition#p5$"))
    passage = page.locator("#p5")
    expect(passage.locator("mark")).to_have_text("extradition")
    expect(passage).to_be_in_viewport()


def test_the_back_button_brings_the_results_back(open_page: OpenPage):
    page = open_page("/?q=extradition&source=xinhua")
    page.locator(".hit h2 a").click()
    page.go_back()
    expect(page).to_have_url(re.compile(r"\?q=extradition&source=xinhua$"))
    expect(page.locator(".hit")).to_have_count(1)


def test_a_bracket_without_a_partner_is_pointed_at(open_page: OpenPage):
    page = open_page("/")
    search(page, "(extradition")
    expect(page.locator(".note mark")).to_have_text("(")
    expect(xinhua_article(page)).to_have_count(1)


def test_a_bar_of_the_chart_leads_to_its_year(open_page: OpenPage):
    page = open_page("/?q=extradition")
    page.locator('.years a[aria-label^="2008:"]').click()
    expect(page).to_have_url(re.compile("since=2008&until=2008"))


def test_keys_walk_from_the_box_through_results_to_hits(open_page: OpenPage):
    page = open_page("/?q=cooperation")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(".hit h2 a").nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator(".hit h2 a").nth(0)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/d/"))
    marks = page.locator(".passage mark")
    expect(marks.nth(1)).to_be_attached()
    page.keyboard.press("n")
    first = page.locator("mark.here")
    expect(first).to_have_count(1)
    expect(first).to_be_in_viewport()
    assert page.evaluate("document.querySelector('.passage:target').contains(document.querySelector('mark.here'))")
    page.keyboard.press("n")
    page.keyboard.press("p")
    assert page.evaluate("document.querySelector('.passage:target').contains(document.querySelector('mark.here'))")


def test_letters_typed_into_the_box_are_letters(open_page: OpenPage):
    page = open_page("/?q=extradition")
    page.get_by_role("searchbox").fill("")
    page.keyboard.type("jk?/n")
    expect(page.get_by_role("searchbox")).to_have_value("jk?/n")


def test_a_question_mark_lists_the_keys(open_page: OpenPage):
    page = open_page("/about")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()


def test_the_first_tab_offers_to_skip_to_the_text(open_page: OpenPage):
    page = open_page("/?q=extradition")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the text")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()


def test_on_a_phone_the_filters_unfold_above_the_hits(open_page: OpenPage):
    page = open_page("/?q=extradition", "phone")
    filters = page.get_by_role("complementary", name="Filters")
    expect(filters).to_be_hidden()
    page.get_by_role("link", name="Filters").click()
    expect(filters).to_be_visible()
    filters.get_by_role("link", name=re.compile("^Xinhua")).click()
    expect(page.locator(".hit")).to_have_count(1)
    expect(filters).to_be_hidden()


def test_without_script_everything_is_there(browser, site: str):
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    search(page, "extradition")
    xinhua_article(page).locator("h2 a").click()
    expect(page.locator("#p5 mark")).to_have_text("extradition")
    expect(page.locator("[data-walk]")).to_be_hidden()
    context.close()
