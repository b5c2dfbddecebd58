"""The pages over a real index: what only the two together can get wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crawler import Archive, ConfigFile, load_settings, load_sources
from indexer import Collection, update_index
from webui import WebSettings, create_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient

DOCUMENTS = [
    {
        "id": "h?1#&%2F",
        "title": "<script>alert('extradition')</script>",
        "text": "Judicial assistance & <img src=x onerror=alert(1)> extradition.\n\nSecond.",
        "date": "2008-11-05",
        "url": "https://example.org/?a=<b>&c='d'",
    },
    {"id": "b", "title": "A treaty", "text": "A treaty on trade, of the year.", "date": "2010"},
    {"id": "c", "title": "Undated", "text": "Extradition, without a date."},
]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    folder = tmp_path_factory.mktemp("indexed")
    (folder / "d.jsonl").write_text("\n".join(map(json.dumps, DOCUMENTS)), "utf-8")
    (folder / "config.toml").write_text(
        '[archive]\npath = "a.sqlite"\n[index]\npath = "index"\n'
        '[[source]]\nname = "papers"\nlabel = "The Papers"\npaths = ["d.jsonl"]\n',
        "utf-8",
    )
    config = ConfigFile.read(folder / "config.toml")
    loading = load_settings(config)
    with Archive.open(loading.archive_path, create=True) as archive:
        assert load_sources(archive, loading).new == len(DOCUMENTS)
    update_index(config)
    collection = Collection.open(config)
    yield create_app(WebSettings.load(config), collection).test_client()
    collection.close()


def page(client: FlaskClient, path: str) -> BeautifulSoup:
    response = client.get(path)
    assert response.status_code == 200, response.text
    return BeautifulSoup(response.text, "html.parser")


def test_a_hostile_document_is_text_on_the_page_of_results(client: FlaskClient):
    soup = page(client, "/?q=extradition+judicial")
    assert not soup.select(".found script, .found img")
    assert "<script>alert('extradition')</script>" in [title.text for title in soup.select(".hit h2")]


def test_a_hostile_document_is_text_on_its_own_page(client: FlaskClient):
    href = next(str(link["href"]) for link in page(client, "/?q=judicial").select(".hit h2 a"))
    soup = page(client, href)
    assert not soup.select("main script, main img")
    assert soup.select_one("#p1 mark").text == "Judicial"


def test_every_link_of_a_page_of_results_is_answered(client: FlaskClient):
    soup = page(client, "/?q=extradition&source=papers&since=2008")
    hrefs = {str(link["href"]) for link in soup.select("a") if str(link["href"]).startswith("/")}
    assert len(hrefs) > 10
    assert {client.get(href.partition("#")[0]).status_code for href in hrefs} == {200}


def test_the_counts_of_the_years_are_what_their_links_find(client: FlaskClient):
    for link in page(client, "/?sort=newest").select("[aria-labelledby=facet-date] a.value"):
        assert page(client, str(link["href"])).select_one("h1 strong").text == link.select_one(".count").text


def test_dates_leave_the_undated_out_and_a_link_brings_them_back(client: FlaskClient):
    aside = next(p for p in page(client, "/?q=extradition&since=2008").select(".aside") if "undated" in p.text)
    assert len(page(client, str(aside.a["href"])).select(".hit")) == 2


def test_a_source_is_called_by_its_label(client: FlaskClient):
    assert "The Papers" in page(client, "/?q=extradition").select_one(".hit .meta").text


TEXTS = st.text(max_size=40) | st.lists(
    st.sampled_from(
        [
            *'"()*?~^:=+-/\\[]{}<>&|!,.',
            "AND",
            "OR",
            "NOT",
            "NEAR/2",
            "date:",
            "source:",
            "title:",
            "extradition",
            "~5",
            "2008",
            "..",
        ]
    ),
    max_size=9,
).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(query=TEXTS)
@example(query="(" * 1500)
@example(query="NOT " * 400 + "a")
@example(query="a " * 1000)
@example(query="*")
@example(query="\ud7ff\ufffe\U0010ffff")
def test_any_query_gets_an_answer(client: FlaskClient, query: str):
    assert client.get("/", query_string={"q": query}).status_code == 200
    assert client.get("/d/b", query_string={"q": query}).status_code == 200


def test_an_explained_hit_tells_what_its_score_is_made_of(client: FlaskClient):
    hit = client.get("/api/v1/search?q=extradition+judicial&explain=1").get_json()["results"][0]
    assert sum(part["score"] for part in hit["score_parts"]) == pytest.approx(hit["score"], abs=1e-5)
    assert {part.get("text") for part in hit["score_parts"]} >= {"extradition", "judicial"}


@settings(max_examples=150, deadline=None)
@given(text=TEXTS)
def test_anything_that_is_typed_gets_suggestions(client: FlaskClient, text: str):
    assert client.get("/api/v1/suggest", query_string={"q": text}).status_code == 200
