"""Addresses of searches and documents: a page of results has some 150 of them.

They are those of Flask's ``url_for``, which goes over all rules for each; here the rule is asked once a request, and
what stands behind the ``?`` is put together from values that are quoted once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote_plus

from flask import g, url_for

from webui.state import SearchState

_KEPT = 4096  # quoted values: those of all filters, and the queries of the last few hundred pages
_SAFE = "!$'()*,/:;?@"  # as werkzeug quotes: https://url.spec.whatwg.org/#percent-encoded-bytes


def address(state: SearchState) -> str:
    """The address of a search."""
    return _with_query(_path("search.page"), state.arguments())


def document_address(document_id: str, query: str = "", passage: int | None = None) -> str:
    """The address of a document, its hits of ``query`` marked, at one of its passages."""
    anchor = f"#p{passage}" if passage else ""
    return _with_query(_path("document.page", document_id=document_id), {"q": query} if query else {}) + anchor


def _path(endpoint: str, **values: Any) -> str:
    """The address of a page without what it is asked; it depends on where the server of this request is mounted."""
    if "paths" not in g:
        g.paths = {}
    paths: dict[tuple[str, ...], str] = g.paths
    key = (endpoint, *map(str, values.values()))
    if key not in paths:
        paths[key] = url_for(endpoint, **values)
    return paths[key]


def _with_query(path: str, arguments: Mapping[str, Any]) -> str:
    pairs = "&".join(f"{name}={_quoted(str(value))}" for name, value in _pairs(arguments))
    return f"{path}?{pairs}" if pairs else path


def _pairs(arguments: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in arguments.items():
        values: Iterable[Any] = value if isinstance(value, list) else (value,)
        for each in values:
            yield name, each


@lru_cache(_KEPT)
def _quoted(value: str) -> str:
    return quote_plus(value, safe=_SAFE)
