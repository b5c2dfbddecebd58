"""Write what the labels measure now into the tables of ``docs/domains.md``.

::

    python -m tests.data.domains.table [--without NAME]...

measures the two halves of the labelled set and the passages in four other languages (names: ``tuning``,
``held-out``, ``es``, ``pt``, ``fr``, ``zh``) with the taxonomy that ships, and rewrites the two tables of the page. The
cells of a set that is left out are empty: whoever tunes terms leaves out ``held-out``.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Collection
from functools import cache
from pathlib import Path

from indexer.domains import Labeller, Taxonomy
from indexer.domains.judged import read_passages
from indexer.domains.measure import Measurement, Score, measure
from tests.shared import ROOT

PAGE = ROOT / "docs" / "domains.md"
FOLDER = Path(__file__).parent
HALVES = {"tuning": "tuning.jsonl", "held-out": "held-out.jsonl"}
LANGUAGES = {code: f"passages-{code}.jsonl" for code in ("es", "pt", "fr", "zh")}
_SETS = {
    "tuning": "English, tuning half",
    "held-out": "English, held-out half",
    "es": "Spanish",
    "pt": "Portuguese",
    "fr": "French",
    "zh": "Chinese",
}
_EMPTY = "–"


@cache
def measured(name: str) -> Measurement:
    """What the shipped taxonomy measures on a set."""
    taxonomy = Taxonomy.load()
    path = FOLDER / (HALVES | LANGUAGES)[name]
    return measure(read_passages(path, taxonomy), Labeller(taxonomy), taxonomy, lambda _: None)


def written(page: str, without: Collection[str] = ()) -> str:
    """The page with its two tables as they are measured now, but for the sets ``without``."""
    for name, table in (("sets", _sets(without)), ("domains", _domains(without))):
        table_there = re.compile(rf"(?<=<!-- table of {name} -->\n).*?(?=<!-- end of table -->)", re.DOTALL)
        page = table_there.sub("\n".join(["", *table, "", ""]), page)
    return page


def _sets(without: Collection[str]) -> list[str]:
    rows = []
    for name, title in _SETS.items():
        if name in without:
            cells = [_EMPTY] * 6
        else:
            found = measured(name)
            labels = found.micro
            rates = (labels.precision, labels.recall, labels.f1, found.macro_f1)
            cells = [str(len(found.outcomes)), str(labels.support), *map(_rate, rates)]
        rows.append(_row([title, *cells]))
    head = ["passages", "how many", "labels", "precision", "recall", "F1 of all labels", "macro-F1"]
    return [_row(head), _row(["---"] * len(head)), *rows]


def _domains(without: Collection[str]) -> list[str]:
    halves = {name: {s.domain: s for s in measured(name).scores} for name in HALVES if name not in without}
    domains = [node.id for node in Taxonomy.load().nodes if node.parent]
    rows = [
        _row([f"`{domain}`", *(cell for name in HALVES for cell in _cells(halves.get(name, {}).get(domain)))])
        for domain in domains
    ]
    columns = ["support", "precision", "recall", "F1"]
    head = ["domain", *(f"{column}, {name}" for name in HALVES for column in columns)]
    return [_row(head), _row(["---"] * len(head)), *rows]


def _cells(score: Score | None) -> list[str]:
    if score is None:
        return [_EMPTY] * 4
    return [str(score.support), _rate(score.precision), _rate(score.recall), _rate(score.f1)]


def _rate(value: float) -> str:
    return f"{value:.3f}".removeprefix("0")


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def main(arguments: list[str]) -> int:
    """Rewrite the tables of the page."""
    without = [name for option, name in zip(arguments[::2], arguments[1::2], strict=False) if option == "--without"]
    if len(arguments) != 2 * len(without) or not {*without} <= _SETS.keys():
        print(__doc__, file=sys.stderr)
        return 2
    PAGE.write_text(written(PAGE.read_text("utf-8"), without), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
