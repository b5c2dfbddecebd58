"""The life of a phrase in pages of a real site, over four crawls in which pages change, vanish and can't be had."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import pytest

from indexer.history.phrase import WrittenPhrase
from indexer.history.trace import Trace, trace
from tests.crawler.spider.conftest import Concord, crawls, site_source  # noqa: F401 - a fixture
from tests.site.behaviours import redirect, status
from tests.site.pages import Site, article
from tests.site.server import Behaviour, Server

WITHOUT, WITH = b"Paragraph 2 of", b"Paragraph 2 on deep-water ports of"
ROUNDS: dict[int, tuple[bool | Behaviour | None, ...]] = {
    1: (False, True, False, True),
    2: (True, None, True, True),
    3: (True, status(500), True, False),
    4: (True, status(403), None, None),
    5: (True, redirect("/news/6.html"), True, True),
}
"""What each page is in each crawl: with the phrase or without, gone (``None``), or something that goes wrong."""


def set_out(server: Server, nth: int) -> None:
    """The site as the nth crawl finds it."""
    server.behaviours = {}
    for number, rounds in ROUNDS.items():
        path, state = f"/news/{number}.html", rounds[nth]
        server.site.resources.pop(path, None)
        if callable(state):
            server.behaviours[path] = state
        elif state is not None:
            page = article(number)
            server.site.resources[path] = replace(page, body=page.body.replace(WITHOUT, WITH)) if state else page


@dataclass
class Followed:
    """``found`` after the last crawl; ``told``: what each page had to tell of the phrase after every crawl."""

    found: Trace
    told: list[dict[int, str]]
    captured: dict[str, set[datetime]]


@pytest.fixture(scope="module")
def followed(tmp_path_factory, crawls) -> Followed:  # noqa: F811 - a fixture
    concord = Concord(tmp_path_factory.mktemp("crawled"), crawls)
    told = []
    with Server(Site(7)) as server:
        concord.configure(site_source(server))
        for nth in range(4):
            set_out(server, nth)
            concord.crawl()
            with concord.archive() as archive:
                found = trace(archive, WrittenPhrase("deep-water ports"))
                ids = [page.document.id for page in found.pages]
                captured = {each: {seen.moment for seen in archive.sightings(each)} for each in ids}
            told.append({number_of(page): shape(page) for page in found.pages})
    return Followed(found, told, captured)


def number_of(page) -> int:
    return int(page.document.url.rpartition("/")[2].partition(".")[0])


def shape(page) -> str:
    """``|`` for a spell, open at a side that has no capture without the phrase; ``-`` for an absence."""
    spells = [f"{'' if spell.before is None else '.'}|{'' if spell.after is None else '.'}" for spell in page.spells]
    return " ".join([*spells, *("-" for _ in page.absences)])


def test_failed_fetches_and_absences_are_no_removals_at_any_time(followed):
    assert followed.told == [
        {2: "|", 3: "|", 4: "|", 5: "|"},
        {1: ".|", 2: "| -", 3: "|", 4: "|", 5: "|"},
        {1: ".|.", 2: "| -", 3: "|", 4: "| -", 5: "|"},
        {1: ".|. .|", 2: "| -", 3: "|.", 4: "| -", 5: "|"},
    ]


def test_moments_are_those_of_captures(followed):
    for page in followed.found.pages:
        moments = {moment for spell in page.spells for moment in spell.moments()}
        assert moments <= followed.captured[page.document.id]


def test_the_sentence_that_changed_is_quoted(followed):
    page = next(page for page in followed.found.pages if number_of(page) == 1)
    first, last = page.spells
    assert [change.pieces[1].text for change in (*first.came, *first.went, *last.came)] == ["on deep-water ports"] * 3
