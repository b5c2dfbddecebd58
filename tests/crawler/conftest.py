"""What the crawler's tests share: files, a config file, an archive, captures and records."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler import Archive, Capture, ConfigFile, CrawlerSettings, Outcome, PublicationDate, Record, load_settings

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """Write a file below the test's folder."""

    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture
def write_lines(write: Callable[[str, str], Path]) -> Callable[..., Path]:
    """Write a .jsonl of the given objects."""
    return lambda name, *objects: write(name, "".join(json.dumps(each) + "\n" for each in objects))


@pytest.fixture
def configure(write: Callable[[str, str], Path]) -> Callable[[str], CrawlerSettings]:
    """The settings of a config file with the given text."""
    return lambda text="": load_settings(ConfigFile.read(write("config.toml", text)))


@pytest.fixture
def settings(configure: Callable[[str], CrawlerSettings]) -> CrawlerSettings:
    """Settings with one source of files."""
    return configure('[[source]]\nname = "papers"\npaths = ["papers"]\nlanguage = "en"\n')


@pytest.fixture
def archive_path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "archive.sqlite"


@pytest.fixture
def archive(archive_path: Path) -> Iterator[Archive]:
    with Archive.open(archive_path, create=True) as archive:
        yield archive


Put = Callable[..., Outcome]


@pytest.fixture
def put() -> Put:
    """Store a document whose bytes are its text, ``minutes`` after noon."""

    def put(
        archive: Archive,
        text: str = "One.\n\nTwo.",
        *,
        id: str = "d1",
        minutes: int = 0,
        source: str = "papers",
        date: str | None = "2008-11-05",
        address: str | None = None,
        **record: Any,
    ) -> Outcome:
        body = record.pop("body", text.encode())
        capture = Capture(source, address or f"{id}.txt", NOON + timedelta(minutes=minutes), body, "text/plain")
        fields = {"url": None, "title": "A title", "language": "en", **record}
        return archive.store(
            capture,
            Record(
                id=id,
                paragraphs=tuple(text.split("\n\n")),
                date=PublicationDate.parse(date) if date else None,
                **fields,
            ),
        )

    return put
