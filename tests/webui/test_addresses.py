"""Addresses put together here are those that Flask would give."""

from __future__ import annotations

import pytest
from flask import url_for
from hypothesis import given
from hypothesis import strategies as st

from indexer import Sort
from tests.webui.fake import FakeCollection
from webui import WebSettings, create_app
from webui.addresses import address, document_address
from webui.state import SearchState

APP = create_app(WebSettings(), FakeCollection())
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
VALUES = st.lists(TEXT, max_size=3).map(tuple)


@given(TEXT, VALUES, VALUES, TEXT, st.sampled_from([None, *Sort]), st.integers(1, 3), st.booleans())
def test_the_address_of_a_search_is_that_of_flask(
    query: str,
    sources: tuple[str, ...],
    domains: tuple[str, ...],
    since: str,
    sort: Sort | None,
    page: int,
    fold: bool,
) -> None:
    state = SearchState(query, sources, domains, since=since, sort=sort, page=page, fold=fold)
    with APP.test_request_context():
        assert address(state) == url_for("search.page", **state.arguments())


@given(TEXT.filter(lambda text: text and "/" not in text), TEXT, st.sampled_from([None, 1, 27]))
def test_the_address_of_a_document_is_that_of_flask(document_id: str, query: str, passage: int | None) -> None:
    anchor = f"p{passage}" if passage else None
    with APP.test_request_context():
        expected = url_for("document.page", document_id=document_id, q=query or None, _anchor=anchor)
        assert document_address(document_id, query, passage) == expected


@pytest.mark.parametrize("at", ["", "/concord"])
def test_addresses_begin_where_the_server_of_the_request_is_mounted(at: str) -> None:
    with APP.test_request_context(environ_overrides={"SCRIPT_NAME": at}):
        assert address(SearchState("a b")) == f"{at}/?q=a+b"
        assert document_address("x", "é", 2) == f"{at}/d/x?q=%C3%A9#p2"
