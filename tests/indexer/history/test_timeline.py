"""When which version was there, and how it is told."""

from __future__ import annotations

import pytest

from crawler import UnknownDocumentId
from indexer.history.timeline import clock, clock_of, last_two, order_of_versions, stays
from tests.indexer.history.conftest import on, put


def told(archive) -> list[str]:
    found = stays(archive, "policy")
    return [f"{stay.version}: {stay.told(clock_of(found))}" for stay in found]


def test_a_version_is_present_from_its_first_capture_to_its_last(archive):
    for day in ("2015-03-01", "2015-04-01", "2015-05-01"):
        put(archive, day, "One.")
    assert told(archive) == ["1: present from 2015-03-01 to 2015-05-01"]


def test_a_version_captured_once_is_present_on_a_day(archive):
    put(archive, "2015-03-01", "One.")
    assert told(archive) == ["1: present on 2015-03-01"]


def test_a_version_that_came_back_has_two_stays(archive):
    for day, text in (("2015-03-01", "One."), ("2015-04-01", "Two."), ("2015-05-01", "One.")):
        put(archive, day, text)
    assert [stay.version for stay in stays(archive, "policy")] == [1, 2, 1]


def test_an_absence_stands_between_the_captures_around_it(archive):
    put(archive, "2015-03-01", "One.")
    archive.note_absence("policy", on("2015-03-20"), 404)
    archive.note_absence("policy", on("2015-04-01"), 410)
    put(archive, "2015-05-01", "One.")
    assert told(archive) == [
        "1: present on 2015-03-01",
        "None: absent from 2015-03-20 to 2015-04-01 (HTTP 404)",
        "1: present on 2015-05-01",
    ]


def test_a_web_archive_loaded_later_cuts_a_stay_in_two(archive):
    for day, text in (("2015-03-01", "One."), ("2015-05-01", "One."), ("2015-04-01", "Two.")):
        put(archive, day, text)
    assert told(archive) == ["1: present on 2015-03-01", "2: present on 2015-04-01", "1: present on 2015-05-01"]


def test_the_last_two_versions_are_those_of_the_latest_captures_whatever_their_numbers(archive):
    for day, text in (("2015-05-01", "New."), ("2015-03-01", "Old."), ("2015-04-01", "Middle.")):
        put(archive, day, text)
    assert last_two(archive, "policy") == (3, 1)


def test_an_absence_is_no_version(archive):
    put(archive, "2015-03-01", "One.")
    archive.note_absence("policy", on("2015-04-01"), 404)
    put(archive, "2015-05-01", "One.")
    assert last_two(archive, "policy") is None
    assert order_of_versions(stays(archive, "policy")) == [1]


def test_an_unknown_document_is_told(archive):
    with pytest.raises(UnknownDocumentId):
        stays(archive, "nope")


def test_moments_of_one_day_are_told_apart_by_their_time():
    noon = on("2015-03-01")
    for other, shown in (
        (noon.replace(month=4), "2015-03-01"),
        (noon.replace(minute=5), "2015-03-01 12:00 UTC"),
        (noon.replace(second=5), "2015-03-01 12:00:00 UTC"),
        (noon.replace(microsecond=5), "2015-03-01 12:00:00.000000 UTC"),
    ):
        assert clock([noon, other, noon])(noon) == shown


def test_moments_of_several_documents_have_one_precision_that_of_the_closest_of_one():
    noon = on("2015-03-01")
    shown = clock([noon, noon.replace(month=4)], [noon.replace(second=5), noon.replace(minute=5)])
    assert shown(noon) == "2015-03-01 12:00 UTC"
