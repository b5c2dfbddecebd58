"""Near copies in the archive: which document leads, and what becomes of a story when its documents change."""

from __future__ import annotations

import contextlib
import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from crawler import Archive

Store = Callable[..., None]


def prose(seed: int, words: int = 300) -> str:
    return " ".join(random.Random(seed).choices([f"w{number}" for number in range(5000)], k=words))


STORY, OTHER = prose(1), prose(2)


@pytest.fixture
def store(archive: Archive, put: Callable[..., object]) -> Store:
    """Store a document by id and text, each at a source of its own."""
    return lambda id_, text, **record: put(archive, text, id=id_, **({"source": id_} | record))


def leads(archive: Archive) -> dict[str, str | None]:
    return {document.id: document.lead for document in sorted(archive.changes(), key=lambda each: each.id)}


def test_the_first_document_stored_leads_and_the_others_hang_under_it(archive: Archive, store: Store):
    for id_ in ("b", "a", "c"):
        store(id_, STORY)
    store("d", OTHER)
    assert leads(archive) == {"a": "b", "b": None, "c": "b", "d": None}


def test_stories_are_counted(archive: Archive, store: Store):
    for id_, text in {"a": STORY, "b": STORY, "c": OTHER}.items():
        store(id_, text)
    assert (archive.count_documents(), archive.count_stories()) == (3, 2)


def test_a_copy_hangs_under_the_lead_that_it_is_most_like(archive: Archive, store: Store):
    parts = [prose(seed, 100) for seed in range(5)]
    store("long", "\n\n".join(parts))
    store("other half", "\n\n".join([*parts[:2], *(prose(seed, 100) for seed in range(10, 13))]))
    store("short", "\n\n".join(parts[:4]))
    assert leads(archive)["short"] == "long"


def test_one_page_under_two_ids_is_no_copy_of_itself(archive: Archive, store: Store):
    store("a", STORY, source="wire", url="https://wire.example/1")
    store("b", STORY, source="wire", url="https://wire.example/1")
    assert leads(archive) == {"a": None, "b": None}


def test_two_pages_of_one_source_can_be_copies(archive: Archive, store: Store):
    store("a", STORY, source="wire", url="https://wire.example/1")
    store("b", STORY, source="wire", url="https://wire.example/1/print")
    assert leads(archive) == {"a": None, "b": "a"}


@pytest.mark.parametrize(
    ("second", "lead"),
    [
        ({}, "a"),
        ({"date": "2008-11-06"}, None),
        ({"source": "a"}, None),
        ({"title": "Another title"}, None),
    ],
)
def test_a_short_notice_is_a_copy_only_on_its_day_at_another_source(
    archive: Archive, store: Store, second: dict[str, str], lead: str | None
):
    store("a", "The office is closed.")
    store("b", "The office is closed.", **second)
    assert leads(archive)["b"] == lead


@pytest.mark.parametrize(("source", "lead"), [("ministry", None), ("wire", "a")])
def test_a_notice_that_its_source_words_alike_on_another_day_is_no_copy(
    archive: Archive, store: Store, source: str, lead: str | None
):
    notice = prose(1, 100)
    store("a", notice, source="ministry", date="2008-11-05")
    store("b", notice, source=source, date="2008-11-06")
    assert leads(archive)["b"] == lead


def test_a_document_without_text_is_no_copy(archive: Archive, store: Store):
    store("a", "…")
    store("b", "…")
    assert leads(archive) == {"a": None, "b": None}


def test_a_copy_that_becomes_another_text_leaves_the_story(archive: Archive, store: Store):
    store("a", STORY)
    store("b", STORY)
    store("b", OTHER, minutes=1)
    assert leads(archive) == {"a": None, "b": None}


def test_a_copy_that_left_can_lead(archive: Archive, store: Store):
    store("a", STORY)
    store("b", STORY)
    store("b", OTHER, minutes=1)
    store("c", OTHER)
    assert leads(archive)["c"] == "b"


def test_copies_of_a_lead_that_becomes_another_text_find_a_lead_among_themselves(archive: Archive, store: Store):
    for id_ in ("a", "b", "c"):
        store(id_, STORY)
    store("a", OTHER, minutes=1)
    assert leads(archive) == {"a": None, "b": None, "c": "b"}


def test_a_lead_that_becomes_the_text_of_another_story_goes_under_its_lead(archive: Archive, store: Store):
    for id_, text in {"a": STORY, "b": STORY, "c": OTHER}.items():
        store(id_, text)
    store("a", OTHER, minutes=1)
    assert leads(archive) == {"a": "c", "b": None, "c": None}


def test_a_lead_that_is_corrected_keeps_its_copies(archive: Archive, store: Store):
    store("a", STORY)
    store("b", STORY)
    store("a", f"{STORY} Corrected.", minutes=1)
    assert leads(archive) == {"a": None, "b": "a"}


def test_a_document_whose_lead_changes_is_among_the_changes(archive: Archive, store: Store):
    store("a", STORY)
    store("b", STORY)
    since = archive.last_change()
    store("a", OTHER, minutes=1)
    assert [document.id for document in archive.changes(since)] == ["a", "b"]


def test_a_new_copy_is_one_change(archive: Archive, store: Store):
    store("a", STORY)
    store("b", STORY)
    assert archive.last_change() == 2


def test_an_undone_batch_leaves_no_trace_of_its_stories(archive: Archive, store: Store):
    with contextlib.suppress(RuntimeError), archive.batch():
        store("a", STORY)
        raise RuntimeError("stop")
    store("b", STORY)
    assert leads(archive) == {"b": None}


def test_an_archive_of_unsigned_documents_is_signed_at_the_next_document(
    archive: Archive, archive_path: Path, store: Store
):
    for id_ in ("b", "a"):
        store(id_, STORY)
    with sqlite3.connect(archive_path) as connection:
        connection.executescript("DELETE FROM bands; DELETE FROM signatures; DELETE FROM meta WHERE key != 'id';")
        connection.execute("UPDATE documents SET lead = NULL")
    connection.close()
    since = archive.last_change()
    store("c", OTHER)
    assert leads(archive) == {"a": "b", "b": None, "c": None}
    assert {document.id for document in archive.changes(since)} == {"a", "c"}


def test_signatures_of_another_method_are_made_anew_and_stories_keep_their_leads(
    archive: Archive, archive_path: Path, store: Store
):
    for id_ in ("b", "a"):
        store(id_, STORY)
    with sqlite3.connect(archive_path) as connection:
        connection.execute("UPDATE signatures SET signature = zeroblob(512)")
        connection.execute("UPDATE meta SET value = 'another' WHERE key = 'signatures'")
    connection.close()
    store("c", STORY)
    assert leads(archive) == {"a": "b", "b": None, "c": "b"}


def test_the_archive_stays_sound_through_all_changes(archive: Archive, store: Store):
    chance = random.Random(3)
    for step in range(60):
        store(chance.choice("abcdef"), prose(chance.choice([1, 2, 3])), minutes=step)
        found = leads(archive)
        assert all(lead is None or found[lead] is None for lead in found.values())
    assert archive.check() == []
