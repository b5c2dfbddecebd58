"""``/healthz``: the process serves. ``/readyz``: it has an index to serve from."""

from __future__ import annotations

from flask import Blueprint, Response

from crawler import ConcordError
from webui.views.shared import collection

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """200 whenever the process answers at all."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
def readyz() -> Response:
    """200 where searches can be answered, 503 where the index is missing or can't be read."""
    try:
        documents = collection().coverage().documents
    except ConcordError as error:
        return Response(f"not ready: {type(error).__name__}\n", 503, mimetype="text/plain")
    return Response(f"ready: {documents} documents\n", mimetype="text/plain")
