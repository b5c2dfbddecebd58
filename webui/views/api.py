"""``/api/v1``: the answers of the command line as JSON."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from flask import Blueprint, Response, request

from indexer import Results
from webui.query_args import (
    SEARCH_PARAMETERS,
    SIMILAR_LIMIT,
    SUGGEST_LIMIT,
    Mistake,
    read_proposal_arguments,
    read_query,
    read_search_arguments,
    unknown_parameters,
)
from webui.views.errors import BadArguments
from webui.views.shared import collection

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")


@blueprint.get("/search")
def search() -> Response:
    """The JSON of ``concord search --json``; arguments that can't be taken as they stand are refused, all at once.

    With ``explain`` it is the JSON of ``concord search --explain --json``.
    """
    arguments = read_search_arguments(request.args)
    _refuse(arguments.mistakes, SEARCH_PARAMETERS)
    state = arguments.state
    results = collection().search(state.request(arguments.limit))
    body = results.to_json() | ({"explanation": results.explanation} if state.explain else {})
    return _json(body, _search_tag(results, body))


@blueprint.get("/suggest")
def suggest() -> Response:
    """What ``q`` can become: completed words, or values of a field, and titles."""
    arguments = read_proposal_arguments(request.args, SUGGEST_LIMIT)
    _refuse(arguments.mistakes, ("q", "limit"))
    return _json(collection().suggest(arguments.text, arguments.limit).to_json())


@blueprint.get("/documents/<document_id>")
def document(document_id: str) -> Response:
    """The JSON of ``concord show --json``; with ``q`` its hits are marked."""
    arguments = read_query(request.args)
    _refuse(arguments.mistakes, ("q",))
    return _json(collection().document(document_id, arguments.state.query).to_json())


@blueprint.get("/documents/<document_id>/similar")
def similar(document_id: str) -> Response:
    """The documents most like one, and the words that they share with it."""
    arguments = read_proposal_arguments(request.args, SIMILAR_LIMIT)
    _refuse(arguments.mistakes, ("limit",))
    found = collection().similar(document_id, arguments.limit)
    return _json({"id": document_id, "similar": [document.to_json() for document in found]})


def _refuse(mistakes: tuple[Mistake, ...], known: tuple[str, ...]) -> None:
    """Tell all that is wrong with the parameters at once."""
    mistakes += unknown_parameters(request.args, known)
    if mistakes:
        raise BadArguments(mistakes)


def _search_tag(results: Results, body: dict[str, Any]) -> str:
    """An index and an address give one answer; the time it took is no part of it."""
    return f"{results.generation} {json.dumps(body | {'took_ms': None}, sort_keys=True)}"


def _json(body: dict[str, Any], tagged_by: str | None = None) -> Response:
    text = json.dumps(body, ensure_ascii=False)
    response = Response(text, mimetype="application/json")
    response.set_etag(hashlib.sha256((tagged_by or text).encode()).hexdigest()[:32], weak=True)
    response.make_conditional(request)
    return response
