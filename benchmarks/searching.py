"""How fast is a query, end to end, against stock Whoosh on the same texts?

Each query is asked of both in turns, who goes first changing from query to query. Concord keeps what a word found; so
each round opens it anew and asks every query twice: the first time the answer has to be worked out, the second time
part of it is kept. Stock Whoosh keeps nothing between searches.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from benchmarks.queries import KINDS, WARM_UP, Pair
from benchmarks.stock import StockIndex
from benchmarks.workspace import Workspace
from indexer import Collection, SearchRequest

ROUNDS = 2


def measure(workspace: Workspace) -> dict[str, Any]:
    """For each kind of query: milliseconds (p50, p95) of both, and the ratio of the p50 of first times."""
    stock, config = workspace.stock, workspace.config
    times: dict[str, dict[str, list[float]]] = {kind: {"first": [], "again": [], "stock": []} for kind in KINDS}
    opening = []
    for _ in range(ROUNDS):
        collection = Collection.open(config)
        opening.append(_milliseconds(partial(_search, collection, WARM_UP)))
        for kind, pairs in KINDS.items():
            for number, pair in enumerate(pairs):
                _ask_both(collection, stock, pair, times[kind], stock_first=number % 2 == 1)
        collection.close()
    return {
        "first_query_after_opening_ms": round(min(opening), 1),
        "kinds": {kind: _summary(figures, len(KINDS[kind])) for kind, figures in times.items()},
    }


def _ask_both(
    collection: Collection, stock: StockIndex, pair: Pair, times: dict[str, list[float]], *, stock_first: bool
) -> None:
    for is_stock in (stock_first, not stock_first):
        if is_stock:
            times["stock"].append(_milliseconds(partial(stock.search, pair.stock)))
        else:
            times["first"].append(_milliseconds(partial(_search, collection, pair.concord)))
    times["again"].append(_milliseconds(partial(_search, collection, pair.concord)))


def _search(collection: Collection, query: str) -> int:
    return collection.search(SearchRequest(query)).total


def _milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def _summary(times: dict[str, list[float]], queries: int) -> dict[str, Any]:
    figures = {name: _percentiles(taken) for name, taken in times.items()}
    ratio = figures["first"]["p50_ms"] / figures["stock"]["p50_ms"]
    return {"queries": queries, **figures, "first_to_stock": round(ratio, 2)}


def _percentiles(times: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(times, n=20, method="inclusive")
    return {"p50_ms": round(statistics.median(times), 1), "p95_ms": round(cuts[-1], 1)}
