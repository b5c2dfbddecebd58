"""Captures that arrive out of order: the latest one says what a document is now."""

from __future__ import annotations

from crawler import Outcome


def _told(archive) -> list[tuple[str, int, int]]:
    return [
        (archive.document("d1", each.version).paragraphs[0], each.captured_at.minute, each.confirmed_at.minute)
        for each in archive.history("d1")
    ]


def test_an_older_capture_does_not_change_what_is_current(archive, put):
    put(archive, "New.", minutes=5)
    assert put(archive, "Old.", minutes=1) is Outcome.UNCHANGED
    assert archive.document("d1").paragraphs == ("New.",)


def _changes_by(archive, store) -> list[str]:
    since = archive.last_change()
    store()
    return [document.id for document in archive.changes(since)]


def test_an_older_capture_of_a_new_version_is_a_change(archive, put):
    put(archive, "New.", minutes=5)
    assert _changes_by(archive, lambda: put(archive, "Old.", minutes=1)) == ["d1"]


def test_an_older_capture_of_a_known_version_is_a_change_where_it_came_back(archive, put):
    for text, minute in (("Old.", 1), ("New.", 9)):
        put(archive, text, minutes=minute)
    put(archive, "Other.", minutes=5)
    assert _changes_by(archive, lambda: put(archive, "Old.", minutes=7)) == ["d1"]


def test_an_older_capture_that_leaves_the_order_of_versions_is_no_change(archive, put):
    for text, minute in (("Old.", 1), ("New.", 9)):
        put(archive, text, minutes=minute)
    assert _changes_by(archive, lambda: put(archive, "Old.", minutes=4)) == []
    assert _changes_by(archive, lambda: put(archive, "New.", minutes=7, body=b"other markup")) == []


def test_sightings_of_captures_that_overlap_are_in_the_order_of_time(archive, put):
    put(archive, "Same.", minutes=1)
    put(archive, "Same.", minutes=9)
    put(archive, "Other.", minutes=5)
    assert [(each.moment.minute, each.version) for each in archive.sightings("d1")] == [(1, 1), (5, 2), (9, 1)]


def test_a_version_that_ends_at_a_moment_comes_before_one_that_begins_then(archive, put):
    for text, minute in (("Old.", 1), ("Old.", 5), ("New.", 5), ("New.", 9)):
        put(archive, text, minutes=minute)
    assert [each.version for each in archive.sightings("d1")] == [1, 1, 2, 2]


def test_history_is_in_the_order_of_time(archive, put):
    for text, minute in (("New.", 5), ("Old.", 1), ("Middle.", 3)):
        put(archive, text, minutes=minute)
    assert _told(archive) == [("Old.", 1, 1), ("Middle.", 3, 3), ("New.", 5, 5)]


def test_a_newer_capture_is_current_after_an_older_one_came_in(archive, put):
    for text, minute in (("New.", 5), ("Old.", 1)):
        put(archive, text, minutes=minute)
    assert put(archive, "Newest.", minutes=9) is Outcome.CHANGED
    assert archive.document("d1").paragraphs == ("Newest.",)


def test_the_same_older_capture_twice_adds_nothing(archive, put):
    for text, minute in (("New.", 5), ("Old.", 1), ("Old.", 1)):
        put(archive, text, minutes=minute)
    assert len(archive.history("d1")) == 2


def test_an_older_capture_of_the_current_text_shows_that_it_was_there_before(archive, put):
    put(archive, "Same.", minutes=5)
    put(archive, "Same.", minutes=1)
    assert _told(archive) == [("Same.", 1, 1), ("Same.", 5, 5)]


def test_a_capture_between_two_moments_of_the_same_text_changes_nothing_now(archive, put):
    put(archive, "Same.", minutes=1)
    put(archive, "Same.", minutes=9)
    put(archive, "Other.", minutes=5)
    assert archive.document("d1").paragraphs == ("Same.",)


def test_an_older_capture_confirms_the_one_before_it(archive, put):
    for text, minute in (("Old.", 1), ("New.", 9), ("Old.", 4)):
        put(archive, text, minutes=minute)
    assert _told(archive) == [("Old.", 1, 4), ("New.", 9, 9)]
