"""The list of sources, for people."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crawler import SourceRecord
from crawler.archive.addresses import Role, State, Visit
from crawler.archive.crawls import CrawlRecord, Failure
from crawler.sources import as_table, list_sources
from crawler.spider.places import offer

LOADED = datetime(2024, 5, 1, 12, 3, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("first", "last", "dates"),
    [("2001", "2008-11-05", "2001 - 2008-11-05"), ("2001", "2001", "2001"), (None, None, "-")],
)
def test_a_row_tells_how_much_from_when_to_when(settings, first, last, dates):
    record = SourceRecord("papers", 1500, 1234, 1300, 0, first, last, LOADED)
    _, row, _ = as_table(list_sources(settings, [record]))
    cells = [cell.strip() for cell in row.split("  ") if cell.strip()]
    assert cells == ["papers", "papers", "files", "yes", "1,234", dates, "2024-05-01 12:03 UTC"]


def test_columns_stand_below_each_other(settings):
    header, *rows = as_table(list_sources(settings, []))
    assert {row.index("never") for row in rows} == {header.index("LAST LOADED")}


FAILURE = Failure("HTTP 403", 12, "https://www.example.org/a")
CRAWL = CrawlRecord("mfa", LOADED, LOADED, done=90, absent=1, failed=12, skipped=0, pending=0, failures=(FAILURE,))


@pytest.fixture
def mfa(configure):
    return configure('[[source]]\nname = "mfa"\nkind = "feed"\nfeeds = ["https://www.example.org/rss"]\n')


def test_a_crawl_is_told_with_its_failures(mfa):
    _, row, _, blank, failure = as_table(list_sources(mfa, [], [CRAWL]))
    assert row.endswith("2024-05-01 12:03 UTC, 12 failed")
    assert (blank, failure) == ("", "mfa: 12 x HTTP 403, such as https://www.example.org/a")


def test_a_crawl_that_was_interrupted_is_told(mfa):
    interrupted = replace(CRAWL, finished_at=None, pending=1500, failures=())
    _, row, _ = as_table(list_sources(mfa, [], [interrupted]))
    assert row.endswith("2024-05-01 12:03 UTC, not finished: 1,500 pages wait")


def test_a_crawl_is_told_to_programs(mfa):
    status, _ = list_sources(mfa, [], [CRAWL])
    assert status.to_json()["last_crawl"] == {
        "started": "2024-05-01T12:03:59+00:00",
        "finished": "2024-05-01T12:03:59+00:00",
        "done": 90,
        "absent": 1,
        "failed": 12,
        "skipped": 0,
        "pending": 0,
        "failures": [{"reason": "HTTP 403", "count": 12, "example": "https://www.example.org/a"}],
    }


def test_the_archive_tells_of_the_latest_crawl(archive):
    frontier = archive.frontier("mfa")
    crawl = frontier.begin(revisit=False).id
    urls = [f"https://www.example.org/{number}" for number in range(3)]
    frontier.offer(crawl, [offer(url, Role.PAGE) for url in urls])
    done, failed = frontier.claim(2)
    frontier.finish(crawl, done, Visit(State.DONE, 200), LOADED)
    frontier.finish(crawl, failed, Visit(State.FAILED, 403, "HTTP 403"), LOADED)
    (record,) = archive.crawls()
    assert (record.source, record.finished_at) == ("mfa", None)
    assert (record.done, record.failed, record.pending) == (1, 1, 1)
    assert record.failures == (Failure("HTTP 403", 1, failed.url),)


def test_an_archive_without_crawls_tells_of_none(archive):
    assert archive.crawls() == ()
