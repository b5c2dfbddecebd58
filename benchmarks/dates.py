"""On how many pages is the day of publication right? htmldate's own pages, and pages of the shapes ministries use."""

from __future__ import annotations

import json
import tarfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class DatedPage:
    """A page and the day of its publication, as ISO 8601."""

    name: str
    url: str
    body: bytes
    day: str


Dater = Callable[[DatedPage], str | None]


def dated_pages(folder: Path) -> Iterator[DatedPage]:
    """The pages of the data set in ``folder``."""
    gold = {row["file"]: row for row in json.loads((folder / "gold_dates.json").read_text("utf-8"))}
    with tarfile.open(folder / "pages.tar.xz") as archive:
        for member in archive:
            row = gold.get(Path(member.name).name)
            file = archive.extractfile(member) if row else None
            if row and file is not None:
                yield DatedPage(row["file"], row["url"], file.read(), row["date"])


def by_concord(page: DatedPage) -> str | None:
    """The date that Concord finds, without selectors."""
    from crawler.errors import ExtractionError
    from crawler.extract.extract import extract
    from crawler.extract.page import Page

    try:
        found = extract(Page(page.body, page.url)).date
    except ExtractionError:
        return None
    return str(found) if found else None


def by_htmldate(page: DatedPage, *, extensive: bool = True) -> str | None:
    """The date that htmldate finds."""
    from htmldate import find_date

    return find_date(page.body, url=page.url, extensive_search=extensive, original_date=True)


DATERS: dict[str, Dater] = {
    "concord": by_concord,
    "htmldate, extensive": by_htmldate,
    "htmldate, default": lambda page: by_htmldate(page, extensive=False),
}


def count(pages: list[DatedPage], dater: Dater) -> dict[str, Any]:
    """How many days are right, wrong (also where only the month or year was told) and missing, and the seconds."""
    start = time.perf_counter()
    found = Counter(_judge(dater(page), page.day) for page in pages)
    seconds = round(time.perf_counter() - start, 2)
    return {"right": found["right"], "wrong": found["wrong"], "missing": found["missing"], "seconds": seconds}


def _judge(found: str | None, day: str) -> str:
    if found is None:
        return "missing"
    return "right" if found == day else "wrong"


def measure_dates(folder: Path) -> dict[str, Any]:
    """All daters on the same pages."""
    pages = list(dated_pages(folder))
    return {"pages": len(pages), **{name: count(pages, dater) for name, dater in DATERS.items()}}
