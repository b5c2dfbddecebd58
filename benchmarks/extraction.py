"""How much of a page's text is found, and nothing else? The measure of article-extraction-benchmark, on its 181 pages.

The measure (``evaluate.py`` of scrapinghub/article-extraction-benchmark, MIT): texts become runs of four words; true
and false positives and false negatives are counted and normalised for each page; precision and recall are means over
the pages, F1 is made of the two means.
"""

from __future__ import annotations

import gzip
import json
import re
import statistics
import tarfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_WORD = re.compile(r"\w+")
_RUN = 4
ANCHORS = {"trafilatura (published)": 0.958, "best published (AutoExtract)": 0.970}


@dataclass(frozen=True)
class GoldPage:
    """A page and the text that people found on it."""

    name: str
    url: str
    body: bytes
    text: str


@dataclass(frozen=True)
class Score:
    """Means over pages, 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def gold_pages(folder: Path) -> Iterator[GoldPage]:
    """The pages of the data set in ``folder``."""
    truth = json.loads(gzip.decompress((folder / "ground-truth.json.gz").read_bytes()))
    with tarfile.open(folder / "html.tar.xz") as archive:
        for member in archive:
            name = Path(member.name).stem
            file = archive.extractfile(member) if name in truth else None
            if file is not None:
                yield GoldPage(name, truth[name]["url"], file.read(), truth[name]["articleBody"])


def score(pairs: list[tuple[str, str]]) -> Score:
    """The benchmark's measure over pairs of the true and the found text."""
    counts = [_counts(true, found) for true, found in pairs]
    precisions = [hit / (hit + wrong) for hit, wrong, _ in counts if hit + wrong > 0]
    recalls = [hit / (hit + missed) for hit, _, missed in counts if hit + missed > 0]
    return Score(statistics.mean(precisions), statistics.mean(recalls))


def _counts(true: str, found: str) -> tuple[float, float, float]:
    one, other = _runs(true), _runs(found)
    counts = (one & other).total(), (other - one).total(), (one - other).total()
    total = sum(counts)
    return tuple(count / total for count in counts) if total else (0.0, 0.0, 0.0)  # type: ignore[return-value]


def _runs(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    starts = range(max(1, len(words) - _RUN + 1))
    return Counter(run for start in starts if (run := tuple(words[start : start + _RUN])))


def by_concord(page: GoldPage) -> str:
    """The text that Concord finds, without selectors."""
    from crawler.errors import ExtractionError
    from crawler.extract.extract import extract
    from crawler.extract.page import Page

    try:
        return "\n\n".join(extract(Page(page.body, page.url)).paragraphs)
    except ExtractionError:
        return ""


def by_trafilatura(page: GoldPage) -> str:
    """The text that trafilatura finds as it comes."""
    from trafilatura import extract

    return extract(page.body, url=page.url, include_comments=False) or ""


def measure_texts(folder: Path) -> dict[str, Any]:
    """Both on the same pages: scores, and seconds."""
    pages = list(gold_pages(folder))
    extractors: dict[str, Callable[[GoldPage], str]] = {"concord": by_concord, "trafilatura": by_trafilatura}
    figures: dict[str, Any] = {"pages": len(pages), "anchors": ANCHORS}
    for name, extractor in extractors.items():
        extractor(pages[0])
        start = time.perf_counter()
        found = score([(page.text, extractor(page)) for page in pages])
        figures[name] = {
            "f1": round(found.f1, 4),
            "precision": round(found.precision, 4),
            "recall": round(found.recall, 4),
            "seconds": round(time.perf_counter() - start, 2),
        }
    return figures
