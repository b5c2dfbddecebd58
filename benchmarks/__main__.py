"""``python -m benchmarks``: a script a question, a table on the terminal, or JSON for other programs."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from benchmarks import charset, crawl, indexing, instruments, ranking, report, searching, standards, updating
from benchmarks.data import data_set
from benchmarks.dates import measure_dates
from benchmarks.extraction import measure_texts
from benchmarks.workspace import Workspace, machine

QUESTIONS: dict[str, Callable[[Workspace], dict[str, Any]]] = {
    "indexing": indexing.measure,
    "searching": searching.measure,
    "ranking": ranking.measure,
    "updating": updating.measure,
    "instruments": instruments.measure,
    "texts": lambda _: _on_data("article-extraction", measure_texts),
    "dates": lambda _: _on_data("dates", measure_dates),
    "standards": lambda _: standards.measure(),
    "charset": lambda _: charset.measure(),
    "crawl": lambda _: crawl.measure(crawl.PAGES),
}
"""In this order: what the first one builds, the second one searches."""


def _on_data(name: str, measure: Callable[[Path], dict[str, Any]]) -> dict[str, Any]:
    folder = data_set(name)
    if folder is None:
        print(f"the data set {name} is not here: left out", file=sys.stderr)
        return {}
    return measure(folder)


def main() -> None:
    """Answer one question, or all of them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure Concord against its peers.")
    parser.add_argument("question", nargs="?", choices=list(QUESTIONS), help="the only question (left out: all)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    arguments = parser.parse_args()
    chosen = [arguments.question] if arguments.question else list(QUESTIONS)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="concord-bench-")))
        workspace = Workspace(folder)
        figures: dict[str, Any] = {"machine": machine()}
        for name, measure in QUESTIONS.items():
            if name in chosen:
                print(f"measuring {name} ...", file=sys.stderr)
                figures[name] = measure(workspace)
    print(json.dumps(figures, indent=2) if arguments.json else "\n".join(report.tables(figures)))


if __name__ == "__main__":
    main()
