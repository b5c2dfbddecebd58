"""How many texts of known character sets are read rightly, refused or misread, beside charset-normalizer.

``python -m benchmarks.charset [--json]``. The texts are the shared collection, and pages of real Chinese policy text
with right, wrong and missing declarations. charset-normalizer is asked for its best guess and told no declaration: it
takes none.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import tarfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks.data import ROOT, data_set
from crawler.errors import Undecodable
from crawler.extract.charset import decode

CHINESE = ROOT / "tests" / "data" / "charset"
LABELS = (None, "gb2312", "gb18030", "big5", "utf-8", "iso-8859-1")
CODECS = {"simplified": ("gb2312", "gb18030", "utf-8"), "traditional": ("big5", "gb18030", "utf-8")}

Read = Callable[[bytes, str | None], str | None]
"""The text of bytes with what is declared of them; ``None`` where it is refused."""


@dataclass(frozen=True, slots=True)
class Case:
    """Bytes, the label that comes with them, and what they say."""

    body: bytes
    label: str | None
    text: str


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.charset", description=__doc__.partition("\n")[0])
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    arguments = parser.parse_args()
    figures = measure()
    print(json.dumps(figures, indent=2) if arguments.json else "\n".join(lines(figures)))


def measure() -> dict[str, Any]:
    """Both readers on the known texts, where they are, and on the Chinese pages."""
    return {"known texts": _figures(list(_known_texts())), "Chinese pages": _figures(list(_chinese_pages()))}


def _figures(cases: list[Case]) -> dict[str, Any]:
    return {name: _measure(read, cases) for name, read in (("Concord", _ours), ("charset-normalizer", _peer))}


def _measure(read: Read, cases: list[Case]) -> dict[str, Any]:
    start, outcomes = time.perf_counter(), Counter[str]()
    for case in cases:
        text = read(case.body, case.label)
        outcomes["refused" if text is None else "right" if text == case.text else "misread"] += 1
    counted = {outcome: outcomes[outcome] for outcome in ("right", "refused", "misread")}
    return {**counted, "ms_a_text": round(1000 * (time.perf_counter() - start) / max(1, len(cases)), 1)}


def _ours(body: bytes, label: str | None) -> str | None:
    try:
        return decode(body, declared=label).text
    except Undecodable:
        return None


def _peer(body: bytes, _: str | None) -> str | None:
    import charset_normalizer

    best = charset_normalizer.from_bytes(body).best()
    return str(best).removeprefix("\ufeff") if best else None


def _known_texts() -> Iterator[Case]:
    """The shared collection; nothing where it is absent."""
    folder = data_set("charset")
    if folder is None:
        print("the collection of known texts is not here: left out", file=sys.stderr)
        return
    with tarfile.open(folder / "charset.tar.gz") as archive:
        bodies = {entry.name: _content(archive.extractfile(entry)) for entry in archive if entry.isfile()}
    for row in json.loads(bodies["charset/manifest.json"]):
        body = bodies[f"charset/{row['file']}"]
        yield Case(body, None, body.decode(row["encoding"]).removeprefix("\ufeff"))


def _content(file: Any) -> bytes:
    return io.BytesIO(file.read()).getvalue()


def _chinese_pages() -> Iterator[Case]:
    for name, codecs in CODECS.items():
        text = (CHINESE / f"{name}.txt").read_text(encoding="utf-8")
        for piece in filter(None, text.split("\n")):
            for codec in codecs:
                yield from (Case(piece.encode(codec), label, piece) for label in LABELS)


def lines(figures: dict[str, Any]) -> Iterator[str]:
    """The table."""
    for title, found in figures.items():
        yield f"\n{title}"
        yield f"{'':20}{'right':>8}{'refused':>9}{'misread':>9}{'ms a text':>11}"
        for name, row in found.items():
            yield f"{name:20}{row['right']:>8}{row['refused']:>9}{row['misread']:>9}{row['ms_a_text']:>11}"


if __name__ == "__main__":
    main()
