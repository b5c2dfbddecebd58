"""How fast is an index built from nothing, in how much memory, and how large is it?

Concord builds its whole index: exact words and families, domains, facets, the texts. Its peers are stock Whoosh and
FTS5 with the same fields, without domains; plain FTS5 is there for its size. Each builds in a process of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from benchmarks.asked import count
from benchmarks.corpus import Corpus
from benchmarks.peers import MOST_FOR_STOCK, STOCK
from benchmarks.prepared import CONCORD, FTS5_FIELDS, Prepared
from benchmarks.workspace import Workspace

SIZES = (20_000, 100_000)
PLAIN = "fts5"
LABELS = {
    CONCORD: "Concord",
    FTS5_FIELDS: "FTS5, the same fields",
    PLAIN: "FTS5, exact words",
    STOCK: "stock Whoosh, the same fields",
}


def measure(workspace: Workspace, sizes: Sequence[int] = SIZES) -> dict[str, Any]:
    """Seconds, words a second, bytes and peak of memory, by size and engine."""
    chosen = [workspace.size] if workspace.size else sizes
    return {"sizes": {str(size): _at(workspace, Corpus(size)) for size in chosen}}


def _at(workspace: Workspace, corpus: Corpus) -> dict[str, Any]:
    prepared, tokens = Prepared(workspace, corpus), count(corpus).tokens
    keys = [key for key in LABELS if key != STOCK or corpus.size <= MOST_FOR_STOCK]
    figures = {LABELS[key]: prepared.built(key, anew=key == CONCORD) for key in keys}
    return {
        "tokens": tokens,
        "engines": {
            name: {**found, "tokens_per_s": round(tokens / found["seconds"])} for name, found in figures.items()
        },
    }


def lines(found: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    """The rows of a table."""
    yield ("documents", "engine", "seconds", "words/s", "MB on disk", "peak MB")
    for size, figures in found["sizes"].items():
        for name, row in figures["engines"].items():
            speed, disk = f"{row['tokens_per_s']:,}", f"{row['bytes'] / 1e6:,.1f}"
            yield (f"{int(size):,}", name, f"{row['seconds']:,.1f}", speed, disk, f"{row['peak_mb']:,.0f}")
