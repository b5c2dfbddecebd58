"""The goals of speed, each as a ratio within one run, and whether it is met."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.building import LABELS, PLAIN
from benchmarks.filtered import BARE
from benchmarks.peers import STOCK
from benchmarks.prepared import CONCORD, FTS5_FIELDS

AT_OR_BELOW = {"SQLite FTS5": 1.0, "Xapian": 1.0, "tantivy": 2.0}
"""At most so many times each engine's p50 and p95, in every class."""
AHEAD_OF, CLASSES_AHEAD = "tantivy", 3
MORE = 1.5  # times the bare query, with a filter, with facets, by date
PAGE_MS, UPDATE_MS, FIRST_ANSWER_MS = 10, 300, 150
REQUEST_MS, A_SECOND = 15, 100
BUILD_TO_STOCK = 10  # times as many words a second
BUILD_TO_FTS5, SIZE_TO_FTS5 = 4, 1.5  # times as long, as large
PEAK_MB = 512
PASS = "first"
"""What counts is the first time that a query is asked."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One goal: what was wanted, what was measured, and how it came out."""

    work: str
    documents: int
    goal: str
    found: str
    met: bool

    def cells(self) -> tuple[str, ...]:
        """A row of a table."""
        return (self.work, f"{self.documents:,}", self.goal, self.found, "yes" if self.met else "no")


def ratio(rows: Mapping[str, Any], engine: str, percentile: str, name: str = PASS) -> float | None:
    """Concord's time to another engine's in one class; ``None`` where that engine doesn't take part."""
    if engine not in rows:
        return None
    ours, theirs = rows["Concord"][name][percentile], rows[engine][name][percentile]
    return round(ours / theirs, 2)


def verdicts(figures: Mapping[str, Any]) -> Iterator[Verdict]:
    """All goals that ``figures`` can tell of."""
    for size, found in figures.get("speed", {}).get("sizes", {}).items():
        yield from _against_peers(int(size), found["kinds"])
        yield from _with_more(int(size), found["more"])
    for size, found in figures.get("building", {}).get("sizes", {}).items():
        yield from _building(int(size), found["engines"])
    if "pages" in figures:
        yield from _pages(figures["pages"])
    if "serving" in figures:
        yield from _serving(figures["serving"])


def _against_peers(documents: int, kinds: Mapping[str, Any]) -> Iterator[Verdict]:
    for engine, most in AT_OR_BELOW.items():
        for percentile in ("p50", "p95"):
            found = {kind: ratio(rows, engine, percentile) for kind, rows in kinds.items()}
            known = {kind: value for kind, value in found.items() if value is not None}
            if known:
                worst = max(known, key=lambda kind: known[kind])
                over = sum(value > most for value in known.values())
                told = f"{known[worst]:.2f} ({worst}); {len(known) - over} of {len(known)} classes"
                yield Verdict(f"{percentile} to {engine}", documents, f"at most {most:g} in each class", told, not over)
    ahead = [kind for kind, rows in kinds.items() if (ratio(rows, AHEAD_OF, "p50") or 2) < 1]
    if any(AHEAD_OF in rows for rows in kinds.values()):
        told = f"{len(ahead)}: {', '.join(ahead)}" if ahead else "0"
        yield Verdict(f"ahead of {AHEAD_OF}", documents, f"{CLASSES_AHEAD} classes", told, len(ahead) >= CLASSES_AHEAD)


def _with_more(documents: int, kinds: Mapping[str, Mapping[str, float]]) -> Iterator[Verdict]:
    for name in next(iter(kinds.values()), {}):
        if name != BARE:
            ratios = {kind: round(row[name] / row[BARE], 2) for kind, row in kinds.items()}
            worst = max(ratios, key=lambda kind: ratios[kind])
            within = sum(value <= MORE for value in ratios.values())
            told = f"{ratios[worst]:.2f} ({worst}); {within} of {len(ratios)} classes"
            yield Verdict(f"with {name}", documents, f"at most {MORE} times the bare one", told, within == len(ratios))


def _building(documents: int, engines: Mapping[str, Any]) -> Iterator[Verdict]:
    ours, same = engines[LABELS[CONCORD]], engines[LABELS[FTS5_FIELDS]]
    if LABELS[STOCK] in engines:
        faster = ours["tokens_per_s"] / engines[LABELS[STOCK]]["tokens_per_s"]
        goal = f"at least {BUILD_TO_STOCK} times stock Whoosh"
        yield Verdict("building, words a second", documents, goal, f"{faster:.1f}", faster >= BUILD_TO_STOCK)
    slower = ours["seconds"] / same["seconds"]
    yield Verdict(
        "building, seconds", documents, f"within {BUILD_TO_FTS5} times FTS5", f"{slower:.1f}", slower <= BUILD_TO_FTS5
    )
    for label in (LABELS[FTS5_FIELDS], LABELS[PLAIN]):
        larger = ours["bytes"] / engines[label]["bytes"]
        yield Verdict(
            "size", documents, f"at most {SIZE_TO_FTS5} times {label}", f"{larger:.2f}", larger <= SIZE_TO_FTS5
        )
    peak = ours["peak_mb"] + ours["largest_child_mb"]
    yield Verdict("peak memory of a build", documents, f"at most {PEAK_MB} MB", f"{peak:,.0f} MB", peak <= PEAK_MB)


def _pages(found: Mapping[str, Any]) -> Iterator[Verdict]:
    milliseconds: Sequence[tuple[str, float, float]] = (
        ("a page of ten with snippets, p50", found["pages"]["all"][PASS]["p50"], PAGE_MS),
        ("an update of 10 documents, until found", found["updating"]["median_ms"], UPDATE_MS),
        ("opening, to the first answer", found["opening"]["first_answer_ms"], FIRST_ANSWER_MS),
    )
    for work, taken, most in milliseconds:
        yield Verdict(work, found["documents"], f"at most {most} ms", f"{taken:,.1f} ms", taken <= most)


def _serving(found: Mapping[str, Any]) -> Iterator[Verdict]:
    documents, processes = found["documents"], found["processes"]
    for name in processes["1"]:
        taken = processes["1"][name]["one"]["p50"]
        work = f"a request over HTTP ({name}), p50"
        yield Verdict(work, documents, f"at most {REQUEST_MS} ms", f"{taken:,.1f} ms", taken <= REQUEST_MS)
        most = max(figures[name]["per_second"] for figures in processes.values())
        yield Verdict(
            f"requests a second ({name})", documents, f"at least {A_SECOND}", f"{most:,.0f}", most >= A_SECOND
        )
