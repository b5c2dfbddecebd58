"""How often the rules of others are answered rightly: robots.txt by RFC 9309, feeds, pages of ministries' shapes.

No timings: counts, so that one command prints every figure that the tests hold a floor under.
"""

from __future__ import annotations

import json
import re
import tarfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import feedparser
from protego import Protego

from benchmarks.data import data_set
from crawler.discovery.feeds import read_feed
from crawler.errors import DiscoveryError
from crawler.extract.extract import extract
from crawler.extract.page import Page
from crawler.spider.robots import RobotRules
from tests.crawler.extract.ministries import ministry_pages

_HEADER = re.compile(rb"^Header:\s+([\w-]+):\s*(.*?)\s*$", re.MULTILINE)
_SHAPES = {"known": "known while the rules were made", "held-out": "held out"}


def measure() -> dict[str, Any]:
    """Counts of what is right, and of how many; a question whose data set is absent is left out."""
    return {**_robots(), **_feeds(), **dict(_ministries())}


def _robots() -> dict[str, Any]:
    folder = data_set("robots")
    if folder is None:
        return {}
    cases = [case for case in json.loads((folder / "google_cases.json").read_text("utf-8")) if not case["google_only"]]
    ours = sum(
        RobotRules.from_crawler(None, case["robots_txt"].encode()).allowed(case["url"], case["agent"])
        == case["allowed"]
        for case in cases
    )
    alone = sum(Protego.parse(c["robots_txt"]).can_fetch(c["url"], c["agent"]) == c["allowed"] for c in cases)
    return {
        "robots.txt cases of the standard": [ours, len(cases)],
        "the same, Protego alone": [alone, len(cases)],
    }


def _feeds() -> dict[str, Any]:
    folder = data_set("feeds")
    if folder is None:
        return {}
    same = total = 0
    for body in _well_formed(folder / "feedparser_tests.tar.gz"):
        headers = {key.decode().lower(): value.decode() for key, value in _HEADER.findall(body)}
        url = headers.get("content-location", "http://127.0.0.1/feed.xml")
        sent = {"content-location": url, **{k: v for k, v in headers.items() if k == "content-type"}}
        expected = [
            (e.get("title"), e.get("link")) for e in feedparser.parse(BytesIO(body), response_headers=sent).entries
        ]
        try:
            found = [(e.title, e.link) for e in read_feed(body, url, headers.get("content-type")).entries]
        except DiscoveryError:
            found = []
        same += found == expected
        total += 1
    return {"well-formed feeds, title and link of each entry": [same, total]}


def _well_formed(archive: Any) -> Iterator[bytes]:
    with tarfile.open(archive) as tests:
        for member in tests:
            file = tests.extractfile(member) if member.isfile() and "/wellformed/" in f"/{member.name}" else None
            if file is not None:
                yield file.read()


def _ministries() -> Iterator[tuple[str, list[int]]]:
    for folder, label in _SHAPES.items():
        days = [(page.day, extract(Page(page.html.encode(), page.url)).date) for page in ministry_pages(folder)]
        right = sum(found is not None and str(found) == day.isoformat() for day, found in days)
        yield f"dates on pages of ministries' shapes, {label}", [right, len(days)]


def lines(figures: dict[str, Any]) -> Iterator[str]:
    """The table."""
    for name, (right, total) in figures.items():
        yield f"{name:72}{right:>7,} of {total:,}"
