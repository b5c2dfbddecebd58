"""Changes, documents and coverage."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler import Archive, UnknownDocumentId


def _ids(archive: Archive, since: int = 0) -> list[str]:
    return [document.id for document in archive.changes(since)]


def test_an_empty_archive_has_no_change(archive):
    assert (archive.last_change(), archive.count_documents(), _ids(archive)) == (0, 0, [])


def test_changes_come_in_the_order_of_change(archive, put):
    for name in ("b", "a", "c"):
        put(archive, id=name)
    put(archive, "Changed.", id="b")
    assert _ids(archive) == ["a", "c", "b"]


def test_changes_since_a_number_are_only_the_later_ones(archive, put):
    put(archive, id="a")
    put(archive, id="b")
    since = archive.last_change()
    put(archive, "Changed.", id="a")
    assert _ids(archive, since) == ["a"]


def test_changes_show_the_current_version(archive, put):
    put(archive, "First.")
    put(archive, "Second.")
    assert [(document.version, document.paragraphs) for document in archive.changes()] == [(2, ("Second.",))]


def test_the_number_of_the_last_change_grows_with_each_change(archive, put):
    seen = []
    for text in ("First.", "Second.", "First."):
        put(archive, text)
        seen.append(archive.last_change())
    assert seen == [1, 2, 3]


def test_changes_can_be_left_half_read(archive, put):
    for name in ("a", "b"):
        put(archive, id=name)
    half_read = archive.changes()
    next(half_read)
    half_read.close()
    put(archive, id="c")
    assert archive.count_documents() == 3


def test_a_snapshot_does_not_see_what_is_stored_meanwhile(archive, archive_path, put):
    put(archive, id="a")
    with Archive.open(archive_path) as reader:
        with reader.snapshot():
            last = reader.last_change()
            put(archive, id="b")
            assert (_ids(reader), last) == (["a"], 1)
        assert _ids(reader, last) == ["b"]


def test_an_unknown_id_is_told(archive):
    with pytest.raises(UnknownDocumentId, match='no document "nope" in the archive'):
        archive.document("nope")


def test_an_unknown_version_is_told(archive, put):
    put(archive)
    with pytest.raises(UnknownDocumentId, match='no version 2 of document "d1"'):
        archive.document("d1", version=2)


def test_the_history_of_an_unknown_id_is_told(archive):
    with pytest.raises(UnknownDocumentId):
        archive.history("nope")


def test_the_sightings_of_an_unknown_id_are_told(archive):
    with pytest.raises(UnknownDocumentId):
        archive.sightings("nope")


def test_all_versions_come_by_number_whichever_is_current(archive, put):
    for text in ("First.", "Second.", "First."):
        put(archive, text)
    assert [(each.version, each.paragraphs) for each in archive.versions("d1")] == [(1, ("First.",)), (2, ("Second.",))]


def test_the_versions_of_an_unknown_id_are_told(archive):
    with pytest.raises(UnknownDocumentId, match='no document "nope"'):
        archive.versions("nope")


def test_documents_with_history_have_more_than_one_version(archive, put):
    put(archive, "First.", id="a")
    put(archive, "Second.", id="a")
    put(archive, "First.", id="b")
    put(archive, "First.", id="b", body=b"other markup")
    assert archive.documents_with_history() == {"a"}


def test_unknown_bytes_are_a_key_error(archive):
    with pytest.raises(KeyError):
        archive.body("00" * 32)


def test_an_empty_archive_covers_nothing(archive):
    assert archive.coverage() == ()


def test_coverage_counts_captures_documents_and_versions_by_source(archive, put):
    put(archive, "First.", id="a")
    put(archive, "Second.", id="a")
    put(archive, "First.", id="a")
    put(archive, id="b")
    put(archive, id="c", source="news")
    found = {record.name: (record.captures, record.documents, record.versions) for record in archive.coverage()}
    assert found == {"papers": (4, 2, 3), "news": (1, 1, 1)}


def test_coverage_tells_dates_as_they_are_known(archive, put):
    put(archive, id="a", date="2008")
    put(archive, id="b", date="2010-05")
    put(archive, id="c", date="2008-01-01")
    put(archive, id="d", date=None)
    (record,) = archive.coverage()
    assert (record.first, record.last, record.undated) == ("2008", "2010-05", 1)


def test_coverage_of_undated_documents_has_no_dates(archive, put):
    put(archive, date=None)
    (record,) = archive.coverage()
    assert (record.first, record.last, record.undated) == (None, None, 1)


def test_coverage_is_about_current_versions(archive, put):
    put(archive, date=None)
    put(archive, date="2008-11-05", body=b"dated")
    (record,) = archive.coverage()
    assert (record.undated, record.first) == (0, "2008-11-05")


def test_coverage_tells_when_a_source_was_last_seen_even_if_unchanged(archive, put):
    put(archive)
    put(archive, minutes=7)
    assert archive.coverage()[0].last_captured_at == datetime(2024, 5, 1, 12, 7, tzinfo=UTC)


def test_urls_are_those_of_all_versions_once(archive, put):
    put(archive, id="b")
    put(archive, id="a", url="https://a.example/old")
    put(archive, "Changed.", id="a", url="https://a.example/new", minutes=1)
    put(archive, "Changed again.", id="a", url="https://a.example/new", minutes=2)
    assert list(archive.urls()) == [("a", "https://a.example/new"), ("a", "https://a.example/old")]
