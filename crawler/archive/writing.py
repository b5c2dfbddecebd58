"""Storing a capture with the record read out of it."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from crawler.archive import stories
from crawler.archive.keeping import insert_body
from crawler.archive.reading import sightings
from crawler.archive.records import Capture, Outcome, Record
from crawler.archive.rows import pack_paragraphs, record_digest, time_text
from crawler.errors import DuplicateDocument


@dataclass(frozen=True, slots=True)
class _Latest:
    """The latest capture of a document, with the document's current version.

    The latest is the one that held last: captures may come in out of order, from a web archive for example.
    """

    capture: int
    confirmed_at: str
    body: bytes
    version: int
    record: bytes


def store(connection: sqlite3.Connection, path: Path, capture: Capture, record: Record) -> Outcome:
    """Store in the open transaction.

    The same bytes that read as the same record only confirm the latest capture. Otherwise the capture is kept; a text
    not seen before in this document becomes a version, and the version that the capture shows is the current one,
    unless the capture is older than the latest. Everything is checked before anything is written.
    """
    body, digest, moment = hashlib.sha256(capture.body).digest(), record_digest(record), time_text(capture.captured_at)
    known = _check_identity(connection, path, capture, record)
    latest = _latest(connection, record.id) if known else None
    if latest and moment < latest.confirmed_at:
        return _store_older(connection, capture, record, body, digest)
    if latest and (latest.body, latest.record) == (body, digest):
        connection.execute("UPDATE captures SET confirmed_at = ? WHERE id = ?", (moment, latest.capture))
        return Outcome.UNCHANGED
    version = _version(connection, record, digest)
    if latest is None:
        _insert_document(connection, capture, record, version)
    elif latest.version != version:
        _make_current(connection, record.id, version)
    _insert_capture(connection, capture, body, moment, record.id, version)
    if latest is None or latest.version != version:
        stories.place(connection, record.id)
    if latest is None:
        return Outcome.NEW
    return Outcome.UNCHANGED if latest.version == version else Outcome.CHANGED


def _store_older(
    connection: sqlite3.Connection, capture: Capture, record: Record, body: bytes, digest: bytes
) -> Outcome:
    """Add to the history; the current version stays what it is. A capture that the history has already adds nothing.

    Another order of versions is a change: who keeps past versions too must read the document again.
    """
    order = _order(connection, record.id)
    moment, version = time_text(capture.captured_at), _version(connection, record, digest)
    before = connection.execute(
        """SELECT id, digest, version FROM captures WHERE document_id = ? AND captured_at <= ?
           ORDER BY captured_at DESC, id DESC LIMIT 1""",
        (record.id, moment),
    ).fetchone()
    if before and before[1:] == (body, version):
        connection.execute("UPDATE captures SET confirmed_at = max(confirmed_at, ?) WHERE id = ?", (moment, before[0]))
    else:
        _insert_capture(connection, capture, body, moment, record.id, version)
    if _order(connection, record.id) != order:
        connection.execute("UPDATE documents SET change = ? WHERE id = ?", (_next_change(connection), record.id))
    return Outcome.UNCHANGED


def _order(connection: sqlite3.Connection, document_id: str) -> list[int]:
    """The versions in the order of time; one that came back stands there again."""
    return [version for version, _ in groupby(each.version for each in sightings(connection, document_id))]


def _check_identity(connection: sqlite3.Connection, path: Path, capture: Capture, record: Record) -> bool:
    found = connection.execute(
        "SELECT id, source, address FROM documents WHERE id = ? OR (source = ? AND address = ?)",
        (record.id, capture.source, capture.address),
    ).fetchall()
    for id_, source, address in found:
        if (id_, source, address) != (record.id, capture.source, capture.address):
            raise DuplicateDocument(path, record.id, id_, source, address)
    return bool(found)


def _latest(connection: sqlite3.Connection, document_id: str) -> _Latest:
    row = connection.execute(
        """SELECT c.id, c.confirmed_at, c.digest, d.version, v.digest FROM captures c
           JOIN documents d ON d.id = c.document_id
           JOIN versions v ON v.document_id = d.id AND v.number = d.version
           WHERE c.document_id = ? ORDER BY c.confirmed_at DESC, c.id DESC LIMIT 1""",
        (document_id,),
    ).fetchone()
    return _Latest(*row)


def _version(connection: sqlite3.Connection, record: Record, digest: bytes) -> int:
    known = connection.execute(
        "SELECT number FROM versions WHERE document_id = ? AND digest = ?", (record.id, digest)
    ).fetchone()
    if known:
        return int(known[0])
    last = connection.execute("SELECT max(number) FROM versions WHERE document_id = ?", (record.id,)).fetchone()[0]
    number = (last or 0) + 1
    dated = record.date
    connection.execute(
        """INSERT INTO versions
           (document_id, number, digest, url, title, date, precision, basis, language, author, pages, paragraphs)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            record.id,
            number,
            digest,
            record.url,
            record.title,
            dated.first.isoformat() if dated else None,
            dated.precision if dated else None,
            dated.basis if dated else None,
            record.language,
            record.author,
            json.dumps(record.pages) if record.pages else None,
            pack_paragraphs(record.paragraphs),
        ),
    )
    return number


def _next_change(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT coalesce(max(change), 0) + 1 FROM documents").fetchone()[0])


def _insert_document(connection: sqlite3.Connection, capture: Capture, record: Record, version: int) -> None:
    connection.execute(
        "INSERT INTO documents (id, source, address, version, change) VALUES (?, ?, ?, ?, ?)",
        (record.id, capture.source, capture.address, version, _next_change(connection)),
    )


def _make_current(connection: sqlite3.Connection, document_id: str, version: int) -> None:
    connection.execute(
        "UPDATE documents SET version = ?, change = ? WHERE id = ?", (version, _next_change(connection), document_id)
    )


def _insert_capture(
    connection: sqlite3.Connection, capture: Capture, body: bytes, moment: str, document_id: str, version: int
) -> None:
    insert_body(connection, body, capture.body)
    connection.execute(
        """INSERT INTO captures
           (source, address, captured_at, confirmed_at, digest, media_type, headers, document_id, version)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            capture.source,
            capture.address,
            moment,
            moment,
            body,
            capture.media_type,
            json.dumps(dict(capture.headers), sort_keys=True),
            document_id,
            version,
        ),
    )
