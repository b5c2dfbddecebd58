"""The tables of an archive, and how an archive of an earlier Concord becomes one of today.

``documents.version`` names the current version, and ``documents.change`` numbers the moment at which it became so, or
at which an older capture put the versions into another order of time. The numbers only grow, so a reader that knows the
last one it saw can ask for what came since. Documents are never deleted; that keeps the highest number the last one.

Bodies are kept apart from captures, by digest: the same bytes stand in the file once.
"""

from __future__ import annotations

import sqlite3
import uuid
from pathlib import Path

from crawler.errors import ArchiveError

APPLICATION_ID = 0x434E4344
"""``CNCD``: what marks a SQLite file as an archive of Concord."""

_FIRST = """
CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE documents (
    id TEXT PRIMARY KEY,
    source TEXT NOT NULL,
    address TEXT NOT NULL,
    version INTEGER NOT NULL,
    change INTEGER NOT NULL UNIQUE,
    UNIQUE (source, address),
    FOREIGN KEY (id, version) REFERENCES versions (document_id, number) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE TABLE versions (
    document_id TEXT NOT NULL REFERENCES documents (id) DEFERRABLE INITIALLY DEFERRED,
    number INTEGER NOT NULL CHECK (number > 0),
    digest BLOB NOT NULL,
    url TEXT,
    title TEXT NOT NULL,
    date TEXT,
    precision TEXT,
    basis TEXT,
    language TEXT,
    paragraphs BLOB NOT NULL,
    PRIMARY KEY (document_id, number),
    UNIQUE (document_id, digest)
) STRICT;
CREATE TABLE bodies (
    digest BLOB PRIMARY KEY,
    content BLOB NOT NULL
) STRICT;
CREATE TABLE captures (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    address TEXT NOT NULL,
    captured_at TEXT NOT NULL,
    confirmed_at TEXT NOT NULL,
    digest BLOB NOT NULL REFERENCES bodies (digest),
    media_type TEXT NOT NULL,
    headers TEXT NOT NULL,
    document_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    FOREIGN KEY (document_id, version) REFERENCES versions (document_id, number)
) STRICT;
CREATE INDEX captures_by_version ON captures (document_id, version, captured_at);
CREATE INDEX captures_by_source ON captures (source, confirmed_at);
"""

_SECOND = """
ALTER TABLE versions ADD COLUMN author TEXT;
ALTER TABLE versions ADD COLUMN pages TEXT;
ALTER TABLE documents ADD COLUMN lead TEXT REFERENCES documents (id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX documents_by_lead ON documents (lead) WHERE lead IS NOT NULL;
CREATE TABLE signatures (
    number INTEGER PRIMARY KEY,
    document_id TEXT NOT NULL UNIQUE REFERENCES documents (id),
    signature BLOB NOT NULL
) STRICT;
CREATE TABLE bands (
    value INTEGER NOT NULL,
    number INTEGER NOT NULL REFERENCES signatures (number),
    PRIMARY KEY (value, number)
) STRICT, WITHOUT ROWID;
"""

# Captures that no document could be read out of stand apart: a capture row always names its version, and rebuilding
# a table of millions of rows to let it be empty would make the first start after an update long.
_THIRD = """
CREATE TABLE unread (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    address TEXT NOT NULL,
    captured_at TEXT NOT NULL,
    confirmed_at TEXT NOT NULL,
    digest BLOB NOT NULL REFERENCES bodies (digest),
    media_type TEXT NOT NULL,
    headers TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT;
CREATE INDEX unread_by_address ON unread (source, address);
CREATE TABLE absences (
    document_id TEXT NOT NULL REFERENCES documents (id),
    noted_at TEXT NOT NULL,
    status INTEGER NOT NULL,
    PRIMARY KEY (document_id, noted_at)
) STRICT, WITHOUT ROWID;
CREATE TABLE crawls (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    pages INTEGER NOT NULL DEFAULT 0,
    lists INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX crawls_by_source ON crawls (source, id);
CREATE TABLE addresses (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    key TEXT NOT NULL,
    address TEXT NOT NULL,
    url TEXT NOT NULL,
    host TEXT NOT NULL,
    role TEXT NOT NULL,
    state TEXT NOT NULL,
    depth INTEGER NOT NULL,
    recheck INTEGER NOT NULL,
    crawl INTEGER NOT NULL REFERENCES crawls (id),
    parent INTEGER,
    known_hint TEXT,
    seen_hint TEXT,
    about TEXT,
    document TEXT,
    etag TEXT,
    last_modified TEXT,
    status INTEGER,
    reason TEXT,
    fetched_at TEXT,
    tries INTEGER NOT NULL DEFAULT 0,
    UNIQUE (source, key)
) STRICT;
CREATE INDEX addresses_pending ON addresses (source, recheck, depth, id) WHERE state = 'pending';
CREATE INDEX addresses_by_parent ON addresses (source, parent);
CREATE TABLE resting_hosts (
    host TEXT PRIMARY KEY,
    until TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""

MIGRATIONS: tuple[str, ...] = (_FIRST, _SECOND, _THIRD)
"""Number n leads from schema n to schema n + 1. Append; never edit one that was released."""

SCHEMA = len(MIGRATIONS)


def is_blank(connection: sqlite3.Connection) -> bool:
    """Whether the file has nothing in it yet: a program that was stopped while making an archive leaves such a file."""
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    return tables == 0 and _pragma(connection, "user_version") == 0 and _pragma(connection, "application_id") == 0


def verify(connection: sqlite3.Connection, path: Path) -> None:
    """Raise :class:`ArchiveError` for a database of another program or of a newer Concord; change nothing."""
    if _pragma(connection, "application_id") != APPLICATION_ID:
        raise not_an_archive(path)
    found = _pragma(connection, "user_version")
    if found > SCHEMA:
        raise ArchiveError(
            path, f"written by a newer Concord (schema {found}, this one knows up to {SCHEMA}): update Concord"
        )


def not_an_archive(path: Path) -> ArchiveError:
    """The error for a file that something else wrote."""
    return ArchiveError(
        path, "not an archive of Concord, and left as it is: name another file under [archive] path in config.toml"
    )


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a blank or older archive to today's schema, in one transaction."""
    if _pragma(connection, "user_version") == SCHEMA:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Read again: another process may have migrated while this one waited for the lock.
        found = _pragma(connection, "user_version")
        for migration in MIGRATIONS[found:]:
            for statement in filter(str.strip, migration.split(";")):
                connection.execute(statement)
        if found == 0:
            connection.execute("INSERT INTO meta VALUES ('id', ?)", (uuid.uuid4().hex,))
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {SCHEMA}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])
