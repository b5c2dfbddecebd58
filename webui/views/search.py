"""``/``: the front page where nothing is asked, else the results."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, render_template, request

from indexer import SearchRequest
from webui.front_page import front_page, source_labels
from webui.query_args import Mistake, SearchArguments, read_search_arguments
from webui.results_page import results_page
from webui.state import SearchState
from webui.views.shared import collection, search_leaving_out_unknown, settings

blueprint = Blueprint("search", __name__)


@blueprint.get("/")
def page() -> str:
    """One page for every query string; what can't be taken as it stands is told on it."""
    arguments = read_search_arguments(request.args)
    if arguments.state.asks:
        return _results(arguments)
    everything = collection().search(SearchRequest("", limit=1, sort=arguments.state.order))
    context = front_page(collection().coverage(), everything.facets, arguments.mistakes)
    return render_template("front.html", page=context, state=arguments.state)


def _results(arguments: SearchArguments) -> str:
    limit = settings().results_per_page
    results, unknown, asked = search_leaving_out_unknown(arguments.state.request(limit))
    state = _as_run(arguments.state, asked)
    mistakes = (*arguments.mistakes, *unknown)
    if results.total and state.page > results.pages:
        mistakes += (Mistake("page", f"there is no page {state.page:,}: this is the last one"),)
        state = state.at_page(results.pages)
        results = collection().search(state.request(limit))
    sources = source_labels(collection().coverage())
    context = results_page(state, results, mistakes, sources, arguments.typed_dates)
    return render_template("search.html", page=context, state=state)


def _as_run(state: SearchState, asked: SearchRequest) -> SearchState:
    return replace(state, sources=asked.sources, domains=asked.domains, languages=asked.languages)
