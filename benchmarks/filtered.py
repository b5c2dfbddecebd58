"""The same queries with a filter, with facets, and in order of date, beside the bare ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from benchmarks.asked import Asked
from benchmarks.peers.concord import tree
from benchmarks.peers.peer import TOP
from benchmarks.timing import in_turns
from indexer.engines.protocol import Engine, Filters, Plan
from indexer.results import Sort

BARE = "bare"
FILTERS = {
    "source": Filters(sources=frozenset({"source-01"})),
    "date": Filters(since=date(2002, 3, 1), until=date(2016, 9, 30)),  # half of the years
}


def with_more(engine: Engine, asked: Sequence[Asked]) -> dict[str, list[float]]:
    """Milliseconds of each query, by what came with it; all in turns.

    ``facets`` counts all hits by four facets and reads one document of the page: the page itself is measured
    elsewhere.
    """
    return in_turns([_calls(engine, Plan(tree(each), Filters(), Sort.RELEVANCE, 0, TOP)) for each in asked])


def _calls(engine: Engine, plan: Plan) -> dict[str, Callable[[], object]]:
    filtered = {name: partial(engine.ranking, replace(plan, filters=filters)) for name, filters in FILTERS.items()}
    return {
        BARE: partial(engine.ranking, plan),
        **filtered,
        "by date": partial(engine.ranking, replace(plan, sort=Sort.NEWEST)),
        "facets": partial(engine.search, replace(plan, limit=1)),
    }
