"""What is known of documents from columns is what the documents themselves say."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from indexer.columnar.documents import Documents
from indexer.engines.protocol import LabelledDocument, SourceSummary
from indexer.query.nodes import DateUnknown, DateWithin, FieldIs
from tests.indexer.columnar.collection import generation_of, made

Condition = FieldIs | DateUnknown | DateWithin

DELETED = ((3, 8, 9), (), (0, 11))


@pytest.fixture(scope="module")
def entries() -> list[LabelledDocument]:
    return made(random.Random(5), 150)


@pytest.fixture(scope="module", params=["one segment", "three segments, some deleted"])
def held(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, entries: list[LabelledDocument]
) -> tuple[Documents, dict[int, LabelledDocument]]:
    """The documents of a generation, and what each live one should say."""
    folder = tmp_path_factory.mktemp("generation")
    if request.param == "one segment":
        return Documents(generation_of(folder, [entries])), dict(enumerate(entries))
    parts = [entries[:70], entries[70:110], entries[110:]]
    gone = {base + number for base, numbers in zip((0, 70, 110), DELETED, strict=True) for number in numbers}
    left = {number: entry for number, entry in enumerate(entries) if number not in gone}
    return Documents(generation_of(folder, parts, DELETED)), left


Held = tuple[Documents, dict[int, LabelledDocument]]


def story(entry: LabelledDocument) -> str:
    return entry.document.lead or entry.document.id


def test_a_row_has_what_is_known_of_a_document(held: Held) -> None:
    documents, entries = held
    for number, entry in entries.items():
        row, document = documents.row(number), entry.document
        assert row[:4] == (number, document.id, document.url or "", str(document.date or ""))
        assert row.undated if document.date is None else row.days == (document.date.first, document.date.last)
        assert (row.source, row.domains, row.language) == (
            document.source,
            entry.domain_ids,
            document.language or "und",
        )
        assert row.story == story(entry)


def test_documents_are_found_by_id_unless_they_are_deleted(held: Held) -> None:
    documents, entries = held
    numbers = {entry.document.id: number for number, entry in entries.items()}
    assert {id: documents.number(id) for id in numbers} == numbers
    assert documents.number("nobody") is None
    assert documents.count == len(entries)
    if documents.live is not None:
        assert all(documents.number(documents.id(gone)) is None for gone in np.flatnonzero(~documents.live).tolist())


def test_languages_are_those_of_documents_and_of_passages(held: Held) -> None:
    documents, entries = held
    own = {entry.document.language or "und" for entry in entries.values()}
    assert documents.languages == tuple(sorted(own))
    assert documents.read_in == tuple(sorted(own.union(*(entry.passage_languages for entry in entries.values()))))


def overlaps(entry: LabelledDocument, first: date | None, last: date | None, *, undated: bool = False) -> bool:
    published = entry.document.date
    return DateWithin(first, last).overlaps(published.first, published.last) if published else undated


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        (FieldIs("source", "mfa"), lambda entry: entry.document.source == "mfa"),
        (FieldIs("source", "nobody"), lambda entry: False),
        (FieldIs("domain", "judicial"), lambda entry: "judicial" in entry.domain_ids),
        (FieldIs("domain", "nothing"), lambda entry: False),
        (FieldIs("lang", "zh"), lambda entry: entry.document.language == "zh"),
        (FieldIs("lang", "und"), lambda entry: entry.document.language is None),
        (FieldIs("change", "bought"), lambda entry: False),
        (FieldIs("url", "BLOG"), lambda entry: "blog" in (entry.document.url or "").casefold()),
        (FieldIs("url", "*mfa*1"), lambda entry: "Mfa" in (entry.document.url or "") and ends(entry, "1")),
        (FieldIs("url", "*.html"), lambda entry: ends(entry, ".html")),
        (DateUnknown(), lambda entry: entry.document.date is None),
        (DateWithin(date(2008, 11, 5), None), lambda entry: overlaps(entry, date(2008, 11, 5), None)),
        (DateWithin(None, date(2008, 1, 1)), lambda entry: overlaps(entry, None, date(2008, 1, 1))),
        (
            DateWithin(date(2008, 11, 6), date(2009, 1, 31)),
            lambda entry: overlaps(entry, date(2008, 11, 6), date(2009, 1, 31)),
        ),
    ],
)  # fmt: skip
def test_a_condition_holds_for_the_documents_that_fit(
    held: Held, condition: Condition, holds: Callable[[LabelledDocument], bool]
) -> None:
    documents, entries = held
    found = np.flatnonzero(documents.condition(condition)).tolist()
    assert found == [number for number, entry in entries.items() if holds(entry)]


def ends(entry: LabelledDocument, end: str) -> bool:
    return (entry.document.url or "").endswith(end)


def test_undated_documents_can_fit_every_interval(held: Held) -> None:
    documents, entries = held
    first = date(2009, 1, 1)
    found = np.flatnonzero(documents.condition(DateWithin(first, None), undated_fit=True)).tolist()
    assert found == [number for number, entry in entries.items() if overlaps(entry, first, None, undated=True)]


def test_stories_are_those_of_several_live_documents(held: Held) -> None:
    documents, entries = held
    together: dict[str, set[int]] = {}
    for number, entry in entries.items():
        together.setdefault(story(entry), set()).add(number)
    told = {number: members for members in together.values() if len(members) > 1 for number in members}
    assert documents.stories.count == len({frozenset(members) for members in told.values()})
    for number in entries:
        assert set(documents.stories.members(number).tolist()) == told.get(number, {number})
    leads = [number for number in told if story(entries[number]) == entries[number].document.id]
    fronts = documents.stories.fronts[documents.numbers]
    assert documents.numbers[fronts].tolist() == sorted([*leads, *(entries.keys() - told.keys())])
    if documents.live is not None:
        assert np.all(documents.stories.of[~documents.live] == -1)


def test_a_deleted_document_may_name_a_lead_that_no_other_one_names(tmp_path: Path) -> None:
    first, second = made(random.Random(1), 2)
    gone = replace(second, document=replace(second.document, lead="elsewhere"))
    stories = Documents(generation_of(tmp_path, [[first, gone]], [(1,)])).stories
    assert (stories.count, stories.of.tolist()) == (0, [-1, -1])


def test_copies_are_told_by_date_then_id_the_undated_last(held: Held) -> None:
    documents, entries = held

    def by_date(number: int) -> tuple[bool, date, str]:
        document = entries[number].document
        return document.date is None, document.date.first if document.date else date.min, document.id

    for number in entries:
        others = [other for other in entries if story(entries[other]) == story(entries[number]) and other != number]
        assert documents.copies(number) == sorted(others, key=by_date)


def test_values_are_counted_with_their_live_documents(held: Held) -> None:
    documents, entries = held
    assert documents.values("source") == Counter(entry.document.source for entry in entries.values())
    assert documents.values("domain") == Counter(one for entry in entries.values() for one in entry.domain_ids)
    assert documents.values("lang") == Counter(entry.document.language or "und" for entry in entries.values())
    assert documents.values("title") == {}


def test_a_source_is_summed_up_by_its_first_and_last_date(held: Held) -> None:
    documents, entries = held
    found = {summary.name: summary for summary in documents.summaries}
    for source in sorted({entry.document.source for entry in entries.values()}):
        dates = [entry.document.date for entry in entries.values() if entry.document.source == source]
        dated = [each for each in dates if each]
        first = min(dated, key=lambda each: (each.first, str(each)))
        last = max(dated, key=lambda each: (each.last, str(each)))
        expected = SourceSummary(source, len(dates), len(dates) - len(dated), str(first), str(last))
        assert found.pop(source) == expected
    assert not found


def test_a_source_without_dates_has_no_first_and_no_last(tmp_path: Path) -> None:
    undated = [entry for entry in made(random.Random(1), 40) if entry.document.date is None]
    summaries = Documents(generation_of(tmp_path, [undated])).summaries
    assert all(
        (summary.undated, summary.first, summary.last) == (summary.documents, None, None) for summary in summaries
    )
    assert sum(summary.documents for summary in summaries) == len(undated)


def test_ranks_are_the_orders_by_id_and_by_date(held: Held) -> None:
    documents, entries = held
    rows = [documents.row(number) for number in entries]

    def ranked(ranks: np.ndarray[tuple[int], np.dtype[np.intp]]) -> list[int]:
        return sorted(entries, key=ranks.tolist().__getitem__)

    assert ranked(documents.by_id) == [row.number for row in sorted(rows, key=lambda row: row.id)]
    newest = sorted(rows, key=lambda row: (-row.first, row.id))
    assert ranked(documents.newest_first) == [row.number for row in newest]
    oldest = sorted(rows, key=lambda row: (row.undated, row.first, row.id))
    assert ranked(documents.oldest_first) == [row.number for row in oldest]


def test_a_generation_without_documents_has_nothing(tmp_path: Path) -> None:
    documents = Documents(generation_of(tmp_path, []))
    assert (documents.languages, documents.read_in, documents.summaries, documents.number("a")) == ((), (), (), None)
    assert documents.values("domain") == {}
    assert len(documents.condition(FieldIs("domain", "judicial"))) == 0
