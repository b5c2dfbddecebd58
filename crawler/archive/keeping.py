"""What a crawl tells the archive beside new captures: nothing changed, nothing could be read, nothing is there."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from typing import TYPE_CHECKING

from crawler.archive.records import Absence, Capture
from crawler.archive.rows import time_of, time_text

if TYPE_CHECKING:
    from datetime import datetime

_LATEST = "SELECT id FROM captures WHERE document_id = ? ORDER BY confirmed_at DESC, id DESC LIMIT 1"


def find(connection: sqlite3.Connection, source: str, address: str) -> str | None:
    """The id of the document at an address of a source."""
    row = connection.execute("SELECT id FROM documents WHERE source = ? AND address = ?", (source, address)).fetchone()
    return row[0] if row else None


def confirm(connection: sqlite3.Connection, document_id: str, moment: datetime, body: bytes | None) -> bool:
    """Note that the latest capture still holds; with ``body``, only where it has these bytes. Says whether it did."""
    same = "" if body is None else " AND digest = ?"
    values = (time_text(moment), document_id, *([] if body is None else [hashlib.sha256(body).digest()]))
    changed = connection.execute(
        f"UPDATE captures SET confirmed_at = max(confirmed_at, ?) WHERE id = ({_LATEST}){same}",  # noqa: S608 - our own constants
        values,
    )
    return changed.rowcount == 1


def keep_unread(connection: sqlite3.Connection, capture: Capture, reason: str) -> None:
    """Store a capture that no document could be read out of; the same bytes again only confirm it."""
    digest, moment = hashlib.sha256(capture.body).digest(), time_text(capture.captured_at)
    latest = connection.execute(
        "SELECT id, digest FROM unread WHERE source = ? AND address = ? ORDER BY id DESC LIMIT 1",
        (capture.source, capture.address),
    ).fetchone()
    if latest and latest[1] == digest:
        connection.execute("UPDATE unread SET confirmed_at = ?, reason = ? WHERE id = ?", (moment, reason, latest[0]))
        return
    insert_body(connection, digest, capture.body)
    connection.execute(
        """INSERT INTO unread (source, address, captured_at, confirmed_at, digest, media_type, headers, reason)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            capture.source,
            capture.address,
            moment,
            moment,
            digest,
            capture.media_type,
            json.dumps(dict(capture.headers), sort_keys=True),
            reason,
        ),
    )


def insert_body(connection: sqlite3.Connection, digest: bytes, body: bytes) -> None:
    """The bytes under their digest, once."""
    if not connection.execute("SELECT 1 FROM bodies WHERE digest = ?", (digest,)).fetchone():
        connection.execute("INSERT INTO bodies VALUES (?, ?)", (digest, zlib.compress(body)))


def note_absence(connection: sqlite3.Connection, document_id: str, moment: datetime, status: int) -> None:
    """Note that a document was not there at a moment."""
    connection.execute("INSERT OR IGNORE INTO absences VALUES (?, ?, ?)", (document_id, time_text(moment), status))


def absences(connection: sqlite3.Connection, document_id: str) -> tuple[Absence, ...]:
    """When a document was not there, in order of time."""
    rows = connection.execute(
        "SELECT noted_at, status FROM absences WHERE document_id = ? ORDER BY noted_at", (document_id,)
    )
    return tuple(Absence(time_of(moment), status) for moment, status in rows)
