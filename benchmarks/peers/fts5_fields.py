"""FTS5 with the fields that Concord's index has: exact and stemmed words, and columns to filter and count by.

Only built, never asked: it is the peer of building and of size. Concord labels each document with its domains while it
builds, which nothing here does.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from benchmarks.corpus import MadeDocument
from benchmarks.peers.fts5 import connect

_SCHEMA = (
    "CREATE TABLE documents(number INTEGER PRIMARY KEY, id TEXT UNIQUE, date TEXT, source TEXT, language TEXT)",
    "CREATE VIRTUAL TABLE exact USING fts5(title, body, tokenize='unicode61', detail=full)",
    "CREATE VIRTUAL TABLE stemmed USING fts5(title, body, tokenize='porter unicode61', detail=full, content='exact')",
    "CREATE INDEX by_date ON documents(date)",
    "CREATE INDEX by_source ON documents(source)",
)


def build(folder: Path, documents: Iterable[MadeDocument]) -> None:
    """Index documents in an empty folder; the stemmed table shares the text of the exact one."""
    connection = connect(folder)
    with connection:
        for statement in _SCHEMA:
            connection.execute(statement)
        for document in documents:
            row, texts = document.number + 1, (document.number + 1, document.title, document.text)
            facts = (row, document.id, document.date, document.source, document.language)
            connection.execute("INSERT INTO documents VALUES (?, ?, ?, ?, ?)", facts)
            for table in ("exact", "stemmed"):
                connection.execute(f"INSERT INTO {table}(rowid, title, body) VALUES (?, ?, ?)", texts)
    connection.close()
