"""How long do concordance, collocates and trends take on 20,000 documents: the goal is 200 ms.

The texts are those of ``updating.py``: words drawn as often as the seeds have them. They are read when an instrument is
first used, so the first call of an opened collection is told by itself. Each question is then asked once anew, and
again; what a word found is kept by then.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.updating import DOCUMENTS, NAME, MadeTexts, load_made
from benchmarks.workspace import Workspace
from crawler import ConfigFile
from indexer import Collection, update_index
from indexer.instruments import CollocatesRequest, KwicRequest, LineOrder, TrendBy, TrendSplit, TrendsRequest

GOAL_MS = 200
AGAIN = 5  # the median of so many counts
QUERIES = {
    "common word": "international",
    "word of every text": "the",
    "middling word": "terrorism",
    "rare word": "extradition",
    "phrase": '"united nations"',
    "pattern": "terror*",
}
INSTRUMENTS: dict[str, Callable[[Collection, str], object]] = {
    "kwic": lambda collection, query: collection.kwic(KwicRequest(query)),
    "kwic, sorted": lambda collection, query: collection.kwic(KwicRequest(query, order=LineOrder.LEFT)),
    "collocates": lambda collection, query: collection.collocates(CollocatesRequest(query)),
    "trends": lambda collection, query: collection.trends(TrendsRequest(query)),
    "trends, split": lambda collection, query: collection.trends(
        TrendsRequest(query, by=TrendBy.MONTH, split=TrendSplit.SOURCE)
    ),
}


def measure(workspace: Workspace) -> dict[str, Any]:
    """For each instrument and kind of query: milliseconds of a first call, and of later ones."""
    config = _made(workspace)
    collection = Collection.open(config)
    opening = _milliseconds(lambda: collection.kwic(KwicRequest("peace")))
    found = {
        instrument: {kind: _asked(ask, collection, query) for kind, query in QUERIES.items()}
        for instrument, ask in INSTRUMENTS.items()
    }
    hits = {kind: collection.kwic(KwicRequest(query, limit=1)).hits for kind, query in QUERIES.items()}
    collection.close()
    return {"documents": DOCUMENTS, "first_call_ms": opening, "hits": hits, "instruments": found}


def _made(workspace: Workspace) -> ConfigFile:
    """The made texts, indexed; what an earlier question built is taken over."""
    config = workspace.config_named(NAME)
    if not (workspace.folder / NAME).exists():
        texts = MadeTexts(workspace)
        load_made(workspace, config, [texts.document(number) for number in range(DOCUMENTS)])
        update_index(config)
    return config


def _asked(ask: Callable[[Collection, str], object], collection: Collection, query: str) -> dict[str, float]:
    first = _milliseconds(lambda: ask(collection, query))
    again = statistics.median(_milliseconds(lambda: ask(collection, query)) for _ in range(AGAIN))
    return {"first_ms": first, "again_ms": round(again, 1)}


def _milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return round((time.perf_counter() - started) * 1000, 1)


def lines(found: dict[str, Any]) -> Iterator[str]:
    """The figures as a table: first call / later ones."""
    kinds = list(found["hits"])
    rows = [("", *kinds), ("hits", *(f"{found['hits'][kind]:,}" for kind in kinds))]
    for instrument, figures in found["instruments"].items():
        rows.append((instrument, *(f"{figures[kind]['first_ms']} / {figures[kind]['again_ms']}" for kind in kinds)))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *others in rows:
        cells = [cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)]
        yield "  ".join([first.ljust(widths[0]), *cells])
    yield f"the first call after an index is opened: {found['first_call_ms']} ms; the goal for all others: {GOAL_MS} ms"
