"""Whatever goes wrong becomes a page or, for the API, problem+json (RFC 9457), here and nowhere else."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import Flask, Response, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from crawler import ConcordError
from indexer import IndexDamaged, IndexIncompatible, IndexMissing, UnknownDocument, UnknownValue
from webui.query_args import Mistake, printable
from webui.state import SearchState

_log = logging.getLogger(__name__)

_API = "/api/"
_PARAMETERS = {"language": "lang"}  # what a filter is called in an address, where that differs


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What an error looks like to a reader. ``command`` is what the owner of the server can type to mend it."""

    status: int
    title: str
    detail: str
    command: str | None = None
    mistakes: tuple[Mistake, ...] = ()


class BadArguments(Exception):
    """A request to the API with arguments that can't be taken as they stand."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__("; ".join(mistake.message for mistake in mistakes))
        self.mistakes = tuple(mistakes)


# The errors' own texts name folders of the server: they go to the log, a reader gets these.
_UNREADABLE: dict[type[ConcordError], ErrorPage] = {
    IndexMissing: ErrorPage(
        503, "There is no index yet", "Documents can be searched as soon as the index is built.", "concord index"
    ),
    IndexIncompatible: ErrorPage(
        503,
        "The index is from another version",
        "It was written by another version of Concord and has to be built anew. The documents are all still there.",
        "concord index --rebuild",
    ),
    IndexDamaged: ErrorPage(
        503,
        "The index can't be read",
        "It is damaged and has to be built anew. The documents are all still there.",
        "concord index --rebuild",
    ),
}

_HTTP_DETAILS = {
    404: "Nothing is kept at this address. It may be mistyped, or be from a collection that is no longer served here.",
    405: "These pages can be read, and that is all: they answer GET and HEAD.",
    500: "This is a fault of the program, not of what you asked for. The log of the server has the details.",
}


def register(app: Flask) -> None:
    """Handle every error of ``app``."""
    app.register_error_handler(BadArguments, _bad_arguments)
    app.register_error_handler(ConcordError, _concord_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _bug)


def _bad_arguments(error: BadArguments) -> Response:
    return _answer(ErrorPage(400, "Bad Request", str(error), mistakes=error.mistakes))


def _concord_error(error: ConcordError) -> Response:
    if isinstance(error, UnknownDocument):
        shown = printable(error.document_id)[:80]
        return _answer(ErrorPage(404, "No such document", f'The collection has no document "{shown}".'))
    if isinstance(error, UnknownValue):
        detail = f'The collection has no {error.kind} "{error.value}".'
        return _answer(
            ErrorPage(400, "Bad Request", detail, mistakes=(Mistake(_PARAMETERS.get(error.kind, error.kind), detail),))
        )
    _log.error("%s: %s", request.path, error)
    detail = "The collection can't be read just now. The log of the server has the details."
    page = _UNREADABLE.get(type(error), ErrorPage(503, "Not available", detail))
    return _answer(page)


def _http_error(error: HTTPException) -> Response:
    status = error.code or 500
    detail = _HTTP_DETAILS.get(status, error.description or "")
    response = _answer(ErrorPage(status, HTTPStatus(status).phrase, detail))
    allowed = error.get_response().headers.get("Allow")
    if allowed:
        response.headers["Allow"] = allowed
    return response


def _bug(error: Exception) -> Response:
    _log.error("%s: internal error", request.path, exc_info=error)
    return _answer(ErrorPage(500, "Something broke", _HTTP_DETAILS[500]))


def _answer(page: ErrorPage) -> Response:
    response = _problem(page) if request.path.startswith(_API) else _page(page)
    response.status_code = page.status
    return response


def _page(page: ErrorPage) -> Response:
    return make_response(render_template("error.html", page=page, state=SearchState()))


def _problem(page: ErrorPage) -> Response:
    detail = f"{page.detail} Build it with '{page.command}'." if page.command else page.detail
    body: dict[str, object] = {"type": "about:blank", "title": page.title, "status": page.status, "detail": detail}
    if page.mistakes:
        body["errors"] = [{"parameter": mistake.parameter, "detail": mistake.message} for mistake in page.mistakes]
    return Response(json.dumps(body, ensure_ascii=False), mimetype="application/problem+json")
