"""SQLite's FTS5: BM25 over title and body, positions and the text kept, as its documentation uses it.

It gets memory for its pages and its index is optimised, which makes it faster than it is out of the box.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import ClassVar, Self

from benchmarks.asked import Asked, Kind
from benchmarks.corpus import MadeDocument
from benchmarks.peers.peer import TOP

CACHE_KB = 256 * 1024
FILE = "fts5.sqlite"

_SCHEMA = "CREATE VIRTUAL TABLE texts USING fts5(title, body, tokenize='unicode61', detail=full)"


class Fts5:
    """Rows have the numbers of documents, counted from 1."""

    name: ClassVar[str] = "SQLite FTS5"

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    def check(cls) -> None:
        """SQLite comes with Python, and FTS5 with SQLite."""

    @classmethod
    def build(cls, folder: Path, documents: Iterable[MadeDocument]) -> None:
        """One table, in one transaction, optimised."""
        connection = connect(folder)
        with connection:
            connection.execute(_SCHEMA)
            rows = ((document.number + 1, document.title, document.text) for document in documents)
            connection.executemany("INSERT INTO texts(rowid, title, body) VALUES (?, ?, ?)", rows)
            connection.execute("INSERT INTO texts(texts) VALUES ('optimize')")
        connection.close()

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The database in ``folder``."""
        return cls(connect(folder))

    def prepare(self, asked: Asked) -> str:
        """A query in FTS5's language."""
        words = [f'"{word}"' for word in asked.words]
        match asked.kind:
            case Kind.OR_3 | Kind.OR_10:
                return " OR ".join(words)
            case Kind.PHRASE:
                return f'"{" ".join(asked.words)}"'
            case Kind.PREFIX:
                return f"{words[0]}*"
            case _:
                return " AND ".join(words)

    def search(self, query: str) -> Sequence[int]:
        """Row ids."""
        rows = self._connection.execute(
            "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT ?", (query, TOP)
        )
        return [row[0] - 1 for row in rows]

    def count(self, query: str) -> int:
        """Rows that match."""
        (found,) = self._connection.execute("SELECT count(*) FROM texts WHERE texts MATCH ?", (query,)).fetchone()
        return int(found)

    def close(self) -> None:
        """Close the database."""
        self._connection.close()


def connect(folder: Path) -> sqlite3.Connection:
    """The database of a folder, made where there is none."""
    folder.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(folder / FILE)
    connection.execute(f"PRAGMA cache_size = -{CACHE_KB}")
    connection.execute("PRAGMA mmap_size = 1073741824")
    return connection
