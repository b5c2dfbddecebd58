"""What the views share: the running application's collection and settings, and a search that always answers."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from flask import current_app

from indexer import Results, SearchRequest, UnknownValue
from webui.collection import SearchableCollection
from webui.query_args import Mistake
from webui.settings import WebSettings

EXTENSION = "concord"


def settings() -> WebSettings:
    """The settings of the running application."""
    return cast("tuple[WebSettings, SearchableCollection]", current_app.extensions[EXTENSION])[0]


def collection() -> SearchableCollection:
    """The collection that the running application serves."""
    return cast("tuple[WebSettings, SearchableCollection]", current_app.extensions[EXTENSION])[1]


def search_leaving_out_unknown(request: SearchRequest) -> tuple[Results, tuple[Mistake, ...], SearchRequest]:
    """Search without the filters that the collection doesn't have; each is told as a mistake.

    Returns the results, the mistakes and the request that was run in the end. Raises ``UnknownValue`` only for a
    value that isn't among the filters.
    """
    mistakes: list[Mistake] = []
    while True:
        try:
            return collection().search(request), tuple(mistakes), request
        except UnknownValue as error:
            narrowed = _without(request, error.value)
            if narrowed == request:
                raise
            mistakes.append(Mistake(error.kind, f'the collection has no {error.kind} "{error.value}": it is left out'))
            request = narrowed


def _without(request: SearchRequest, value: str) -> SearchRequest:
    return replace(
        request,
        sources=tuple(source for source in request.sources if source != value),
        domains=tuple(domain for domain in request.domains if domain != value),
        languages=tuple(language for language in request.languages if language != value),
    )
