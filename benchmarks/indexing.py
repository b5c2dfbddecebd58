"""How fast are the seeds loaded and indexed, against stock Whoosh on the same texts?"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Any

from benchmarks.stock import StockIndex
from benchmarks.workspace import Workspace, load_seeds
from indexer import update_index
from indexer.analysis import tokenize

ROUNDS = 2  # in turns; the faster of the two counts, since noise only ever slows


def measure(workspace: Workspace) -> dict[str, Any]:
    """Seconds and rates: loading into the archive, indexing by Concord and by stock Whoosh, and their ratio."""
    documents = workspace.documents
    tokens = sum(1 for document in documents for text in (document.title, *document.paragraphs) for _ in tokenize(text))
    seconds: dict[str, list[float]] = {"load": [], "index": [], "stock": []}
    for number in range(ROUNDS):
        name = f"round{number}"
        config = workspace.config_named(name)
        seconds["load"].append(_timed(partial(load_seeds, config)))
        seconds["index"].append(_timed(partial(update_index, config)))
        seconds["stock"].append(_timed(partial(StockIndex.build, workspace.stock_folder(name), documents)))
    best = {name: min(times) for name, times in seconds.items()}
    return {
        "documents": len(documents),
        "tokens": tokens,
        **{name: _rates(taken, len(documents), tokens) for name, taken in best.items()},
        "index_to_stock": round(best["index"] / best["stock"], 2),
    }


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _rates(seconds: float, documents: int, tokens: int) -> dict[str, float]:
    return {
        "seconds": round(seconds, 2),
        "documents_per_second": round(documents / seconds, 1),
        "tokens_per_second": round(tokens / seconds),
    }
