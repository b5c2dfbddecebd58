"""The archive: one SQLite file with every capture, document and version."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from crawler.archive import coverage, crawls, keeping, reading, soundness, writing
from crawler.archive.connection import archive_errors, connect
from crawler.archive.frontier import Frontier
from crawler.errors import UnknownDocumentId

if TYPE_CHECKING:
    from datetime import datetime

    from crawler.archive.crawls import CrawlRecord
    from crawler.archive.records import Absence, Capture, Identity, Outcome, Presence, Record, Sighting, SourceRecord
    from crawler.document import Document


class Archive:
    """An open archive; use it in a ``with`` statement.

    Readers see the last committed state and never wait for the writer. One process writes at a time: another waits for
    a few seconds, then gets an :class:`ArchiveError`. Every method may raise :class:`ArchiveError`.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection

    @classmethod
    def open(cls, path: Path, *, create: bool = False) -> Self:
        """Open the archive at ``path``, or make one there.

        Raises :class:`ArchiveMissing` if there is none and ``create`` is off, :class:`ArchiveError` if the file is no
        archive or was written by a newer Concord.
        """
        return cls(path, connect(path, create=create))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file. An open batch is undone."""
        self._connection.close()

    @property
    def id(self) -> str:
        """32 hex digits that no other archive has; an index notes which archive it was built from."""
        with archive_errors(self.path):
            return reading.archive_id(self._connection)

    def store(self, capture: Capture, record: Record) -> Outcome:
        """Store a capture and the record read out of it: on disk when this returns, or when the batch around it ends.

        Raises :class:`DuplicateDocument`, with nothing written, where another document has the id or the address.
        """
        with self.batch(), archive_errors(self.path):
            return writing.store(self._connection, self.path, capture, record)

    def find(self, source: str, address: str) -> str | None:
        """The id of the document that a source has at an address; ``None`` if there is none."""
        with archive_errors(self.path):
            return keeping.find(self._connection, source, address)

    def confirm(self, document_id: str, moment: datetime, body: bytes | None = None) -> bool:
        """Note that a document's latest capture still holds; with ``body``, only where it has these very bytes.

        Says whether there was such a capture.
        """
        with self.batch(), archive_errors(self.path):
            return keeping.confirm(self._connection, document_id, moment, body)

    def keep_unread(self, capture: Capture, reason: str) -> None:
        """Store a capture that no document could be read out of, with the reason."""
        with self.batch(), archive_errors(self.path):
            keeping.keep_unread(self._connection, capture, reason)

    def note_absence(self, document_id: str, moment: datetime, status: int) -> None:
        """Note that a document was not there at a moment; it and its versions stay."""
        with self.batch(), archive_errors(self.path):
            keeping.note_absence(self._connection, document_id, moment, status)

    def absences(self, document_id: str) -> tuple[Absence, ...]:
        """When a document was not there, in order of time."""
        with archive_errors(self.path):
            return keeping.absences(self._connection, document_id)

    def frontier(self, source: str) -> Frontier:
        """The addresses of a fetched source, and what is known of each. What it writes joins an open :meth:`batch`."""
        return Frontier(self, self._connection, source)

    @contextmanager
    def batch(self) -> Iterator[None]:
        """One transaction around several :meth:`store`: all are committed at the end, or none after an error."""
        if self._connection.in_transaction:
            yield
            return
        with archive_errors(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            with archive_errors(self.path):
                self._connection.execute("COMMIT")
        except BaseException:
            # After some errors (a full disk) SQLite has rolled back by itself.
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    @contextmanager
    def in_haste(self) -> Iterator[None]:
        """Commits inside don't wait for the disk.

        A process that is killed loses nothing all the same. After a power cut the last transactions may be missing,
        each as a whole, and the archive is sound: for a crawl that means a few pages to fetch again, since what is
        known of an address is in the transaction that has its capture.
        """
        with archive_errors(self.path):
            self._connection.execute("PRAGMA synchronous = NORMAL")
        try:
            yield
        finally:
            with archive_errors(self.path):
                self._connection.execute("PRAGMA synchronous = FULL")
                self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All that is read inside is of one moment, whatever a writer does meanwhile; nothing can be stored inside."""
        if self._connection.in_transaction:
            yield
            return
        with archive_errors(self.path):
            self._connection.execute("BEGIN")
        try:
            yield
        finally:
            self._connection.execute("ROLLBACK")

    def last_change(self) -> int:
        """The number of the last change; 0 when the archive is empty."""
        with archive_errors(self.path):
            return reading.last_change(self._connection)

    def count_documents(self) -> int:
        """How many documents there are."""
        with archive_errors(self.path):
            return reading.count_documents(self._connection)

    def count_stories(self) -> int:
        """How many documents are no near copies of another one."""
        with archive_errors(self.path):
            return reading.count_stories(self._connection)

    def identities(self) -> Iterator[Identity]:
        """Each document's id, current version and last change, in the order of ids. Streams."""
        with archive_errors(self.path):
            yield from reading.identities(self._connection)

    def changes(self, since: int = 0) -> Generator[Document, None, None]:
        """The current version of each document that changed after ``since``, in order of change.

        A change is another current version, another lead, or another order of the versions in time.

        Streams: a row is in memory at a time. Ask :meth:`last_change` before, inside one :meth:`snapshot`, to know
        where to go on next time.
        """
        with archive_errors(self.path):
            yield from reading.changes(self._connection, since)

    def document(self, document_id: str, version: int | None = None) -> Document:
        """A document in its current version, or in the one named; raises :class:`UnknownDocumentId`."""
        with archive_errors(self.path):
            return reading.document(self._connection, document_id, version)

    def history(self, document_id: str) -> tuple[Presence, ...]:
        """When which version was present, oldest capture first; raises :class:`UnknownDocumentId`."""
        with archive_errors(self.path):
            return reading.history(self._connection, document_id)

    def sightings(self, document_id: str) -> tuple[Sighting, ...]:
        """The moments at which a document was seen, each with its version, in the order of time.

        Where captures of different versions overlap (a web archive was loaded later), this is their order.
        Raises :class:`UnknownDocumentId`.
        """
        with archive_errors(self.path):
            found = reading.sightings(self._connection, document_id)
        if not found:
            raise UnknownDocumentId(document_id)
        return found

    def urls(self) -> Iterator[tuple[str, str]]:
        """Id and web address of all documents that have one, past addresses too. Streams."""
        with archive_errors(self.path):
            yield from reading.urls(self._connection)

    def versions(self, document_id: str) -> tuple[Document, ...]:
        """Every version of a document, by number (the order of storing); raises :class:`UnknownDocumentId`."""
        with archive_errors(self.path):
            return reading.versions(self._connection, document_id)

    def documents_with_history(self) -> frozenset[str]:
        """Ids of the documents that have more than one version."""
        with archive_errors(self.path):
            return reading.with_history(self._connection)

    def retitled_documents(self) -> frozenset[str]:
        """Ids of the documents whose versions don't all have one title."""
        with archive_errors(self.path):
            return reading.retitled(self._connection)

    def story(self, document_id: str) -> tuple[str, ...]:
        """Ids of a document and all its near copies, the lead first; raises :class:`UnknownDocumentId`."""
        with archive_errors(self.path):
            return reading.story(self._connection, document_id)

    def body(self, digest: str) -> bytes:
        """The bytes of a capture, by their SHA-256 in hex; ``KeyError`` if no capture has them."""
        with archive_errors(self.path):
            return reading.body(self._connection, digest)

    def coverage(self) -> tuple[SourceRecord, ...]:
        """What the archive holds of each source, by name of the source."""
        with archive_errors(self.path):
            return coverage.coverage(self._connection)

    def crawls(self) -> tuple[CrawlRecord, ...]:
        """What became of the latest crawl of each source that was crawled, by name of the source."""
        with archive_errors(self.path):
            return crawls.crawls(self._connection)

    def check(self) -> list[str]:
        """What is broken in the file, a line each; empty when it is sound. Reads everything."""
        with archive_errors(self.path):
            return soundness.check(self._connection)
