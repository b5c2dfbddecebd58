"""How do queries, a page, building, size and opening grow with the collection?"""

from __future__ import annotations

from typing import Any

from benchmarks.corpus import Corpus
from benchmarks.pages import opening, page_times
from benchmarks.prepared import CONCORD
from benchmarks.speed import Contest, compare
from benchmarks.workspace import Workspace

SIZES = (5_000, 20_000, 100_000)
LARGE = 500_000
PEERS = ("fts5", "tantivy")
"""The slowest and the fastest index with positions; the others are in the tables of ``speed.py``."""


def measure(workspace: Workspace) -> dict[str, Any]:
    """By size: the p50 of each class of queries, and the other figures."""
    sizes = [workspace.size] if workspace.size else [*SIZES, *([LARGE] if workspace.large else [])]
    return {"sizes": {str(size): _at(workspace, Corpus(size)) for size in sizes}}


def _at(workspace: Workspace, corpus: Corpus) -> dict[str, Any]:
    contest = Contest.prepare(workspace, corpus, PEERS)
    config = contest.prepared.config()
    built = contest.prepared.built(CONCORD)
    kinds = compare(contest, rounds=1, more=False)["kinds"]
    return {
        "tokens": contest.counts.tokens,
        "build_s": built["seconds"],
        "bytes": built["bytes"],
        "kinds": {kind: {name: row["first"]["p50"] for name, row in rows.items()} for kind, rows in kinds.items()},
        "page_ms": page_times(config, contest.asked)["all"]["first"]["p50"],
        "opening_ms": opening(workspace, config, contest.asked)["first_answer_ms"],
    }
