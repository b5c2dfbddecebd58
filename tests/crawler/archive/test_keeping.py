"""What a crawl tells the archive beside new captures."""

from __future__ import annotations

from datetime import timedelta

from crawler import Capture
from tests.crawler.conftest import NOON

LATER = NOON + timedelta(days=1)


def test_a_confirmation_moves_the_time_of_the_latest_capture(archive, put):
    put(archive, id="d1")
    assert archive.confirm("d1", LATER)
    (presence,) = archive.history("d1")
    assert (presence.captured_at, presence.confirmed_at) == (NOON, LATER)


def test_a_confirmation_with_other_bytes_confirms_nothing(archive, put):
    put(archive, "One.", id="d1")
    assert not archive.confirm("d1", LATER, b"Two.")
    assert archive.confirm("d1", LATER, b"One.")


def test_a_document_is_found_by_its_address(archive, put):
    put(archive, id="d1", address="http://h/1")
    assert archive.find("papers", "http://h/1") == "d1"
    assert archive.find("papers", "http://h/2") is None


def test_a_capture_that_could_not_be_read_is_kept(archive):
    capture = Capture("papers", "http://h/1", NOON, b"%PDF broken", "application/pdf")
    archive.keep_unread(capture, "no text")
    archive.keep_unread(capture, "still no text")
    rows = archive._connection.execute("SELECT address, reason FROM unread").fetchall()
    assert rows == [("http://h/1", "still no text")]
    assert archive.check() == []


def test_an_absence_is_noted_and_the_document_stays(archive, put):
    put(archive, id="d1")
    archive.note_absence("d1", LATER, 410)
    assert [(absence.noted_at, absence.status) for absence in archive.absences("d1")] == [(LATER, 410)]
    assert archive.document("d1").title == "A title"
