"""``/api/v1``: the answers of the command line as JSON."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from flask import Blueprint, Response, request

from indexer import Results
from webui.query_args import SEARCH_PARAMETERS, read_query, read_search_arguments, unknown_parameters
from webui.views.errors import BadArguments
from webui.views.shared import collection

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")


@blueprint.get("/search")
def search() -> Response:
    """The JSON of ``concord search --json``; arguments that can't be taken as they stand are refused, all at once."""
    arguments = read_search_arguments(request.args)
    mistakes = (*arguments.mistakes, *unknown_parameters(request.args, SEARCH_PARAMETERS))
    if mistakes:
        raise BadArguments(mistakes)
    results = collection().search(arguments.state.request(arguments.limit))
    return _json(results.to_json(), _search_tag(results))


@blueprint.get("/documents/<document_id>")
def document(document_id: str) -> Response:
    """The JSON of ``concord show --json``; with ``q`` its hits are marked."""
    arguments = read_query(request.args)
    mistakes = (*arguments.mistakes, *unknown_parameters(request.args, ("q",)))
    if mistakes:
        raise BadArguments(mistakes)
    return _json(collection().document(document_id, arguments.state.query).to_json())


def _search_tag(results: Results) -> str:
    """An index and an address give one answer; the time it took is no part of it."""
    body = results.to_json() | {"took_ms": None}
    return f"{results.generation} {json.dumps(body, sort_keys=True)}"


def _json(body: dict[str, Any], tagged_by: str | None = None) -> Response:
    text = json.dumps(body, ensure_ascii=False)
    response = Response(text, mimetype="application/json")
    response.set_etag(hashlib.sha256((tagged_by or text).encode()).hexdigest()[:32], weak=True)
    response.make_conditional(request)
    return response
