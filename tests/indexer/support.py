"""A small real collection for tests: archived, indexed and searched the way the commands do it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler import Archive, ConfigFile, load, load_settings
from indexer import Collection, DocumentView, IndexReport, Results, SearchRequest, update_index

CONFIG = """
[archive]
path = "archive.sqlite"

[index]
path = "index"

[[source]]
name = "ministry"
label = "The Ministry"
paths = ["ministry"]
language = "en"

[[source]]
name = "wire"
label = "The Wire"
paths = ["wire"]
language = "en"
"""

_FORGET = (
    "DELETE FROM bands WHERE number IN (SELECT number FROM signatures WHERE document_id = ?)",
    "DELETE FROM signatures WHERE document_id = ?",
    "DELETE FROM captures WHERE document_id = ?",
    "DELETE FROM versions WHERE document_id = ?",
    "DELETE FROM documents WHERE id = ?",
)


@dataclass(frozen=True)
class Workspace:
    """A folder with a config file, documents, an archive and an index."""

    folder: Path

    @property
    def config(self) -> ConfigFile:
        return ConfigFile.read(self.folder / "config.toml")

    def load(self, *documents: dict[str, Any]) -> None:
        """Archive documents as ``concord load`` does; those without a source are the ministry's."""
        path = self.folder / "documents.jsonl"
        lines = [{"title": "A title", "source": "ministry"} | document for document in documents]
        path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
        settings = load_settings(self.config)
        with Archive.open(settings.archive_path, create=True) as archive:
            report = load(archive, settings, [path])
        assert not report.failed

    def forget(self, *ids: str) -> None:
        """Take documents out of the archive. No command does, but an index should not depend on it."""
        with closing(sqlite3.connect(self.folder / "archive.sqlite")) as connection, connection:
            for id in ids:
                for statement in _FORGET:
                    connection.execute(statement, (id,))

    def index(self, **options: Any) -> IndexReport:
        return update_index(self.config, **options)

    def search(self, query: str = "", **options: Any) -> Results:
        collection = Collection.open(self.config)
        try:
            return collection.search(SearchRequest(query, **options))
        finally:
            collection.close()

    def document(self, document_id: str, query: str = "") -> DocumentView:
        collection = Collection.open(self.config)
        try:
            return collection.document(document_id, query)
        finally:
            collection.close()

    def ids(self, query: str = "", **options: Any) -> list[str]:
        return [hit.id for hit in self.search(query, **options).hits]


@contextmanager
def collection_of(folder: Path, documents: Iterable[dict[str, Any]]) -> Iterator[Collection]:
    """Documents, archived and indexed in a folder, open for searching."""
    (folder / "config.toml").write_text(CONFIG, "utf-8")
    workspace = Workspace(folder)
    workspace.load(*documents)
    workspace.index()
    collection = Collection.open(workspace.config)
    yield collection
    collection.close()


DOCUMENTS: tuple[dict[str, Any], ...] = (
    {
        "id": "treaty",
        "title": "Extradition treaty signed",
        "text": "The two ministers signed a treaty.\n\n"
        "It covers extradition and judicial assistance in criminal matters.",
        "date": "2008-11-05",
        "url": "https://ministry.example/2008/treaty",
    },
    {
        "id": "visit",
        "title": "State visit",
        "text": "The president spoke of trade and of judicial reform.\n\nNo fugitive was extradited.",
        "date": "2009-03",
        "source": "wire",
    },
    {"id": "year", "title": "Annual report", "text": "A report on trade, ports and railways.", "date": "2010"},
    {"id": "undated", "title": "Notes on trade", "text": "Trade notes that carry no date.", "source": "wire"},
    {
        "id": "acuerdo",
        "title": "Acuerdo de cooperación",
        "text": "Los ministros firmaron un acuerdo de extradición.",
        "date": "2008-11-06",
        "language": "es",
    },
)
