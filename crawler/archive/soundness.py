"""Whether an archive is sound: SQLite's own checks, and every body and version read and held to its digest."""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Callable, Iterator

from crawler.archive.records import Record
from crawler.archive.rows import DOCUMENT_COLUMNS, document_of, record_digest

_MOST = 20  # lines told of one kind: a torn file breaks thousands of rows in one way
_UNREADABLE = (zlib.error, ValueError, TypeError, KeyError)

_BODIES = "SELECT digest, content FROM bodies ORDER BY digest"
_USERS = """SELECT source, address FROM captures WHERE digest = ?1
            UNION SELECT source, address FROM unread WHERE digest = ?1 ORDER BY 1, 2 LIMIT 1"""
_VERSIONS = f"""SELECT v.digest, {DOCUMENT_COLUMNS} FROM versions v JOIN documents d ON d.id = v.document_id
                ORDER BY v.document_id, v.number"""  # noqa: S608 - our own constants


def check(connection: sqlite3.Connection) -> list[str]:
    """What is broken, a line each; empty when the archive is sound. Reads every row, one at a time."""
    return [line for part in (_integrity, _references, _bodies, _versions) for line in _told(part, connection)]


def _told(part: Callable[[sqlite3.Connection], Iterator[str]], connection: sqlite3.Connection) -> Iterator[str]:
    """The first lines of a part of the check. A part that SQLite can't go through ends with what SQLite says."""
    found = part(connection)
    try:
        for told, line in enumerate(found):
            if told == _MOST:
                yield "and more of this kind"
                return
            yield line
    except sqlite3.DatabaseError as error:
        yield f"can't be read to the end: {error}"


def _integrity(connection: sqlite3.Connection) -> Iterator[str]:
    for (line,) in connection.execute("PRAGMA integrity_check"):
        if line != "ok":
            yield f"integrity: {line}"


def _references(connection: sqlite3.Connection) -> Iterator[str]:
    for table, _, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"a row of {table} points at a missing row of {parent}"


def _bodies(connection: sqlite3.Connection) -> Iterator[str]:
    for digest, content in connection.execute(_BODIES):
        try:
            sound = hashlib.sha256(zlib.decompress(content)).digest() == digest
        except _UNREADABLE:
            sound = False
        if not sound:
            user = connection.execute(_USERS, (digest,)).fetchone()
            where = f" (of {user[0]}: {user[1]})" if user else ""
            yield f"the body {digest.hex()}{where} is not what was captured"


def _versions(connection: sqlite3.Connection) -> Iterator[str]:
    for digest, *row in connection.execute(_VERSIONS):
        what = _difference(digest, tuple(row))
        if what:
            yield f'document "{row[0]}", version {row[9]}: {what}'


def _difference(digest: bytes, row: tuple[object, ...]) -> str | None:
    try:
        document = document_of(row)
    except _UNREADABLE as error:
        return f"its text can't be read: {error}"
    record = Record(
        document.id,
        document.url,
        document.title,
        document.paragraphs,
        document.date,
        document.language,
        document.author,
        document.pages,
    )
    return None if record_digest(record) == digest else "its text is not what was stored"
