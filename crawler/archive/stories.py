"""Stories: which documents are near copies of which, kept up to date as documents are stored.

The first document that has a text is its *lead*; near copies stored later name it in ``documents.lead``. All copies
were compared with the lead itself, so a story never drifts from copy to copy. ``bands`` holds leads only: a text that
is reprinted a thousand times costs a new document one comparison, not a thousand.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import zlib
from array import array
from collections import Counter
from dataclasses import dataclass

from crawler.duplicates import BANDS, Text, agreement, bands, likeness, method, signature

COMPARED = 10
"""Leads whose text is read for a document, those with the likest signatures: what bounds the cost of storing one."""
PROMISING = 0.2
"""Signatures less alike than this aren't followed up: a reprint shares 0.36 at least, three deviations more."""
LOOKED_UP = 100
"""Signatures that are read for a document, those that share the most bands …"""
BAND = 200
"""… and leads that are read of a band, those stored first: of pages made from one form, thousands can be in one."""

_SIGNED = "SELECT number, document_id, signature FROM signatures WHERE number = ?"
_ONE_BAND = f"SELECT * FROM (SELECT number FROM bands WHERE value = ? ORDER BY number LIMIT {BAND})"  # noqa: S608
_MET = " UNION ALL ".join([_ONE_BAND] * BANDS)
_METHOD_KEY = "signatures"
_BY_TIME = "SELECT d.id FROM documents d ORDER BY (SELECT min(c.id) FROM captures c WHERE c.document_id = d.id)"


@dataclass(frozen=True, slots=True)
class _Entry:
    """A document's text in its current version, and where and when it was published."""

    id: str
    text: Text
    source: str
    url: str | None
    date: str | None

    def likeness(self, other: _Entry) -> float:
        """How like the documents are, 0 where neither is a near copy of the other.

        Two ids of one page aren't, nor are notices that one source words alike each time.
        """
        same_page = self.source == other.source and self.url is not None and self.url == other.url
        return 0.0 if same_page or self._is_another_notice(other) else likeness(self.text, other.text)

    def _is_another_notice(self, other: _Entry) -> bool:
        same_source, same_day = self.source == other.source, self.date == other.date
        if self.text.short or other.text.short:
            return same_source or not same_day
        return (self.text.notice or other.text.notice) and same_source and not same_day


def place(connection: sqlite3.Connection, document_id: str) -> None:
    """Find the story of a document that is new or whose current version is another one, in the open transaction.

    A lead whose text is no longer that of its story leaves it: copies that are like neither it nor another lead become
    leads themselves. Every document whose lead changes gets a new change number.
    """
    if _prepared(connection):
        _place(connection, document_id)
    else:
        _place_all(connection)


def _prepared(connection: sqlite3.Connection) -> bool:
    """Whether the signatures that are stored are of the method in use."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (_METHOD_KEY,)).fetchone()
    return row is not None and row[0] == method()


def _place_all(connection: sqlite3.Connection) -> None:
    """Sign all documents anew, in the order in which they were stored; no story that still holds changes its lead."""
    connection.execute("DELETE FROM bands")
    connection.execute("DELETE FROM signatures")
    by_time = [document_id for (document_id,) in connection.execute(_BY_TIME).fetchall()]
    for document_id in sorted(by_time, key=lambda each: _lead(connection, each) is not None):
        _place(connection, document_id)
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_METHOD_KEY, method()))


def _place(connection: sqlite3.Connection, document_id: str) -> None:
    entry = _entry(connection, document_id)
    number = _sign(connection, entry)
    lead = _kept_lead(connection, entry) or _find(connection, entry, number)
    _set_lead(connection, document_id, lead)
    if lead is None and entry.text.shingles:
        _publish(connection, number)
    _review_copies(connection, entry, still_lead=lead is None)


def _kept_lead(connection: sqlite3.Connection, entry: _Entry) -> str | None:
    """The lead that a document has, where it is still one and still like it."""
    lead = _lead(connection, entry.id)
    if lead is None or _lead(connection, lead) is not None:
        return None
    return lead if entry.likeness(_entry(connection, lead)) else None


def _review_copies(connection: sqlite3.Connection, entry: _Entry, *, still_lead: bool) -> None:
    copies = connection.execute(
        "SELECT d.id FROM documents d JOIN signatures s ON s.document_id = d.id WHERE d.lead = ? ORDER BY s.number",
        (entry.id,),
    ).fetchall()
    for (copy,) in copies:
        if not still_lead or not entry.likeness(_entry(connection, copy)):
            _set_lead(connection, copy, None)
            _place(connection, copy)


def _entry(connection: sqlite3.Connection, document_id: str) -> _Entry:
    title, paragraphs, source, url, date = connection.execute(
        """SELECT v.title, v.paragraphs, d.source, v.url, v.date FROM documents d
           JOIN versions v ON v.document_id = d.id AND v.number = d.version WHERE d.id = ?""",
        (document_id,),
    ).fetchone()
    return _Entry(document_id, Text(title, json.loads(zlib.decompress(paragraphs))), source, url, date)


def _lead(connection: sqlite3.Connection, document_id: str) -> str | None:
    found: str | None = connection.execute("SELECT lead FROM documents WHERE id = ?", (document_id,)).fetchone()[0]
    return found


def _set_lead(connection: sqlite3.Connection, document_id: str, lead: str | None) -> None:
    # What is being stored has the last change number already; it stands for the lead as well.
    connection.execute(
        """UPDATE documents SET lead = ?,
           change = (SELECT max(m.change) + (max(m.change) > documents.change) FROM documents m)
           WHERE id = ? AND lead IS NOT ?""",
        (lead, document_id, lead),
    )


def _sign(connection: sqlite3.Connection, entry: _Entry) -> int:
    """Store the signature of a document, out of the sight of others; its number tells what was stored first."""
    known = connection.execute("SELECT number FROM signatures WHERE document_id = ?", (entry.id,)).fetchone()
    if known:
        _withdraw(connection, known[0])
    connection.execute(
        """INSERT INTO signatures (document_id, signature) VALUES (?, ?)
           ON CONFLICT (document_id) DO UPDATE SET signature = excluded.signature""",
        (entry.id, _pack(signature(entry.text))),
    )
    return int(connection.execute("SELECT number FROM signatures WHERE document_id = ?", (entry.id,)).fetchone()[0])


def _signature(connection: sqlite3.Connection, number: int) -> array[int]:
    row = connection.execute("SELECT signature FROM signatures WHERE number = ?", (number,)).fetchone()
    return _unpack(row[0])


def _publish(connection: sqlite3.Connection, number: int) -> None:
    """Let documents stored later find this one as their lead."""
    rows = ((band, number) for band in bands(_signature(connection, number)))
    connection.executemany("INSERT OR IGNORE INTO bands VALUES (?, ?)", rows)


def _withdraw(connection: sqlite3.Connection, number: int) -> None:
    rows = ((band, number) for band in bands(_signature(connection, number)))
    connection.executemany("DELETE FROM bands WHERE value = ? AND number = ?", rows)


def _find(connection: sqlite3.Connection, entry: _Entry, number: int) -> str | None:
    """The lead most like a document, the one stored first among equals; ``None`` where none is a near copy of it."""
    if not entry.text.shingles:
        return None
    likest: tuple[float, str | None] = (0.0, None)
    for candidate in _candidates(connection, number):
        found = entry.likeness(_entry(connection, candidate))
        if found > likest[0]:
            likest = (found, candidate)
    return likest[1]


def _candidates(connection: sqlite3.Connection, number: int) -> list[str]:
    """Leads worth reading, those stored first before others that look as much alike."""
    mine = _signature(connection, number)
    met = Counter(other for (other,) in connection.execute(_MET, bands(mine)))
    del met[number]
    most = sorted(met, key=lambda other: (-met[other], other))[:LOOKED_UP]
    rows = [connection.execute(_SIGNED, (other,)).fetchone() for other in most]
    ranked = sorted((-agreement(mine, _unpack(packed)), other, id_) for other, id_, packed in rows)
    return [id_ for alike, _, id_ in ranked[:COMPARED] if -alike >= PROMISING]


def _pack(values: array[int]) -> bytes:
    return _little_endian(array("I", values)).tobytes()


def _unpack(packed: bytes) -> array[int]:
    return _little_endian(array("I", packed))


def _little_endian(values: array[int]) -> array[int]:
    if sys.byteorder == "big":
        values.byteswap()
    return values
