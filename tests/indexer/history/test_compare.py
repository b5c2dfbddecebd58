"""What changed between two versions, and between two documents."""

from __future__ import annotations

import pytest

from crawler import UnknownDocumentId
from indexer.errors import UnknownVersion
from indexer.history import StepKind, compare, diff
from indexer.history.timeline import clock_of
from tests.indexer.history.conftest import on, put

TEXT = "The ministers met in Lima.\n\nThey signed an agreement on three ports.\n\nA committee meets every year."
CHANGED = TEXT.replace("three", "four")


def kinds(found) -> list[str]:
    return [step.kind.value for step in found.steps]


def test_the_last_two_versions_in_time_are_compared(archive):
    for day, text in (("2015-05-01", CHANGED), ("2015-03-01", "Nothing of it."), ("2015-04-01", TEXT)):
        put(archive, day, text)
    found = diff(archive, "policy")
    assert (found.older.document.version, found.newer.document.version) == (3, 1)
    assert kinds(found) == ["equal", "reworded", "equal"]


def test_a_version_that_came_back_is_compared_with_the_one_between(archive):
    for day, text in (("2015-03-01", TEXT), ("2015-04-01", CHANGED), ("2015-05-01", TEXT)):
        put(archive, day, text)
    found = diff(archive, "policy")
    assert (found.older.document.version, found.newer.document.version) == (2, 1)


def test_versions_that_are_named_are_compared_in_the_order_given(archive):
    for day, text in (("2015-03-01", TEXT), ("2015-04-01", CHANGED), ("2015-05-01", "Other.")):
        put(archive, day, text)
    found = diff(archive, "policy", 2, 1)
    assert [piece.text for piece in found.steps[1].pieces if piece.change != "same"] == ["four", "three"]


def test_one_version_has_nothing_to_compare(archive):
    put(archive, "2015-03-01", TEXT)
    assert diff(archive, "policy") is None


def test_an_unknown_version_is_told_with_those_there_are(archive):
    for day, text in (("2015-03-01", TEXT), ("2015-04-01", CHANGED)):
        put(archive, day, text)
    with pytest.raises(UnknownVersion, match=r'document "policy" has no version 5: it has 1, 2$'):
        diff(archive, "policy", 1, 5)


def test_an_unknown_document_is_told(archive):
    with pytest.raises(UnknownDocumentId):
        diff(archive, "nope")


def test_what_is_known_of_a_document_is_compared_too(archive):
    put(archive, "2015-03-01", TEXT)
    put(archive, "2015-04-01", TEXT, title="Policy on trade", date=None, language="es", author="The press office")
    found = diff(archive, "policy")
    assert [(each.name, each.old, each.new) for each in found.fields] == [
        ("title", "Policy on ports", "Policy on trade"),
        ("date", "2015-02", None),
        ("language", "en", "es"),
        ("author", None, "The press office"),
    ]
    assert found.unchanged == 3


def test_each_version_tells_when_it_was_there_and_the_document_when_it_was_not(archive):
    put(archive, "2015-03-01", TEXT)
    archive.note_absence("policy", on("2015-03-20"), 404)
    put(archive, "2015-04-01", CHANGED)
    found = diff(archive, "policy")
    assert [stay.told(clock_of([stay])) for stay in found.older.stays + found.newer.stays + found.absences] == [
        "present on 2015-03-01",
        "present on 2015-04-01",
        "absent on 2015-03-20 (HTTP 404)",
    ]


def test_two_documents_are_told_with_one_precision(archive):
    put(archive, "2015-03-01", TEXT)
    put(archive, "2015-03-01", TEXT, id="other")
    assert compare(archive, "policy", "other").clock(on("2015-03-01")) == "2015-03-01"
    put(archive, "2015-03-01", TEXT, id="other", hour=13)
    for one, two in (("policy", "other"), ("other", "policy")):
        assert compare(archive, one, two).clock(on("2015-03-01")) == "2015-03-01 12:00 UTC"


def test_moments_of_both_versions_and_of_absences_are_told_apart(archive):
    put(archive, "2015-03-01", TEXT)
    put(archive, "2015-03-02", CHANGED)
    assert diff(archive, "policy").clock(on("2015-03-01")) == "2015-03-01"
    archive.note_absence("policy", on("2015-03-02").replace(hour=13), 404)
    assert diff(archive, "policy").clock(on("2015-03-01")) == "2015-03-01 12:00 UTC"


def test_passages_are_counted_by_what_became_of_them(archive):
    put(archive, "2015-03-01", f"{TEXT}\n\nOnly here, and then no more.")
    put(archive, "2015-04-01", f"An opening that nobody had seen.\n\nAnother one, quite new.\n\n{CHANGED}")
    found = diff(archive, "policy")
    counts = {kind.value: count for kind, count in found.counts.items() if count}
    assert counts == {"equal": 2, "reworded": 1, "added": 2, "removed": 1}
    assert found.to_json()["counts"] == {
        "reworded": 1,
        "moved": 0,
        "split": 0,
        "joined": 0,
        "added": 2,
        "removed": 1,
    }


def test_of_passages_that_were_joined_each_counts(archive):
    one, other = "The ministers met in the city of Lima.", "They signed an agreement on three ports."
    put(archive, "2015-03-01", f"{one}\n\n{other}")
    put(archive, "2015-04-01", f"{one} {other}")
    assert diff(archive, "policy").counts[StepKind.JOINED] == 2


def test_the_current_texts_of_two_documents_are_compared(archive):
    put(archive, "2015-03-01", TEXT)
    put(archive, "2015-03-01", f"{CHANGED}\n\nMore.", id="policy-2016", title="Policy on ports, 2016")
    found = compare(archive, "policy", "policy-2016")
    assert kinds(found) == ["equal", "reworded", "equal", "added"]
    assert [each.name for each in found.fields] == ["title", "url"]


def test_json_leaves_out_what_is_equal_and_names_anchors(archive):
    put(archive, "2015-03-01", TEXT)
    put(archive, "2015-04-01", CHANGED)
    found = diff(archive, "policy").to_json()
    (step,) = found["steps"]
    assert (found["unchanged"], step["kind"], step["old"], step["new"]) == (2, StepKind.REWORDED, ["p2"], ["p2"])
    assert step["pieces"][1] == {"change": "removed", "text": "three"}
