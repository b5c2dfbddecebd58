"""Reading documents, their history and their bytes."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from crawler.archive.records import Identity, Presence, Sighting
from crawler.archive.rows import DOCUMENT_COLUMNS, document_of, time_of
from crawler.errors import UnknownDocumentId

if TYPE_CHECKING:
    from crawler.document import Document

_CURRENT = "documents d JOIN versions v ON v.document_id = d.id AND v.number = d.version"


def last_change(connection: sqlite3.Connection) -> int:
    """The number of the last change; 0 when nothing is stored."""
    return int(connection.execute("SELECT coalesce(max(change), 0) FROM documents").fetchone()[0])


def count_documents(connection: sqlite3.Connection) -> int:
    """How many documents there are."""
    return int(connection.execute("SELECT count(*) FROM documents").fetchone()[0])


def identities(connection: sqlite3.Connection) -> Iterator[Identity]:
    """Each document's id, current version and last change, in the order of ids."""
    for row in connection.execute("SELECT id, version, change FROM documents ORDER BY id"):
        yield Identity(*row)


def count_stories(connection: sqlite3.Connection) -> int:
    """How many documents are no near copies of another one."""
    return int(connection.execute("SELECT count(*) FROM documents WHERE lead IS NULL").fetchone()[0])


def changes(connection: sqlite3.Connection, since: int) -> Iterator[Document]:
    """Documents whose current version changed after ``since``, in order of change, a row at a time."""
    statement = f"SELECT {DOCUMENT_COLUMNS} FROM {_CURRENT} WHERE d.change > ? ORDER BY d.change"  # noqa: S608 - our own constants
    cursor = connection.execute(statement, (since,))
    try:
        for row in cursor:
            yield document_of(row)
    finally:
        cursor.close()


def document(connection: sqlite3.Connection, document_id: str, version: int | None) -> Document:
    """One document, in its current version or in the one named."""
    where = "d.id = ? AND v.number = coalesce(?, d.version)"
    statement = f"""SELECT {DOCUMENT_COLUMNS} FROM documents d
                    JOIN versions v ON v.document_id = d.id WHERE {where}"""  # noqa: S608 - our own constants""
    row = connection.execute(statement, (document_id, version)).fetchone()
    if row is None:
        raise UnknownDocumentId(document_id, version)
    return document_of(row)


def history(connection: sqlite3.Connection, document_id: str) -> tuple[Presence, ...]:
    """When which version was present, in the order of time."""
    rows = connection.execute(
        """SELECT version, captured_at, confirmed_at, digest FROM captures
           WHERE document_id = ? ORDER BY captured_at, id""",
        (document_id,),
    ).fetchall()
    if not rows:
        raise UnknownDocumentId(document_id)
    return tuple(
        Presence(version, time_of(captured), time_of(confirmed), digest.hex())
        for version, captured, confirmed, digest in rows
    )


def sightings(connection: sqlite3.Connection, document_id: str) -> tuple[Sighting, ...]:
    """The moments at which a document was seen, in the order of time; empty where there is no such document."""
    rows = connection.execute(
        """SELECT moment, version FROM (
               SELECT captured_at AS moment, captured_at, id, version FROM captures WHERE document_id = :id
               UNION ALL
               SELECT confirmed_at, captured_at, id, version FROM captures
               WHERE document_id = :id AND confirmed_at > captured_at
           ) ORDER BY moment, captured_at, id""",
        {"id": document_id},
    )
    return tuple(Sighting(time_of(moment), version) for moment, version in rows)


def urls(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Id and address of each version that has one."""
    yield from connection.execute("SELECT DISTINCT document_id, url FROM versions WHERE url IS NOT NULL ORDER BY 1, 2")


def versions(connection: sqlite3.Connection, document_id: str) -> tuple[Document, ...]:
    """Every version of a document, by number."""
    statement = f"""SELECT {DOCUMENT_COLUMNS} FROM documents d
                    JOIN versions v ON v.document_id = d.id WHERE d.id = ? ORDER BY v.number"""  # noqa: S608 - our own constants""
    found = tuple(document_of(row) for row in connection.execute(statement, (document_id,)))
    if not found:
        raise UnknownDocumentId(document_id)
    return found


def with_history(connection: sqlite3.Connection) -> frozenset[str]:
    """Ids of the documents that have more than one version."""
    rows = connection.execute("SELECT document_id FROM versions GROUP BY document_id HAVING count(*) > 1")
    return frozenset(document_id for (document_id,) in rows)


def retitled(connection: sqlite3.Connection) -> frozenset[str]:
    """Ids of the documents that had different titles."""
    rows = connection.execute("SELECT document_id FROM versions GROUP BY document_id HAVING count(DISTINCT title) > 1")
    return frozenset(document_id for (document_id,) in rows)


def story(connection: sqlite3.Connection, document_id: str) -> tuple[str, ...]:
    """Ids of a document and of its near copies, the lead first, then by id."""
    rows = connection.execute(
        """SELECT id FROM documents JOIN (SELECT coalesce(lead, id) AS story FROM documents WHERE id = ?)
           ON id = story OR lead = story ORDER BY lead IS NOT NULL, id""",
        (document_id,),
    )
    found = tuple(each for (each,) in rows)
    if not found:
        raise UnknownDocumentId(document_id)
    return found


def body(connection: sqlite3.Connection, digest: str) -> bytes:
    """The bytes with that SHA-256 (hex); ``KeyError`` where no capture has them."""
    row = connection.execute("SELECT content FROM bodies WHERE digest = ?", (bytes.fromhex(digest),)).fetchone()
    if row is None:
        raise KeyError(digest)
    return zlib.decompress(row[0])


def archive_id(connection: sqlite3.Connection) -> str:
    """The id that the archive got when it was made."""
    return str(connection.execute("SELECT value FROM meta WHERE key = 'id'").fetchone()[0])
