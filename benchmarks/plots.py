"""Curves as SVG, drawn from the figures: ``python -m benchmarks.plots FIGURES.json`` writes ``plots/*.svg``.

A few lines of our own: a plotting library would be the largest dependency of the project for two pictures.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "plots"
WIDTH, HEIGHT = 300, 210  # of a panel
LEFT, RIGHT, TOP, BOTTOM = 52, 14, 28, 30
FAR, LOW = WIDTH - RIGHT, HEIGHT - BOTTOM  # where the axes end
COLUMNS = 4
COLOURS = ("#b3261e", "#1a5fb4", "#26a269", "#865e3c", "#613583")
STYLE = "text{font:11px sans-serif;fill:#222}.grid{stroke:#ddd}.line{fill:none;stroke-width:2}"

Points = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Panel:
    """One picture: curves by name, each of points (documents, value), both axes logarithmic."""

    title: str
    curves: Mapping[str, Points]


def main() -> None:
    """Draw what the figures have."""
    figures = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    FOLDER.mkdir(exist_ok=True)
    for name, panels in pictures(figures).items():
        (FOLDER / f"{name}.svg").write_text(draw(panels), "utf-8")


def pictures(figures: Mapping[str, Any]) -> dict[str, list[Panel]]:
    """The panels of each picture, by the name of its file; none without figures of growth."""
    sizes = figures.get("growth", {}).get("sizes", {})
    if not sizes:
        return {}
    kinds = list(next(iter(sizes.values()))["kinds"])
    return {"queries": [_of_kind(kind, sizes) for kind in kinds], "collection": list(_of_collection(sizes))}


def _of_kind(kind: str, sizes: Mapping[str, Any]) -> Panel:
    engines = dict.fromkeys(name for found in sizes.values() for name in found["kinds"][kind])
    rows = [(float(size), found["kinds"][kind]) for size, found in sizes.items()]
    return Panel(f"{kind}, ms", {name: [(size, row[name]) for size, row in rows if name in row] for name in engines})


def _of_collection(sizes: Mapping[str, Any]) -> Iterator[Panel]:
    titles = {"build_s": "building, s", "bytes": "size, bytes", "page_ms": "a page, ms", "opening_ms": "opening, ms"}
    for key, title in titles.items():
        yield Panel(title, {"Concord": [(float(size), found[key]) for size, found in sizes.items()]})


def draw(panels: Sequence[Panel]) -> str:
    """All panels in one picture, with a legend below."""
    names = list(dict.fromkeys(name for panel in panels for name in panel.curves))
    rows = math.ceil(len(panels) / COLUMNS)
    width, height = WIDTH * min(COLUMNS, len(panels)), HEIGHT * rows + 24
    placed = (
        f'<g transform="translate({WIDTH * (at % COLUMNS)} {HEIGHT * (at // COLUMNS)})">{_panel(panel, names)}</g>'
        for at, panel in enumerate(panels)
    )
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"><style>{STYLE}</style>'
    background = f'<rect width="{width}" height="{height}" fill="#fff"/>'
    return "\n".join((head, background, *placed, *_legend(names, height - 8), "</svg>")) + "\n"


def _legend(names: Sequence[str], y: int) -> Iterator[str]:
    for at, name in enumerate(names):
        yield f'<rect x="{LEFT + 130 * at}" y="{y - 9}" width="16" height="4" fill="{COLOURS[at]}"/>'
        yield f'<text x="{LEFT + 22 + 130 * at}" y="{y - 3}">{escape(name)}</text>'


def _panel(panel: Panel, names: Sequence[str]) -> str:
    points = [point for curve in panel.curves.values() for point in curve]
    across, up = _Axis.of(x for x, _ in points), _Axis.of((y for _, y in points), whole=True)
    title = f'<text x="{LEFT}" y="18">{escape(panel.title)}</text>'
    numbers = (_number(x, across) for x in dict.fromkeys(x for x, _ in points))
    curves = (_curve(curve, across, up, COLOURS[names.index(name)]) for name, curve in panel.curves.items())
    return "".join((title, *map(partial(_line, up=up), up.ticks()), *numbers, *curves))


def _line(value: float, up: _Axis) -> str:
    y = up.at(value, LOW, TOP)
    label = f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{_short(value)}</text>'
    return f'<path class="grid" d="M{LEFT} {y:.1f}H{FAR}"/>{label}'


def _number(x: float, across: _Axis) -> str:
    return f'<text x="{across.at(x, LEFT, FAR):.1f}" y="{LOW + 16}" text-anchor="middle">{_short(x)}</text>'


def _curve(curve: Points, across: _Axis, up: _Axis, colour: str) -> str:
    places = [(across.at(x, LEFT, FAR), up.at(y, LOW, TOP)) for x, y in curve]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    dots = (f'<circle r="3" fill="{colour}" cx="{x:.1f}" cy="{y:.1f}"/>' for x, y in places)
    return f'<polyline class="line" stroke="{colour}" points="{line}"/>{"".join(dots)}'


@dataclass(frozen=True, slots=True)
class _Axis:
    """A logarithmic axis, from one power of ten to another where it is ``whole``."""

    low: float
    high: float

    @classmethod
    def of(cls, values: Iterable[float], *, whole: bool = False) -> _Axis:
        logs = [math.log10(max(value, 1e-4)) for value in values]
        low, high = min(logs), max(logs)
        if whole:
            low, high = math.floor(low), math.ceil(high)
        return cls(low, high if high > low else low + 1)

    def at(self, value: float, start: float, end: float) -> float:
        return start + (end - start) * (math.log10(max(value, 1e-4)) - self.low) / (self.high - self.low)

    def ticks(self) -> list[float]:
        return [10.0**power for power in range(math.ceil(self.low), math.floor(self.high) + 1)]


def _short(value: float) -> str:
    for size, unit in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if value >= size:
            return f"{value / size:g}{unit}"
    return f"{value:g}"


if __name__ == "__main__":
    main()
