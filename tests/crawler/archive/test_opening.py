"""Opening: what is an archive, what isn't, and what SQLite's errors become."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from crawler import Archive, ArchiveError, ArchiveMissing
from crawler.archive import connection as border
from crawler.archive.connection import archive_errors, connect
from crawler.archive.schema import APPLICATION_ID, SCHEMA


def _pragma(path: Path, name: str) -> object:
    database = sqlite3.connect(path)
    try:
        return database.execute(f"PRAGMA {name}").fetchone()[0]
    finally:
        database.close()


def _execute(path: Path, *statements: str) -> None:
    database = sqlite3.connect(path)
    try:
        for statement in statements:
            database.execute(statement)
        database.commit()
    finally:
        database.close()


def test_a_missing_archive_is_told(archive_path):
    with pytest.raises(ArchiveMissing, match="load documents first"):
        Archive.open(archive_path)
    assert not archive_path.parent.exists()


def test_create_makes_the_folder_and_the_archive(archive_path):
    with Archive.open(archive_path, create=True) as archive:
        assert archive.count_documents() == 0
    assert (_pragma(archive_path, "application_id"), _pragma(archive_path, "user_version")) == (APPLICATION_ID, SCHEMA)


def test_an_archive_keeps_its_id_and_its_documents(archive_path, put):
    with Archive.open(archive_path, create=True) as archive:
        put(archive)
        first = archive.id
    with Archive.open(archive_path) as archive:
        assert (archive.id, archive.count_documents()) == (first, 1)
    assert len(first) == 32


def test_each_archive_has_an_id_of_its_own(tmp_path):
    with Archive.open(tmp_path / "a", create=True) as one, Archive.open(tmp_path / "b", create=True) as other:
        assert one.id != other.id


def test_an_archive_is_written_ahead(archive, archive_path):
    assert _pragma(archive_path, "journal_mode") == "wal"


def test_rows_hold_together_and_commits_wait_for_the_disk(archive, archive_path):
    database = connect(archive_path, create=False)
    try:
        found = [database.execute(f"PRAGMA {name}").fetchone()[0] for name in ("foreign_keys", "synchronous")]
    finally:
        database.close()
    full = 2
    assert found == [1, full]


def test_a_file_that_is_no_database_is_refused_and_left_alone(write):
    path = write("archive.sqlite", "Dear diary, " * 200)
    with pytest.raises(ArchiveError, match="not an archive of Concord"):
        Archive.open(path, create=True)
    assert path.read_text() == "Dear diary, " * 200


def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "bookmarks.sqlite"
    _execute(path, "CREATE TABLE bookmarks (url TEXT)")
    before = path.read_bytes()
    with pytest.raises(ArchiveError, match="not an archive of Concord"):
        Archive.open(path, create=True)
    assert path.read_bytes() == before


def test_an_archive_of_a_newer_concord_is_refused(archive_path):
    Archive.open(archive_path, create=True).close()
    _execute(archive_path, f"PRAGMA user_version = {SCHEMA + 1}")
    with pytest.raises(ArchiveError, match=r"newer Concord .* update Concord"):
        Archive.open(archive_path)


def test_an_empty_file_left_by_a_crash_becomes_an_archive(write):
    path = write("archive.sqlite", "")
    with Archive.open(path, create=True) as archive:
        assert archive.check() == []


def test_an_empty_file_is_no_archive_yet_for_a_reader(write):
    with pytest.raises(ArchiveMissing):
        Archive.open(write("archive.sqlite", ""))


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(ArchiveError, match="it is a folder"):
        Archive.open(tmp_path, create=True)


def test_a_folder_that_cannot_be_made_is_told(write):
    blocker = write("data", "a file where the folder should be")
    with pytest.raises(ArchiveError, match="folder can't be made"):
        Archive.open(blocker / "archive.sqlite", create=True)


def test_a_sound_archive_checks_clean(archive, put):
    put(archive)
    assert archive.check() == []


def test_a_missing_row_is_found_by_the_check(archive, archive_path, put):
    put(archive)
    _execute(archive_path, "DELETE FROM bodies")
    assert archive.check() == ["a row of captures points at a missing row of bodies"]


def test_a_damaged_archive_is_told(archive_path, put):
    with Archive.open(archive_path, create=True) as archive:
        for number in range(50):
            put(archive, f"Text {number}. " * 300, id=f"d{number}")
    with archive_path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (archive_path.stat().st_size - 4096))
    with pytest.raises(ArchiveError, match="damaged"), Archive.open(archive_path) as archive:
        list(archive.changes())


def test_a_full_disk_is_told_and_what_was_stored_before_stays(archive_path):
    Archive.open(archive_path, create=True).close()
    database = connect(archive_path, create=False)
    try:
        pages = database.execute("PRAGMA page_count").fetchone()[0]
        database.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(ArchiveError, match="disk is full"), archive_errors(archive_path):
            database.execute("INSERT INTO meta VALUES ('big', ?)", ("x" * 100_000,))
    finally:
        database.close()
    with Archive.open(archive_path) as archive:
        assert archive.check() == []


def test_the_use_of_a_closed_archive_is_a_bug_and_no_archive_error(archive_path):
    archive = Archive.open(archive_path, create=True)
    archive.close()
    with pytest.raises(sqlite3.ProgrammingError):
        archive.last_change()


def test_a_second_writer_is_told_that_another_process_is_writing(archive, archive_path, put, monkeypatch):
    monkeypatch.setattr(border, "BUSY_TIMEOUT_S", 0.05)
    with Archive.open(archive_path) as second, archive.batch():
        put(archive)
        with pytest.raises(ArchiveError, match="another process is writing"):
            put(second, id="d2")


def test_a_reader_sees_the_last_committed_state_while_a_batch_is_open(archive, archive_path, put):
    put(archive)
    with archive.batch(), Archive.open(archive_path) as reader:
        put(archive, id="d2")
        assert reader.count_documents() == 1


def test_an_archive_can_be_read_from_another_thread(archive, put):
    put(archive)
    found: list[int] = []
    thread = threading.Thread(target=lambda: found.append(archive.count_documents()))
    thread.start()
    thread.join()
    assert found == [1]
