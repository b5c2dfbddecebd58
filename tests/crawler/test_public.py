"""The public surface of the package."""

from __future__ import annotations

import subprocess
import sys

import pytest

import crawler

PUBLIC = [
    "LOCAL",
    "Archive",
    "ArchiveError",
    "ArchiveMissing",
    "Capture",
    "ConcordError",
    "ConfigError",
    "ConfigFile",
    "CrawlerError",
    "CrawlerSettings",
    "DateBasis",
    "DatePrecision",
    "Document",
    "DuplicateDocument",
    "FetchError",
    "FetchedSource",
    "LoadError",
    "LoadReport",
    "LocalSource",
    "Outcome",
    "Presence",
    "PublicationDate",
    "Record",
    "Settings",
    "Source",
    "SourceKind",
    "SourceRecord",
    "SourceRole",
    "UnknownDocumentId",
    "UnknownSource",
    "detect_language",
    "load",
    "load_settings",
    "load_sources",
    "page_key",
    "read_corpus",
    "read_credit",
    "read_lines",
    "read_records",
]


def test_the_public_names_are_these():
    assert crawler.__all__ == PUBLIC


def test_every_public_name_is_there():
    assert [name for name in crawler.__all__ if not hasattr(crawler, name)] == []


@pytest.mark.parametrize("module", ["rich", "flask", "whoosh", "indexer", "webui"])
def test_the_package_starts_without_what_it_does_not_need(module):
    program = f"import crawler, crawler.cli, sys; sys.exit({module!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
