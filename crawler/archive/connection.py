"""Opening the archive's file, and what SQLite's errors mean to the people who read them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crawler.archive import schema
from crawler.errors import ArchiveError, ArchiveMissing

BUSY_TIMEOUT_S = 5.0
"""How long a writer waits for another one: longer than a batch takes, shorter than a person's patience."""

_REASONS = {
    "SQLITE_BUSY": "another process is writing to it: try again when it has finished",
    "SQLITE_LOCKED": "another process is writing to it: try again when it has finished",
    "SQLITE_FULL": "the disk is full: make room and run the command again; nothing that was stored is lost",
    "SQLITE_READONLY": "it can't be written: check the permissions of the file and its folder",
    "SQLITE_CANTOPEN": "it can't be opened: check that its folder is there and may be written",
    "SQLITE_PERM": "it can't be opened: check the permissions of the file and its folder",
    "SQLITE_CORRUPT": "it is damaged: restore it from a backup, or move it away and load the documents again",
    "SQLITE_IOERR": "reading or writing the disk failed: check the disk",
}


@contextmanager
def archive_errors(path: Path) -> Iterator[None]:
    """Translate SQLite's errors into :class:`ArchiveError`."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        name = getattr(error, "sqlite_errorname", None) or ""
        if name == "SQLITE_NOTADB":
            raise schema.not_an_archive(path) from error
        for start, reason in _REASONS.items():
            if name.startswith(start):
                raise ArchiveError(path, reason) from error
        if isinstance(error, sqlite3.ProgrammingError):
            raise  # a bug of ours, such as the use of a closed archive
        raise ArchiveError(path, f"SQLite says: {error}") from error


def connect(path: Path, *, create: bool) -> sqlite3.Connection:
    """A connection to the archive at ``path``, in today's schema; transactions are begun by hand.

    Raises :class:`ArchiveMissing` where there is none and ``create`` is off, :class:`ArchiveError` where the file can't
    be used.
    """
    if path.is_dir():
        raise ArchiveError(path, "it is a folder: name a file under [archive] path in config.toml")
    if create:
        _make_folder(path)
    elif not path.exists():
        raise ArchiveMissing(path)
    with archive_errors(path):
        uri = f"{path.absolute().as_uri()}?mode={'rwc' if create else 'rw'}"
        # Serialized SQLite (the default build) may be read from several threads; only one of them writes.
        connection = sqlite3.connect(
            uri, uri=True, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False
        )
        try:
            _prepare(connection, path, create=create)
        except BaseException:
            connection.close()
            raise
        return connection


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveError(path, f"its folder can't be made: {error.strerror}") from error


def _prepare(connection: sqlite3.Connection, path: Path, *, create: bool) -> None:
    if schema.is_blank(connection):
        if not create:
            raise ArchiveMissing(path)
        connection.execute("PRAGMA journal_mode = WAL")
    else:
        schema.verify(connection, path)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    schema.migrate(connection)
