"""Every row of the query language's table, on the command line, in the API and on the page: which documents it finds.

Each query is asked of ten documents (:data:`~tests.surfaces.documents.DOCUMENTS`), so a row says what must not be found
as well.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup

from tests.surfaces.documents import DOCUMENTS

if TYPE_CHECKING:
    from flask.testing import FlaskClient

ALL = {str(document["id"]) for document in DOCUMENTS}

ROWS: list[tuple[str, set[str]]] = [
    ("extradition", {"treaty", "visit"}),
    ("EXTRADICION", {"acuerdo"}),
    ("extradición", {"acuerdo"}),
    ("treaty", {"treaty", "pacts"}),
    ('"judicial assistance"', {"treaty"}),
    ("“judicial assistance”", {"treaty"}),
    ('"the extradition of"', {"treaty"}),
    ('"treaties on"', {"pacts"}),
    ('"assistance judicial"', set()),
    ('"drug crimes"~5', {"drugs"}),
    ('"crimes drug"~5', {"drugs"}),
    ("drug NEAR/5 crime", {"drugs"}),
    ("crime NEAR/5 drug", {"drugs"}),
    ("drug NEAR/14 crime", {"drugs"}),
    ("drug NEAR/15 crime", {"drugs", "apart"}),
    ('"drug crime"~14', set()),
    ('"drug crime"~15', {"apart"}),
    ("extradit*", {"treaty", "visit"}),
    ("*crime", {"drugs", "apart"}),
    ("organi?ation", {"drugs", "talks"}),
    ('"judicial assist*"', {"treaty"}),
    ("extradtion~", {"treaty"}),
    ("fugitvo~", {"acuerdo"}),
    ("extradtoin~2", {"treaty"}),
    ("extradtoin~1", set()),
    ("=cooperation", {"talks"}),
    ("=extradited", {"visit"}),
    ("cooperation", {"talks", "visit", "hyphens"}),
    ("co-operation", {"talks", "visit", "hyphens"}),
    ('"co-operation"', {"hyphens"}),
    ("=co-operation", {"hyphens"}),
    ("C-17", {"hyphens", "glued"}),
    ("C17", {"hyphens", "glued"}),
    ("COVID-19", {"hyphens", "glued"}),
    ("covid19", {"hyphens", "glued"}),
    ("non-proliferation", {"hyphens", "glued"}),
    ("nonproliferation", {"hyphens", "glued"}),
    ("extradition AND treaty", {"treaty"}),
    ("bread OR talks", {"bread", "talks"}),
    ("extradition NOT treaty", {"visit"}),
    ("NOT extradition", ALL - {"treaty", "visit"}),
    ("extradition -treaty", {"visit"}),
    ("-extradition", ALL - {"treaty", "visit"}),
    ("+bread rose", {"bread"}),
    ("extradition AND (treaty OR fugitive)", {"treaty", "visit"}),
    ("(extradition AND treaty) OR bread", {"treaty", "bread"}),
    ("title:treaty", {"treaty", "pacts"}),
    ("title:extradited", {"treaty"}),
    ('title:"state visit"', {"visit"}),
    ("title:(bread OR talks)", {"bread", "talks"}),
    ("source:wire", {"visit", "drugs", "apart", "bread"}),
    ("source:wire extradition", {"visit"}),
    ("lang:es", {"acuerdo"}),
    ("-lang:en", {"acuerdo"}),
    ("url:ministry.example", {"treaty"}),
    ("url:https://*.example/visit", {"visit"}),
    ("date:2008", {"treaty", "acuerdo"}),
    ("date:2008-11", {"treaty", "acuerdo"}),
    ("date:2008-11-05", {"treaty"}),
    ("date:2009-03-31", {"visit"}),
    ("date:2007..2008", {"drugs", "treaty", "acuerdo"}),
    ("date:2008-11-05..2008-11-06", {"treaty", "acuerdo"}),
    ("date:>=2010", {"pacts", "apart", "bread"}),
    ("date:>2010", {"apart", "bread"}),
    ("date:<=2007-06-01", {"drugs"}),
    ("date:<2007-06-01", set()),
    ("date:unknown", {"talks", "hyphens", "glued"}),
    ("extradition date:2008", {"treaty"}),
    ("*", ALL),
]

Ask = Callable[[str], list[str]]


def by_command(run: Callable[..., Any], _: FlaskClient) -> Ask:
    return lambda query: [hit["id"] for hit in json.loads(run(query, "--json", "--limit", "50").stdout)["results"]]


def by_api(_: Callable[..., Any], client: FlaskClient) -> Ask:
    def ask(query: str) -> list[str]:
        response = client.get("/api/v1/search", query_string={"q": query, "limit": 50})
        assert response.status_code == 200, response.text
        return [hit["id"] for hit in response.json["results"]]

    return ask


def by_page(_: Callable[..., Any], client: FlaskClient) -> Ask:
    return lambda query: hit_ids(page(client, query))


def hit_ids(soup: BeautifulSoup) -> list[str]:
    return [str(link["href"]).partition("?")[0].removeprefix("/d/") for link in soup.select(".hit h2 a")]


def page(client: FlaskClient, query: str) -> BeautifulSoup:
    response = client.get("/", query_string={"q": query})
    assert response.status_code == 200, response.text
    return BeautifulSoup(response.text, "html.parser")


SURFACES = [by_command, by_api, by_page]


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize(("query", "found"), ROWS)
def test_a_row_finds_these_documents_and_no_other(
    run: Callable[..., Any], client: FlaskClient, surface: Callable[..., Ask], query: str, found: set[str]
) -> None:
    ids = surface(run, client)(query)
    assert (set(ids), len(ids)) == (found, len(found))


@pytest.mark.parametrize("surface", SURFACES)
def test_documents_with_all_words_come_before_the_best_partial_matches(
    run: Callable[..., Any], client: FlaskClient, surface: Callable[..., Ask]
) -> None:
    ids = surface(run, client)("extradition treaty")
    assert ids[0] == "treaty"
    assert set(ids[1:]) == {"visit", "pacts"}


def test_the_command_line_says_where_the_partial_matches_begin(run: Callable[..., Any]) -> None:
    lines = run("extradition treaty").stdout.splitlines()
    starts = [line[:7] for line in lines if line.startswith(("1. ", "2. ", "3. ", "not all"))]
    assert [start[:2] for start in starts] == ["1.", "no", "2.", "3."]


def test_the_api_says_where_the_partial_matches_begin(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search", query_string={"q": "extradition treaty"}).json
    assert answer["relaxed"] == {"all_words": 1, "some_words": 2}


def test_the_page_says_where_the_partial_matches_begin(client: FlaskClient) -> None:
    soup = page(client, "extradition treaty")
    assert len(soup.select_one(".divider").find_all_previous(class_="hit")) == 1


@pytest.mark.parametrize("surface", SURFACES)
def test_a_domain_takes_those_below_it_in(
    run: Callable[..., Any], client: FlaskClient, surface: Callable[..., Ask]
) -> None:
    ask = surface(run, client)
    assert "treaty" in ask("domain:judicial/extradition")
    assert set(ask("domain:judicial/extradition")) <= set(ask("domain:judicial"))
    assert "bread" not in ask("domain:judicial")


MISTAKES = [
    ("extradition AND", 12, {"treaty", "visit"}),
    ("(extradition", 0, {"treaty", "visit"}),
    ('bread "', 6, {"bread"}),
    ("bread date:2008-13", 11, {"bread"}),
    ("colour:bread", 0, set()),
]


@pytest.mark.parametrize(("query", "position", "found"), MISTAKES)
def test_the_command_line_says_at_which_character_a_query_went_wrong(
    run: Callable[..., Any], query: str, position: int, found: set[str]
) -> None:
    answer = json.loads(run(query, "--json").stdout)
    assert [note["position"] for note in answer["notes"]] == [position]
    assert found <= {hit["id"] for hit in answer["results"]}
    assert f"at character {position + 1}: " in run(query).stderr


@pytest.mark.parametrize(("query", "position", "found"), MISTAKES)
def test_the_api_says_at_which_character_a_query_went_wrong(
    client: FlaskClient, query: str, position: int, found: set[str]
) -> None:
    answer = client.get("/api/v1/search", query_string={"q": query}).json
    assert [note["position"] for note in answer["notes"]] == [position]
    assert found <= {hit["id"] for hit in answer["results"]}


@pytest.mark.parametrize(("query", "position", "found"), MISTAKES)
def test_the_page_points_at_the_character_where_a_query_went_wrong(
    client: FlaskClient, query: str, position: int, found: set[str]
) -> None:
    soup = page(client, query)
    assert query[position:].startswith(soup.select_one(".note mark.mistake").text)
    assert found <= set(hit_ids(soup))


def test_every_surface_tells_how_a_query_was_read(run: Callable[..., Any], client: FlaskClient) -> None:
    told = "co-operation or cooperation"
    assert told in run("co-operation", "--explain").stdout
    assert told in page(client, "co-operation").select_one(".reading").text
