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

from benchmarks import (
    building,
    charset,
    crawl,
    growth,
    indexing,
    instruments,
    pages,
    ranking,
    report,
    searching,
    serving,
    speed,
    standards,
    updating,
)
from benchmarks.asked import LEAST_DOCUMENTS, QUERIES
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
    "building": building.measure,
    "speed": speed.measure,
    "pages": pages.measure,
    "serving": serving.measure,
    "growth": growth.measure,
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
    parser.add_argument("--save", type=Path, metavar="FILE", help="write the JSON to a file too, beside what it has")
    parser.add_argument("--documents", type=int, help="made documents of building, speed, pages and growth")
    parser.add_argument("--large", action="store_true", help="follow growth to 500,000 documents (hours)")
    parser.add_argument(
        "--keep", type=Path, metavar="FOLDER", help="build here and leave it: a later run takes it over"
    )
    arguments = parser.parse_args()
    if arguments.documents is not None and arguments.documents < LEAST_DOCUMENTS:
        parser.error(
            f"--documents: {arguments.documents} are too few to ask {QUERIES} queries: {LEAST_DOCUMENTS} or more"
        )
    chosen = [arguments.question] if arguments.question else list(QUESTIONS)
    with ExitStack() as stack:
        folder = arguments.keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="concord-bench-")))
        folder.mkdir(parents=True, exist_ok=True)
        workspace = Workspace(folder, arguments.documents, arguments.large)
        figures: dict[str, Any] = {"machine": machine()}
        for name, measure in QUESTIONS.items():
            if name in chosen:
                print(f"measuring {name} ...", file=sys.stderr)
                figures[name] = measure(workspace)
                if arguments.save:
                    _save(arguments.save, figures)
    print(json.dumps(figures, indent=2) if arguments.json else "\n".join(report.tables(figures)))


def _save(path: Path, figures: dict[str, Any]) -> None:
    """After each question, so that a run that is cut off leaves what it had; what was measured earlier stays."""
    known = json.loads(path.read_text("utf-8")) if path.exists() else {}
    path.write_text(json.dumps(known | figures, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
