"""What storing a capture does to its document."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler import Archive, Capture, DuplicateDocument, Outcome, Record


def test_a_first_capture_makes_a_new_document(archive, put):
    assert put(archive) is Outcome.NEW
    document = archive.document("d1")
    assert (document.paragraphs, document.version, document.source) == (("One.", "Two."), 1, "papers")


def test_all_fields_of_a_record_come_back(archive, put):
    put(archive, url="https://example.org/a", title="Extradición – 引渡", language="es", date="2008-11", minutes=3)
    document = archive.document("d1")
    assert (document.url, document.title, document.language) == ("https://example.org/a", "Extradición – 引渡", "es")
    assert (str(document.date), document.date.basis) == ("2008-11", "given")
    assert document.captured_at == datetime(2024, 5, 1, 12, 3, tzinfo=UTC)


def test_the_same_bytes_again_add_nothing(archive, put):
    put(archive)
    assert put(archive, minutes=5) is Outcome.UNCHANGED
    assert len(archive.history("d1")) == 1
    assert archive.last_change() == 1


def test_the_same_bytes_again_confirm_that_the_version_is_still_there(archive, put):
    put(archive)
    put(archive, minutes=5)
    (presence,) = archive.history("d1")
    assert (presence.captured_at.minute, presence.confirmed_at.minute) == (0, 5)


@pytest.mark.parametrize(
    "other",
    [
        {"text": "One.\n\nThree."},
        {"title": "Another title", "body": b"1"},
        {"date": "2008", "body": b"1"},
        {"date": None, "body": b"1"},
        {"language": "fr", "body": b"1"},
        {"url": "https://example.org/", "body": b"1"},
    ],
)
def test_another_record_is_a_new_version(archive, put, other):
    put(archive)
    assert put(archive, **other) is Outcome.CHANGED
    assert archive.document("d1").version == 2


def test_other_bytes_with_the_same_record_are_a_capture_and_no_version(archive, put):
    put(archive)
    assert put(archive, body=b"the same text, other markup", minutes=5) is Outcome.UNCHANGED
    assert [presence.version for presence in archive.history("d1")] == [1, 1]
    assert archive.last_change() == 1


def test_the_same_bytes_read_in_another_way_change_the_document(archive, put):
    put(archive, language=None)
    assert put(archive, language="en", minutes=5) is Outcome.CHANGED
    assert archive.document("d1").language == "en"


def test_a_text_that_comes_back_is_current_again_under_its_old_number(archive, put):
    put(archive, "First.")
    put(archive, "Second.", minutes=1)
    assert put(archive, "First.", minutes=2) is Outcome.CHANGED
    document = archive.document("d1")
    assert (document.version, document.paragraphs, document.captured_at.minute) == (1, ("First.",), 2)
    assert [presence.version for presence in archive.history("d1")] == [1, 2, 1]


def test_an_earlier_version_can_still_be_read(archive, put):
    put(archive, "First.")
    put(archive, "Second.", minutes=1)
    document = archive.document("d1", version=1)
    assert (document.paragraphs, document.captured_at.minute) == (("First.",), 0)


def test_the_same_bytes_are_those_of_the_latest_capture(archive, put):
    put(archive, "First.")
    put(archive, "Second.", minutes=1)
    assert put(archive, "Second.", minutes=2) is Outcome.UNCHANGED
    assert len(archive.history("d1")) == 2


def test_the_bytes_of_a_capture_come_back(archive, put):
    put(archive, body=b"\x00\xff bytes")
    assert archive.body(archive.history("d1")[0].digest) == b"\x00\xff bytes"


def test_an_id_of_another_address_is_refused_and_nothing_is_written(archive, put):
    put(archive)
    with pytest.raises(DuplicateDocument, match=r'source "papers" has document "d1" from d1\.txt already'):
        put(archive, "Other.", source="news")
    assert archive.document("d1").paragraphs == ("One.", "Two.")


def test_an_address_of_another_id_is_refused(archive, put):
    put(archive)
    with pytest.raises(DuplicateDocument, match='has document "d1"'):
        put(archive, id="d2", address="d1.txt")


def test_a_refused_document_leaves_the_batch_around_it_whole(archive, put):
    with archive.batch():
        put(archive)
        with pytest.raises(DuplicateDocument):
            put(archive, source="news")
        put(archive, id="d2")
    assert archive.count_documents() == 2


def _put_and_fail(archive, put):
    with archive.batch():
        put(archive)
    raise RuntimeError


def test_a_batch_that_fails_is_undone_and_so_are_the_batches_in_it(archive, put):
    with pytest.raises(RuntimeError), archive.batch():
        _put_and_fail(archive, put)
    assert archive.count_documents() == 0


def test_a_moment_without_a_time_zone_is_refused(archive: Archive):
    capture = Capture("papers", "a.txt", datetime(2024, 5, 1), b"", "text/plain")
    with pytest.raises(ValueError, match="time zone"):
        archive.store(capture, Record("d1", None, "Title", (), None, None))
