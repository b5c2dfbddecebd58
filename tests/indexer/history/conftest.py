"""An archive whose pages change over several captures, stored as a crawl and a web archive do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler import Archive, Capture, PublicationDate, Record

Put = Callable[..., None]


def on(day: str) -> datetime:
    """Noon of a day."""
    return datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC)


def put(
    archive: Archive,
    day: str,
    text: str,
    *,
    id: str = "policy",
    title: str = "Policy on ports",
    source: str = "ministry",
    date: str | PublicationDate | None = "2015-02",
    language: str = "en",
    author: str | None = None,
    hour: int = 12,
) -> None:
    """Store a page as it was on a day; its address follows from its id."""
    address = f"https://{source}.example/{id}"
    known = PublicationDate.parse(date) if isinstance(date, str) else date
    record = Record(id, address, title, tuple(text.split("\n\n")), known, language, author)
    archive.store(Capture(source, address, on(day).replace(hour=hour), text.encode(), "text/html"), record)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive.sqlite", create=True) as archive:
        yield archive
