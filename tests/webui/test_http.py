"""Headers, errors, health and the API."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from crawler import ConcordError
from indexer import IndexDamaged, IndexIncompatible, IndexMissing
from tests.webui.fake import FakeCollection

if TYPE_CHECKING:
    from flask.testing import FlaskClient

PAGES = ["/", "/?q=extradition", "/d/xinhua-1?q=extradition", "/about", "/nowhere", "/api/v1/search?q=x"]
UNREADABLE = [
    (IndexMissing(Path("/srv/index")), "concord index"),
    (IndexIncompatible(Path("/srv/index"), 1, 2), "concord index --rebuild"),
    (IndexDamaged(Path("/srv/index"), "cut off"), "concord index --rebuild"),
]


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_forbids_what_the_pages_do_not_need(client: FlaskClient, path: str):
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in headers
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_script_or_style_in_it(client: FlaskClient, path: str):
    soup = BeautifulSoup(client.get(path).text, "html.parser")
    assert not soup.select("style, [style]")
    assert all(script.get("src") and not script.text for script in soup.select("script"))
    assert not [name for tag in soup.find_all(True) for name in tag.attrs if name.startswith("on")]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
@pytest.mark.parametrize("path", ["/", "/d/xinhua-1", "/about"])
def test_pages_can_only_be_read(client: FlaskClient, method: str, path: str):
    response = client.open(path, method=method)
    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD"}


def test_head_is_answered_without_a_body(client: FlaskClient):
    response = client.head("/?q=extradition")
    assert (response.status_code, response.data) == (200, b"")


def test_static_files_have_an_address_of_their_content_and_may_be_kept(client: FlaskClient):
    sheet = BeautifulSoup(client.get("/").text, "html.parser").select_one("link[rel=stylesheet]")
    response = client.get(str(sheet["href"]))
    assert response.status_code == 200
    assert "immutable" in response.headers["Cache-Control"]
    response.close()


def test_pages_are_asked_for_anew(client: FlaskClient):
    assert client.get("/").headers["Cache-Control"] == "no-cache"


def test_an_unknown_address_is_a_404_page(client: FlaskClient):
    response = client.get("/nowhere")
    assert response.status_code == 404
    assert response.mimetype == "text/html"


def test_a_404_page_has_the_search_box(client: FlaskClient):
    assert BeautifulSoup(client.get("/nowhere").text, "html.parser").select("main form.search input[name=q]")


@pytest.mark.parametrize("path", ["/?q=%ff%fe", "/?q=%00", "/?%ff=1", "/?q=%ed%a0%80", "/?source=%00&page=%f0"])
def test_bytes_that_are_no_text_are_no_problem(client: FlaskClient, path: str):
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/d/%ff", "/d/%00", "/%ff", "/d/", "/d/.%2e/x"])
def test_an_address_that_can_not_be_is_not_found(client: FlaskClient, path: str):
    assert client.get(path).status_code == 404


def test_an_unknown_document_is_a_404_that_names_it_as_text(client: FlaskClient):
    response = client.get("/d/<b>x")
    assert response.status_code == 404
    assert "&lt;b&gt;x" in response.text


@pytest.mark.parametrize(("error", "command"), UNREADABLE)
@pytest.mark.parametrize("path", ["/", "/?q=x", "/d/xinhua-1", "/about"])
def test_an_index_that_can_not_be_read_is_a_503_that_says_what_to_type(
    collection: FakeCollection, client: FlaskClient, error: ConcordError, command: str, path: str
):
    collection.error = error
    response = client.get(path)
    assert response.status_code == 503
    assert BeautifulSoup(response.text, "html.parser").select_one(".command").text == command
    assert "/srv" not in response.text


def test_pages_come_back_when_the_index_does(collection: FakeCollection, client: FlaskClient):
    collection.error = IndexMissing(Path("x"))
    assert client.get("/?q=extradition").status_code == 503
    collection.error = None
    assert client.get("/?q=extradition").status_code == 200


def test_a_bug_is_a_500_page_without_its_details(collection: FakeCollection, client: FlaskClient):
    collection.error = RuntimeError("secret detail")
    response = client.get("/?q=x")
    assert response.status_code == 500
    assert "secret" not in response.text


def test_a_bug_is_logged(collection: FakeCollection, client: FlaskClient, caplog: pytest.LogCaptureFixture):
    collection.error = RuntimeError("detail")
    client.get("/?q=x")
    assert "RuntimeError: detail" in caplog.text


def test_the_api_answers_the_results_as_json(collection: FakeCollection, client: FlaskClient):
    body = client.get("/api/v1/search?q=extradition&limit=2&source=mfa").get_json()
    assert body["total"] == 3
    assert [hit["id"] for hit in body["results"]] == ["mfa-1", "mfa-2"]
    assert body["facets"]["source"] == [
        {"value": "mfa", "label": "Mfa", "count": 3},
        {"value": "xinhua", "label": "Xinhua", "count": 1},
    ]


def test_the_api_has_no_marks_but_escaped_text_around_them(client: FlaskClient):
    body = client.get("/api/v1/search?q=assistance").get_json()
    assert body["results"][0]["snippets"] == [
        "The paper speaks of judicial <mark>assistance</mark> &amp; extradition in particular."
    ]


def test_the_api_gives_a_document(client: FlaskClient):
    body = client.get("/api/v1/documents/xinhua-1?q=extradition").get_json()
    assert body["passages"][1]["anchor"] == "p2"
    assert "<mark>extradition</mark>" in body["passages"][1]["html"]


@pytest.mark.parametrize(
    ("query", "parameters"),
    [
        ("since=soon", ["since"]),
        ("sort=up", ["sort"]),
        ("limit=0&page=x", ["page", "limit"]),
        ("query=x", ["query"]),
        ("source=nobody", ["source"]),
        ("domain=no/such", ["domain"]),
        ("lang=xx", ["lang"]),
        ("q=" + "x" * 2001, ["q"]),
    ],
)
def test_the_api_refuses_what_it_can_not_take_and_says_why(client: FlaskClient, query: str, parameters: list[str]):
    response = client.get(f"/api/v1/search?{query}")
    assert response.status_code == 400
    assert response.mimetype == "application/problem+json"
    body = json.loads(response.text)
    assert (body["status"], body["type"]) == (400, "about:blank")
    assert [error["parameter"] for error in body["errors"]] == parameters


@pytest.mark.parametrize(
    ("path", "parameters"),
    [
        ("search?q=a&explain=yes", ["explain"]),
        ("suggest?q=" + "x" * 2001, ["q"]),
        ("suggest?q=a&limit=21&lang=en", ["limit", "lang"]),
        ("documents/mfa-1/similar?limit=0&q=a", ["limit", "q"]),
    ],
)
def test_every_route_of_the_api_refuses_what_it_can_not_take(client: FlaskClient, path: str, parameters: list[str]):
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == 400
    assert [error["parameter"] for error in json.loads(response.text)["errors"]] == parameters


def test_the_api_completes_words_and_titles(client: FlaskClient):
    body = client.get("/api/v1/suggest", query_string={"q": "treaty extr", "limit": "1"}).get_json()
    assert body == {
        "query": "treaty extr",
        "words": [{"text": "extradition", "query": "treaty extradition", "documents": 3}],
        "titles": [{"id": "mfa-1", "title": "A treaty on extradition", "source": "mfa", "date": "2010"}],
    }


@pytest.mark.parametrize(("typed", "kept"), [("a ", "a "), ("a\t", "a "), (" a", "a"), ("a\0", "a"), ("", "")])
def test_a_space_at_the_end_of_what_is_typed_is_kept(client: FlaskClient, typed: str, kept: str):
    assert client.get("/api/v1/suggest", query_string={"q": typed}).get_json()["query"] == kept


def test_the_api_names_similar_documents(client: FlaskClient):
    body = client.get("/api/v1/documents/mfa-1/similar?limit=1").get_json()
    assert body["id"] == "mfa-1"
    assert [(document["id"], document["words"]) for document in body["similar"]] == [("mfa-2", ["a", "extradition"])]


def test_the_api_explains_only_where_asked(collection: FakeCollection, client: FlaskClient):
    plain = client.get("/api/v1/search?q=treaty").get_json()
    explained = client.get("/api/v1/search?q=treaty&explain=1").get_json()
    assert "explanation" not in plain
    assert explained["explanation"] == "treaty"
    assert [request.explain for request in collection.requests] == [False, True]


@pytest.mark.parametrize(
    ("path", "status"),
    [("/api/v1/nothing", 404), ("/api/v1/documents/none", 404), ("/api/v1/documents/none/similar", 404)],
)
def test_errors_of_the_api_are_problem_json(client: FlaskClient, path: str, status: int):
    response = client.get(path)
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    assert json.loads(response.text)["status"] == status


def test_the_api_says_how_to_build_a_missing_index(collection: FakeCollection, client: FlaskClient):
    collection.error = IndexMissing(Path("/srv/index"))
    response = client.get("/api/v1/search?q=x")
    assert response.status_code == 503
    assert "concord index" in json.loads(response.text)["detail"]
    assert "/srv" not in response.text


def test_the_same_answer_need_not_be_sent_twice(collection: FakeCollection, client: FlaskClient):
    tag = client.get("/api/v1/search?q=extradition").headers["ETag"]
    collection.change = {"took_ms": 99.0}
    assert client.get("/api/v1/search?q=extradition", headers={"If-None-Match": tag}).status_code == 304


def test_another_generation_of_the_index_is_sent_anew(collection: FakeCollection, client: FlaskClient):
    tag = client.get("/api/v1/search?q=extradition").headers["ETag"]
    collection.change = {"generation": "g2"}
    assert client.get("/api/v1/search?q=extradition", headers={"If-None-Match": tag}).status_code == 200


def test_healthz_answers_whatever_the_index_does(collection: FakeCollection, client: FlaskClient):
    collection.error = IndexMissing(Path("x"))
    response = client.get("/healthz")
    assert (response.status_code, response.text) == (200, "ok\n")


def test_readyz_says_whether_the_index_can_be_read(collection: FakeCollection, client: FlaskClient):
    assert client.get("/readyz").status_code == 200
    collection.error = IndexMissing(Path("x"))
    assert client.get("/readyz").status_code == 503


def test_about_tells_the_coverage_of_each_source(client: FlaskClient):
    rows = BeautifulSoup(client.get("/about").text, "html.parser").select(".coverage tbody tr")
    cells = [[cell.text for cell in row.select("th, td")] for row in rows]
    assert cells == [
        ["Xinhua", "1", "5 November 2008", "5 November 2008", "0"],
        ["Mfa", "3", "2010", "March 2010", "1"],
    ]


def test_about_names_what_other_programs_can_ask(client: FlaskClient):
    text = client.get("/about").text
    named = ("/api/v1/search", "fold=0", "explain=1", "/api/v1/suggest", "/documents/ID", "/documents/ID/similar")
    assert [name for name in named if name not in text] == []


def test_the_examples_of_the_help_run(client: FlaskClient):
    links = BeautifulSoup(client.get("/about").text, "html.parser").select(".help a")
    assert len(links) > 15
    assert {client.get(str(link["href"])).status_code for link in links} == {200}
