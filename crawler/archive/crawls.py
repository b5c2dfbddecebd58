"""What became of the crawls of each source: for people who want to know which sources are stale, and why."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from crawler.archive.addresses import State
from crawler.archive.rows import time_of

REASONS = 5
"""Failures that are told of one source: they are sorted by how often they occur, and the tail is long."""

_LATEST = """
SELECT source, started_at, finished_at FROM crawls WHERE id IN (SELECT max(id) FROM crawls GROUP BY source)
"""
_STATES = "SELECT source, state, count(*) FROM addresses WHERE role = 'page' GROUP BY source, state"
_FAILURES = """
SELECT source, coalesce(reason, 'HTTP ' || status, 'failed'), count(*) AS times, min(url) FROM addresses
WHERE state = 'failed' GROUP BY 1, 2 ORDER BY source, times DESC, 2
"""


@dataclass(frozen=True, slots=True)
class Failure:
    """A reason why addresses could not be had, how many of them, and one of them."""

    reason: str
    count: int
    example: str


@dataclass(frozen=True, slots=True)
class CrawlRecord:
    """The latest crawl of a source, and how many of its pages are in which state.

    ``finished_at`` is ``None`` while it runs, or where it was interrupted. Failures count lists too; the most frequent
    come first.
    """

    source: str
    started_at: datetime
    finished_at: datetime | None
    done: int
    absent: int
    failed: int
    skipped: int
    pending: int
    failures: tuple[Failure, ...]


def crawls(connection: sqlite3.Connection) -> tuple[CrawlRecord, ...]:
    """A record for each source that was crawled, by name."""
    states: dict[str, dict[str, int]] = defaultdict(dict)
    for source, state, count in connection.execute(_STATES):
        states[source][state] = count
    failures: dict[str, list[Failure]] = defaultdict(list)
    for source, reason, count, example in connection.execute(_FAILURES):
        failures[source].append(Failure(reason, count, example))
    return tuple(
        CrawlRecord(
            source=source,
            started_at=time_of(started),
            finished_at=time_of(finished) if finished else None,
            done=states[source].get(State.DONE, 0),
            absent=states[source].get(State.ABSENT, 0),
            failed=states[source].get(State.FAILED, 0),
            skipped=states[source].get(State.SKIPPED, 0),
            pending=states[source].get(State.PENDING, 0),
            failures=tuple(failures[source][:REASONS]),
        )
        for source, started, finished in sorted(connection.execute(_LATEST).fetchall())
    )
