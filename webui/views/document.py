"""``/d/<id>``: a document to read."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from webui.document_page import document_page
from webui.front_page import source_labels
from webui.query_args import SIMILAR_LIMIT, read_query
from webui.views.shared import collection

blueprint = Blueprint("document", __name__)


@blueprint.get("/d/<document_id>")
def page(document_id: str) -> str:
    """The document, with the hits of ``q`` marked; ``#p12`` in its address is the twelfth passage."""
    arguments = read_query(request.args)
    view = collection().document(document_id, arguments.state.query)
    similar = collection().similar(document_id, SIMILAR_LIMIT)
    sources = source_labels(collection().coverage()) if view.also_at or similar else {}
    context = document_page(view, arguments.state.query, arguments.mistakes, sources, similar)
    return render_template("document.html", page=context, state=arguments.state)
