"""The tables of the questions about speed, made from their figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from benchmarks import building
from benchmarks.filtered import BARE
from benchmarks.goals import ratio, verdicts

Rows = list[tuple[str, ...]]


def aligned(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Columns of even width: the first one to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *others in rows:
        cells = [first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))]
        yield "  ".join(cells).rstrip()


def speed(found: Mapping[str, Any]) -> Iterator[str]:
    """A table a size and pass, the ratios, and what filters, facets and dates cost."""
    for size, figures in found["sizes"].items():
        agreed = figures["agreement"]
        engines = list(next(iter(figures["kinds"].values())))
        yield f"\nQueries on {int(size):,} documents, {figures['tokens']:,} words: p50 / p95 in milliseconds"
        yield f"({agreed['queries']} queries found the same number of documents with all engines that count)"
        for name, title in (("first", "the first time"), ("again", "again")):
            yield from aligned(_times(figures["kinds"], engines, name, title))
        yield "\nConcord to the others, the first time: p50 / p95"
        yield from aligned(_ratios(figures["kinds"], engines))
        yield "\nConcord with more asked, again: p50 in milliseconds (times the bare query)"
        yield from aligned(_more(figures["more"]))


def _times(kinds: Mapping[str, Any], engines: Sequence[str], name: str, title: str) -> Rows:
    rows: Rows = [(title, *engines)]
    for kind, figures in kinds.items():
        cells = (figures[engine][name] if engine in figures else None for engine in engines)
        rows.append((kind, *(f"{cell['p50']:.3f} / {cell['p95']:.3f}" if cell else "" for cell in cells)))
    return rows


def _ratios(kinds: Mapping[str, Any], engines: Sequence[str]) -> Rows:
    peers = [engine for engine in engines if engine != "Concord"]
    rows: Rows = [("", *peers)]
    for kind, figures in kinds.items():
        pairs = [(ratio(figures, engine, "p50"), ratio(figures, engine, "p95")) for engine in peers]
        rows.append((kind, *("" if half is None else f"{half:.2f} / {most:.2f}" for half, most in pairs)))
    return rows


def _more(kinds: Mapping[str, Mapping[str, float]]) -> Rows:
    rows: Rows = [("", *next(iter(kinds.values())))]
    for kind, row in kinds.items():
        others = (f"{taken:.3f} ({taken / row[BARE]:.2f})" for name, taken in row.items() if name != BARE)
        rows.append((kind, f"{row[BARE]:.3f}", *others))
    return rows


def built(found: Mapping[str, Any]) -> Iterator[str]:
    """How the indexes were built."""
    yield "\nBuilding an index from nothing"
    yield from aligned(list(building.lines(dict(found))))


def pages(found: Mapping[str, Any]) -> Iterator[str]:
    """Pages, opening, an update, memory."""
    yield f"\nPages of ten with snippets, {found['documents']:,} documents, 1 in 100 of 50 kB: p50 / p95 in ms"
    rows: Rows = [("", "the first time", "again")]
    for kind, row in found["pages"].items():
        rows.append((kind, *(f"{row[name]['p50']:.2f} / {row[name]['p95']:.2f}" for name in ("first", "again"))))
    yield from aligned(rows)
    opened, updated = found["opening"], found["updating"]
    yield f"opening, to the first answer: {opened['first_answer_ms']} ms, at most {opened['slowest_ms']} ms"
    yield f"an update of {updated['changed']} documents: {updated['median_ms']} ms, at most {updated['longest_ms']} ms"
    for moment, held in opened["memory"].items():
        yield f"resident after {moment}: {held['resident_mb']} MB, of it not from files {held['anonymous_mb']} MB"


def grown(found: Mapping[str, Any]) -> Iterator[str]:
    """Concord by the size of the collection."""
    sizes = found["sizes"]
    yield "\nGrowth of Concord: p50 in milliseconds, the first time"
    rows: Rows = [("documents", *(f"{int(size):,}" for size in sizes))]
    for kind in next(iter(sizes.values()))["kinds"]:
        rows.append((kind, *(f"{figures['kinds'][kind]['Concord']:.3f}" for figures in sizes.values())))
    titles = {"page_ms": "a page, ms", "opening_ms": "opening, ms", "build_s": "building, s", "bytes": "bytes"}
    rows += [(title, *(f"{figures[key]:,}" for figures in sizes.values())) for key, title in titles.items()]
    yield from aligned(rows)


def goals(figures: Mapping[str, Any]) -> Iterator[str]:
    """All goals with their verdicts; nothing where none was measured."""
    rows = [verdict.cells() for verdict in verdicts(figures)]
    if rows:
        yield "\nGoals of speed"
        yield from aligned([("", "documents", "goal", "measured", "met"), *rows])
