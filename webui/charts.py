"""The chart of years above the hits: bars that are links, sized here, coloured by the stylesheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer import FacetRow
from webui.addresses import address
from webui.facets import UNKNOWN_YEAR, undated_address
from webui.state import SearchState
from webui.text import counted

WIDTH, HEIGHT = 720, 64  # units of the picture; the page stretches it
UNDATED_WIDTH = 40
_MOST_BARS = 80  # more years than that become decades: a bar stays wide enough to hit
_GAP = 2
_LEAST = 2  # a single document among thousands still shows


@dataclass(frozen=True, slots=True)
class Bar:
    """A year or a decade; where ``count`` is 0 there is nothing to see and nothing to follow."""

    label: str
    count: int
    href: str
    chosen: bool
    x: float
    y: float
    width: float
    height: float

    @property
    def title(self) -> str:
        """What a pointer resting on it shows."""
        return f"{self.label}: {counted(self.count, 'document')}"


@dataclass(frozen=True, slots=True)
class YearChart:
    """All bars, the years at both ends, and in words what there is to see.

    ``undated`` stands in a picture of its own, ``UNDATED_WIDTH`` wide, on the same scale.
    """

    bars: tuple[Bar, ...]
    first: str
    last: str
    description: str
    undated: Bar | None
    width: int = WIDTH
    height: int = HEIGHT
    undated_width: int = UNDATED_WIDTH


@dataclass(frozen=True, slots=True)
class _Span:
    first: int
    last: int
    count: int

    @property
    def label(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


def year_chart(state: SearchState, rows: Sequence[FacetRow]) -> YearChart | None:
    """The chart of the years in ``rows``; ``None`` where there are not two years to compare."""
    counts = {int(row.value): row.count for row in rows if row.value != UNKNOWN_YEAR and row.value.isdecimal()}
    years = [year for year, count in counts.items() if count]
    if len(years) < 2:
        return None
    spans = _spans(counts, min(years), max(years))
    undated = next((row.count for row in rows if row.value == UNKNOWN_YEAR), 0)
    highest = max(undated, *(span.count for span in spans))
    slot = WIDTH / len(spans)
    bars = tuple(_bar(state, span, index * slot, slot, highest) for index, span in enumerate(spans))
    peak = max(spans, key=lambda span: span.count)
    description = (
        f"Documents by year from {min(years)} to {max(years)}; most are from {peak.label}: {peak.count:,}. "
        "The same counts are listed under Date."
    )
    bar = _undated_bar(state, undated, highest) if undated else None
    return YearChart(bars, str(min(years)), str(max(years)), description, bar)


def _spans(counts: dict[int, int], first: int, last: int) -> list[_Span]:
    if last - first < _MOST_BARS:
        return [_Span(year, year, counts.get(year, 0)) for year in range(first, last + 1)]
    decades = range(first - first % 10, last + 1, 10)
    return [_Span(decade, decade + 9, sum(counts.get(decade + year, 0) for year in range(10))) for decade in decades]


def _bar(state: SearchState, span: _Span, x: float, slot: float, highest: int) -> Bar:
    height = _height(span.count, highest)
    since, until = f"{span.first:04}", f"{span.last:04}"
    href = address(state.between(since, until))
    gap = min(_GAP, slot / 4)
    return Bar(
        label=span.label,
        count=span.count,
        href=href,
        chosen=_within(state, since, until),
        x=round(x + gap / 2, 2),
        y=round(HEIGHT - height, 2),
        width=round(slot - gap, 2),
        height=height,
    )


def _undated_bar(state: SearchState, count: int, highest: int) -> Bar:
    height = _height(count, highest)
    href = undated_address(state)
    return Bar("Undated", count, href, chosen=False, x=0, y=HEIGHT - height, width=UNDATED_WIDTH, height=height)


def _height(count: int, highest: int) -> float:
    return round(max(_LEAST, HEIGHT * count / highest), 2) if count else 0.0


def _within(state: SearchState, since: str, until: str) -> bool:
    """Whether any of the days between is let in by the date filter that is set."""
    if not state.dated:
        return False
    return (not state.since or state.since[:4] <= until) and (not state.until or state.until[:4] >= since)
