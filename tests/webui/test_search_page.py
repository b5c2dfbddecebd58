from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from indexer import Evident, Note, Relaxation, ScorePart, Sort, UnknownValue
from tests.webui.fake import FakeCollection, FakeDocument

if TYPE_CHECKING:
    from flask.testing import FlaskClient

Page = Callable[..., BeautifulSoup]


def one(soup: BeautifulSoup | Tag, selector: str) -> Tag:
    found = soup.select(selector)
    assert len(found) == 1, f"{selector}: {len(found)}"
    return found[0]


def words(element: Tag) -> str:
    return " ".join(element.get_text().split())


def facet(soup: BeautifulSoup, slug: str) -> dict[str, Tag]:
    links = soup.select(f"[aria-labelledby=facet-{slug}] a.value")
    return {one(link, ".name").find(string=True): link for link in links}  # type: ignore[misc]


def test_the_front_page_has_a_box_and_tells_what_is_in_the_collection(page: Page):
    soup = page("/")
    assert one(soup, "input[name=q]")["value"] == ""
    assert words(one(soup, "#holdings-title")) == "4 documents from 2 sources, 2008 to 2010"


def test_the_examples_of_the_front_page_are_searches(page: Page):
    assert next(link["href"] for link in page("/").select(".examples a")) == "/?q=extradition"


def test_a_query_finds_hits_with_marked_snippets(page: Page):
    hit = page(q="assistance").select(".hit")[0]
    assert one(hit, ".snippet mark").text == "assistance"


def test_a_hit_leads_to_the_passage_of_its_best_snippet(page: Page):
    hit = page(q="assistance").select(".hit")[0]
    assert one(hit, "h2 a")["href"] == "/d/xinhua-1?q=assistance#p2"
    assert one(hit, ".snippet .anchor")["href"] == "/d/xinhua-1?q=assistance#p2"


def test_a_hit_tells_source_date_and_domains(page: Page):
    assert words(one(page(q="assistance"), ".hit .meta")) == "Xinhua · 5 November 2008 · Extradition, Culture"


def test_languages_are_told_where_hits_are_in_several(page: Page):
    assert words(page(q="extradition").select(".hit .meta")[-1]) == "Mfa · March 2010 · Arabic"


def test_a_text_in_arabic_says_so(page: Page):
    assert page(q="extradition").select('.hit h2[lang=ar][dir="rtl"]')
    assert page(q="extradition").select('.hit p.snippet[lang=ar][dir="rtl"]')


def test_the_box_keeps_the_query(page: Page):
    assert one(page(q='"a b" <c>'), "input[name=q][type=search]")["value"] == '"a b" <c>'


def test_facets_are_links_with_counts_that_add_a_filter(page: Page):
    link = facet(page(q="extradition"), "source")["Mfa"]
    assert one(link, ".count").text == "3"
    assert link["href"] == "/?q=extradition&source=mfa"


def test_a_chosen_value_stays_listed_and_its_link_takes_it_away(page: Page):
    sources = facet(page(q="extradition", source="mfa"), "source")
    assert sources["Mfa"]["aria-current"] == "true"
    assert sources["Mfa"]["href"] == "/?q=extradition"
    assert sources["Xinhua"]["href"] == "/?q=extradition&source=mfa&source=xinhua"


def test_each_filter_has_a_chip_that_takes_it_away(page: Page):
    chips = page(q="extradition", source="mfa", since="2009", until="2011-03").select(".chip")
    assert [chip["href"] for chip in chips] == [
        "/?q=extradition&since=2009&until=2011-03",
        "/?q=extradition&source=mfa&until=2011-03",
        "/?q=extradition&source=mfa&since=2009",
    ]


def test_a_chip_calls_a_source_by_its_label_even_where_nothing_is_found(page: Page):
    assert words(one(page(q="zebra", source="mfa"), ".chip")).startswith("Source Mfa")


def test_the_domain_that_was_filtered_on_is_shown_first(page: Page):
    assert "Culture, Extradition" in words(one(page(q="assistance", domain="culture"), ".hit .meta"))


def test_taking_the_only_filter_away_still_shows_documents(page: Page):
    chip = one(page(source="mfa"), ".chip")
    assert len(page(str(chip["href"])).select(".hit")) == 4


def test_filters_without_words_browse_newest_first(collection: FakeCollection, page: Page):
    hits = page(source="mfa").select(".hit")
    assert collection.requests[-1].sort is Sort.NEWEST
    assert [words(one(hit, "h2"))[:6] for hit in hits[-1:]] == ["A note"]


def test_sorting_is_a_link_and_the_order_in_use_is_told(page: Page):
    soup = page(q="extradition", sort="newest")
    assert one(soup, ".sorts [aria-current]").text == "Newest"
    assert [link["href"] for link in soup.select(".sorts a")] == [
        "/?q=extradition&sort=relevance",
        "/?q=extradition&sort=newest",
        "/?q=extradition&sort=oldest",
    ]


def test_dates_leave_undated_documents_out_and_say_so(page: Page):
    aside = next(p for p in page(q="extradition", since="2009", sort="oldest").select(".aside") if "undated" in p.text)
    assert "1 undated document left out" in words(aside)
    assert one(aside, "a")["href"] == "/?q=extradition&sort=oldest"


def test_the_date_form_keeps_the_rest_of_the_search(page: Page):
    form = one(page(q="extradition", domain="culture", since="2008"), "form.dates")
    assert {field["name"]: field.get("value") for field in form.select("input")} == {
        "q": "extradition",
        "domain": "culture",
        "since": "2008",
        "until": "",
    }


def test_years_are_listed_with_counts_and_lead_to_the_year(page: Page):
    years = facet(page(q="extradition"), "date")
    assert {year: one(link, ".count").text for year, link in years.items()} == {
        "2010": "2",
        "2008": "1",
        "Undated": "1",
    }
    assert years["2010"]["href"] == "/?q=extradition&since=2010&until=2010"


@pytest.mark.parametrize(
    ("query", "href"), [("extradition", "/?q=extradition+date:unknown"), ("a OR (b", "/?q=(a+OR+(b)+date:unknown")]
)
def test_the_undated_are_a_query_away(page: Page, collection: FakeCollection, query: str, href: str):
    collection.documents.append(FakeDocument("x", query, date=None))
    assert facet(page(q=query), "date")["Undated"]["href"] == href


def test_the_chart_of_years_has_no_style_attributes_and_a_description(page: Page):
    chart = one(page(q="extradition"), ".years .dated svg")
    assert "from 2008 to 2010" in one(chart, "desc").text
    assert not chart.select("[style]")


def many(collection: FakeCollection, number: int) -> None:
    collection.documents = [FakeDocument(f"d{index}", f"treaty {index}") for index in range(number)]


def test_hits_come_in_pages(collection: FakeCollection, page: Page):
    many(collection, 25)
    soup = page(q="treaty", page=2)
    assert one(soup, "ol.hits")["start"] == "11"
    assert one(soup, ".pager a[rel=prev]")["href"] == "/?q=treaty"
    assert one(soup, ".pager a[rel=next]")["href"] == "/?q=treaty&page=3"


def test_the_last_page_has_no_next(collection: FakeCollection, page: Page):
    many(collection, 25)
    assert not page(q="treaty", page=3).select("[rel=next]")


def test_a_page_after_the_last_shows_the_last_and_says_so(collection: FakeCollection, page: Page):
    many(collection, 25)
    soup = page(q="treaty", page=99)
    assert len(soup.select(".hit")) == 5
    assert "no page 99" in words(one(soup, ".note"))


def test_a_single_page_has_no_pager(page: Page):
    assert not page(q="extradition").select(".pager")


def test_nothing_found_says_of_how_many_and_what_to_relax(page: Page):
    soup = page(q="zebra", source="mfa")
    assert words(one(soup, "h1")).startswith("0 of 4 documents")
    assert "/?q=zebra" in [link["href"] for link in soup.select(".empty a")]


def test_partial_matches_stand_below_a_line(collection: FakeCollection, page: Page):
    answer = collection.search(page_request("extradition"))
    partial = tuple(hit if index < 1 else _partial(hit) for index, hit in enumerate(answer.hits))
    collection.change = {"hits": partial, "relaxed": Relaxation(1, 3)}
    found = one(page(q="extradition treaty"), ".found")
    lists = [len(element.select(".hit")) for element in found.select("ol.hits")]
    assert lists == [1, 3]
    assert "all the words end here" in words(one(found, ".divider"))
    assert words(one(found, ".summary .where")) == "1 with all the words"


@pytest.mark.parametrize(
    ("filters", "line"),
    [
        ({}, "No document has all the words: the best partial matches follow"),
        ({"source": "mfa"}, "No document that fits the filters has all the words: the best partial matches follow"),
    ],
)
def test_where_no_document_has_all_words_the_line_says_so(
    collection: FakeCollection, page: Page, filters: dict[str, str], line: str
):
    partial = tuple(map(_partial, collection.search(page_request("extradition")).hits))
    collection.change = {"hits": partial, "relaxed": Relaxation(0, 4)}
    assert words(one(page(q="extradition treaty", **filters), ".divider")) == line


def test_a_later_page_of_partial_matches_says_what_they_are(collection: FakeCollection, page: Page):
    partial = tuple(map(_partial, collection.search(page_request("extradition")).hits))
    collection.change = {"hits": partial, "relaxed": Relaxation(10, 4), "total": 14}
    assert words(one(page(q="extradition treaty", page=2), ".divider")) == "Partial matches, continued"


@pytest.mark.parametrize(("since", "until"), [("2010", "2008"), ("2008-13", "2008-02-30"), ("soon", "2009")])
def test_dates_that_can_not_be_taken_stay_in_their_boxes(page: Page, since: str, until: str):
    form = one(page(q="extradition", since=since, until=until), "form.dates")
    assert [one(form, f"input[name={name}]")["value"] for name in ("since", "until")] == [since, until]


PARTS = (
    ScorePart(Evident.WORDS, 5.2, "extradition", title=1, body=3, documents=10),
    ScorePart(Evident.PASSAGE, 1.104),
)


def test_each_score_is_explained_where_the_address_asks_for_it(collection: FakeCollection, page: Page):
    hit = replace(collection.search(page_request("extradition")).hits[0], score=6.304, parts=PARTS)
    collection.change = {"hits": (hit,)}
    score = one(page(q="extradition", explain="1"), ".hit details.score")
    assert collection.requests[-1].explain
    assert [words(part) for part in score.select("summary, li")] == [
        "Score 6.30",
        "5.20 extradition title 1, text 3, in 10 documents",
        "1.10 its best passage",
    ]


def test_scores_are_not_explained_where_nobody_asked(collection: FakeCollection, page: Page):
    assert not page(q="extradition").select("details.score")
    assert not collection.requests[-1].explain


@pytest.mark.parametrize(("explain", "href"), [("0", "/?q=extradition&explain=1"), ("1", "/?q=extradition")])
def test_how_the_query_was_read_leads_to_the_scores_and_back(page: Page, explain: str, href: str):
    reading = one(page(q="extradition", explain=explain), "details.reading")
    assert one(reading, "a")["href"] == href
    assert reading.has_attr("open") == (explain == "1")


def test_a_mistake_in_the_query_is_shown_where_it_is(collection: FakeCollection, page: Page):
    collection.change = {"notes": (Note("this bracket has no partner", 2),)}
    note = one(page(q="a (b"), ".note")
    assert words(note).startswith("This bracket has no partner.")
    assert one(note, "mark").text == "("


def test_how_the_query_was_read_can_be_unfolded(page: Page):
    assert "extradition and treaty" in words(one(page(q="extradition treaty"), "details.reading"))


def test_a_better_spelling_is_a_link(collection: FakeCollection, page: Page):
    collection.change = {"corrected": "extradition"}
    assert one(page(q="extraditon"), ".empty li a[dir=auto]")["href"] == "/?q=extradition"


@pytest.mark.parametrize(
    ("name", "value"), [("source", "nobody"), ("domain", "no/such"), ("lang", "xx"), ("since", "soon"), ("sort", "up")]
)
def test_a_filter_that_can_not_be_is_told_and_the_rest_is_searched(page: Page, name: str, value: str):
    soup = page(q="extradition", **{name: value})
    assert value in words(one(soup, ".note"))
    assert len(soup.select(".hit")) == 4
    assert not soup.select(".chip")


def test_an_unknown_filter_leaves_the_known_ones_in_force(page: Page):
    soup = page(q="extradition", source=["nobody", "mfa"])
    assert len(soup.select(".hit")) == 3


def test_an_unknown_value_that_is_no_filter_is_a_bad_request(collection: FakeCollection, client: FlaskClient):
    collection.error = UnknownValue("source", "in-the-query", [])
    assert client.get("/?q=x").status_code == 400


def test_a_hostile_title_is_shown_as_text(collection: FakeCollection, page: Page):
    collection.documents = [FakeDocument("h", '<script>alert("treaty")</script>', ("<img src=x onerror=alert(1)>",))]
    soup = page(q="treaty")
    assert one(soup, ".hit h2 a").text == '<script>alert("treaty")</script>'
    assert not soup.select(".hit script, .hit img")


def test_a_hostile_query_is_shown_as_text(page: Page):
    query = '"><script>alert(1)</script>'
    soup = page(q=query)
    assert one(soup, "input[type=search]")["value"] == query
    assert [script.get("src") is not None for script in soup.select("script")] == [True]


def test_an_id_with_reserved_characters_has_a_working_link(collection: FakeCollection, page: Page):
    collection.documents = [FakeDocument("a?b#c%2F&é", "treaty")]
    href = str(one(page(q="treaty"), ".hit h2 a")["href"])
    assert words(one(page(href), "h1")) == "treaty"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=60))
@example(query="\x00")
@example(query="((((((")
@example(query="'\"`~*?\\/:[]{}^!")
@example(query="x" * 3000)
def test_any_query_gets_an_answer(client: FlaskClient, query: str):
    assert client.get("/", query_string={"q": query}).status_code == 200


def page_request(query: str) -> Any:
    from indexer import SearchRequest

    return SearchRequest(query)


def _partial(hit: Any) -> Any:
    return replace(hit, partial=True)
