"""The figures as tables to read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks import charset, crawl, instruments, ranking, serving, standards, updating
from benchmarks import tables as speed_tables
from benchmarks.tables import aligned


def tables(figures: dict[str, Any]) -> Iterator[str]:
    """Lines: where it was measured, then a table a question."""
    where = figures["machine"]
    yield f"{where['cores']} cores, {where['system']}, Python {where['python']}, whoosh3 {where['whoosh3']}"
    if "indexing" in figures:
        yield from _indexing(figures["indexing"])
    if "searching" in figures:
        yield from _searching(figures["searching"])
    if "updating" in figures:
        yield f"\nUpdating {figures['updating']['changed']} of {figures['updating']['documents']:,} documents"
        yield from updating.lines(figures["updating"])
    if "instruments" in figures:
        yield f"\nInstruments on {figures['instruments']['documents']:,} documents, in milliseconds: first / again"
        yield from instruments.lines(figures["instruments"])
    if figures.get("ranking"):
        yield "\nRanking: nDCG@10 on collections with known answers"
        yield from ranking.lines(figures["ranking"])
    if figures.get("texts"):
        yield from _texts(figures["texts"])
    if figures.get("dates"):
        yield from _dates(figures["dates"])
    if "standards" in figures:
        yield "\nRules of others"
        yield from standards.lines(figures["standards"])
    if "charset" in figures:
        yield "\nCharacter sets"
        yield from charset.lines(figures["charset"])
    if "crawl" in figures:
        yield f"\nCrawling a local site of {figures['crawl']['pages']:,} pages"
        yield from crawl.lines(figures["crawl"])
    yield from _speed(figures)


def _speed(figures: dict[str, Any]) -> Iterator[str]:
    questions = {
        "building": speed_tables.built,
        "speed": speed_tables.speed,
        "pages": speed_tables.pages,
        "serving": _serving,
        "growth": speed_tables.grown,
    }
    for name, table in questions.items():
        if name in figures:
            yield from table(figures[name])
    yield from speed_tables.goals(figures)


def _serving(found: dict[str, Any]) -> Iterator[str]:
    yield f"\nRequests over HTTP, {found['documents']:,} documents, by number of processes, in milliseconds"
    yield from serving.lines(found)


def _indexing(found: dict[str, Any]) -> Iterator[str]:
    yield f"\nIndexing the seeds: {found['documents']:,} documents, {found['tokens']:,} words"
    rows = [("", "seconds", "documents/s", "words/s")]
    labels = {"load": "Concord: load into the archive", "index": "Concord: index", "stock": "stock Whoosh: index"}
    for name, label in labels.items():
        rates = found[name]
        documents, tokens = rates["documents_per_second"], rates["tokens_per_second"]
        rows.append((label, f"{rates['seconds']:.1f}", f"{documents:,.0f}", f"{tokens:,}"))
    yield from aligned(rows)
    yield f"Concord's indexing takes {found['index_to_stock']:.2f} times as long as stock Whoosh's"


def _searching(found: dict[str, Any]) -> Iterator[str]:
    yield "\nSearching, in milliseconds: p50 / p95"
    rows = [("", "Concord, first time", "Concord, again", "stock Whoosh", "first time : stock")]
    for kind, figures in found["kinds"].items():
        shown = [f"{figures[name]['p50_ms']} / {figures[name]['p95_ms']}" for name in ("first", "again", "stock")]
        rows.append((kind, *shown, f"{figures['first_to_stock']:.2f}"))
    yield from aligned(rows)
    yield f"The first query after an index is opened takes {found['first_query_after_opening_ms']:.0f} ms"


def _texts(found: dict[str, Any]) -> Iterator[str]:
    yield f"\nThe text of {found['pages']} news pages, without selectors (article-extraction-benchmark's measure)"
    rows = [("", "F1", "precision", "recall", "seconds")]
    for name in ("concord", "trafilatura"):
        row = found[name]
        rows.append((name, f"{row['f1']:.4f}", f"{row['precision']:.4f}", f"{row['recall']:.4f}", str(row["seconds"])))
    yield from aligned(rows)
    yield "; ".join(f"{name} {f1:.3f}" for name, f1 in found["anchors"].items())


def _dates(found: dict[str, Any]) -> Iterator[str]:
    yield f"\nThe day of publication of {found['pages']} pages, without selectors"
    rows = [("", "right", "wrong", "missing", "seconds")]
    for name in ("concord", "htmldate, extensive", "htmldate, default"):
        rows.append((name, *(str(found[name][key]) for key in rows[0][1:])))
    yield from aligned(rows)
