"""The engine finds, scores and counts what the slow reference does, over queries of every kind."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from whoosh import index

from crawler import Document
from indexer.engines.protocol import Answer, Filters, LabelledDocument, Plan
from indexer.engines.whoosh import WhooshEngine
from indexer.query.nodes import Word
from indexer.query.parse import parse
from indexer.results import Sort
from tests.indexer.reference import Reference
from tests.indexer.samples import NOW, real, some_filters, synthetic, tree, written
from tests.indexer.slow_matching import Read


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[WhooshEngine, Reference]]:
    folder = tmp_path_factory.mktemp("generation")
    chance = random.Random(7)
    first = [synthetic(chance, f"s{number}") for number in range(50)]
    second = [synthetic(chance, f"s{number}") for number in (*range(0, 50, 6), *range(50, 60))]
    third = [synthetic(chance, f"s{number}") for number in (6, 7, 55)]
    left = written(folder, [[*first, *real()], second, third])
    with index.open_dir(str(folder)).reader() as reader:
        assert not reader.is_atomic()  # several segments, some with replaced documents
        assert reader.has_deletions()
    engine = WhooshEngine(folder)
    yield engine, Reference([Read(entry) for entry in left.values()])
    engine.close()


def plans() -> list[Plan]:
    chance = random.Random(2008)
    asked = [tree(chance) for _ in range(500)]
    return [Plan(node, some_filters(chance), chance.choice([*Sort]), 0, 1000) for node in asked]


def split(answer: Answer) -> tuple[dict[str, float], dict[str, float]]:
    parts: tuple[dict[str, float], dict[str, float]] = ({}, {})
    for found in answer.found:
        parts[found.partial][found.entry.document.id] = found.score
    return parts


PLANS = plans()


@pytest.mark.parametrize("start", range(0, 500, 50))
def test_hits_scores_facets_and_the_undated_are_those_of_the_reference(
    both: tuple[WhooshEngine, Reference], start: int
) -> None:
    engine, reference = both
    for plan in PLANS[start : start + 50]:
        answer = engine.search(plan)
        expected = reference.search(plan.tree, plan.filters)
        full, partial = split(answer)
        assert full == pytest.approx(expected.full, rel=1e-9, abs=1e-12), plan
        assert partial == pytest.approx(expected.partial, rel=1e-9, abs=1e-12), plan
        assert answer.counts == expected.counts, plan
        assert answer.undated_left_out == expected.undated_left_out, plan
        assert answer.total == len(full) + len(partial), plan
        assert (answer.relaxed.some_words if answer.relaxed else 0) == len(partial), plan


def test_the_queries_are_of_every_kind_and_find_something() -> None:
    text = " ".join(str(plan.tree) for plan in PLANS)
    words = "Word Exact Wildcard Fuzzy Phrase Window Near Either"
    kinds = f"{words} InTitle FieldIs DateWithin DateUnknown And Or Not Required Loose"
    assert [kind for kind in [*kinds.split(), "Everything"] if f"{kind}(" not in text] == []


def test_enough_of_the_queries_find_something_but_not_all(both: tuple[WhooshEngine, Reference]) -> None:
    totals = [both[0].search(plan).total for plan in PLANS]
    assert sum(0 < total < 70 for total in totals) > 200


def order_key(sort: Sort, read: Read, score: float, *, partial: bool) -> tuple[object, ...]:
    published = read.entry.document.date
    day = published.first.toordinal() if published else 0
    keys = {
        Sort.RELEVANCE: (-score, -day),
        Sort.NEWEST: (published is None, -day),
        Sort.OLDEST: (published is None, day),
    }
    return (partial, *keys[sort], read.id)


@pytest.mark.parametrize("sort", list(Sort))
def test_hits_come_in_the_order_that_was_asked_for(both: tuple[WhooshEngine, Reference], sort: Sort) -> None:
    engine, reference = both
    for plan in PLANS[:100]:
        found = engine.search(Plan(plan.tree, plan.filters, sort, 0, 1000)).found
        keys = [order_key(sort, reference.by_id[f.entry.document.id], f.score, partial=f.partial) for f in found]
        assert keys == sorted(keys), plan


def test_pages_put_together_are_the_whole(both: tuple[WhooshEngine, Reference]) -> None:
    def ids(offset: int, limit: int) -> list[str]:
        plan = Plan(parse("treaty OR crime OR police").tree, Filters(), Sort.RELEVANCE, offset, limit)
        return [found.entry.document.id for found in both[0].search(plan).found]

    whole = ids(0, 1000)
    assert len(whole) > 30
    assert [id for offset in range(0, len(whole) + 7, 7) for id in ids(offset, 7)] == whole


def test_a_stored_document_comes_back_as_it_was(both: tuple[WhooshEngine, Reference]) -> None:
    engine, reference = both
    assert [engine.document(read.id) for read in reference.documents] == [read.entry for read in reference.documents]


def test_a_word_said_a_thousand_times_is_counted_a_thousand_times(tmp_path: Path) -> None:
    chance = random.Random(1)
    entries = [synthetic(chance, f"s{number}") for number in range(3)]
    document = entries[0].document
    echo = Document("echo", "mfa", None, "Echo", ("echo " * 1000, "end"), document.date, "en", 1, NOW)
    left = written(tmp_path, [[*entries, LabelledDocument(echo, (), frozenset())]])
    engine = WhooshEngine(tmp_path)
    answer = engine.search(Plan(Word("echo"), Filters(), Sort.RELEVANCE, 0, 10))
    expected = Reference([Read(entry) for entry in left.values()]).search(Word("echo"), Filters())
    assert split(answer)[0] == pytest.approx(expected.full, rel=1e-9)
    engine.close()


@pytest.mark.parametrize(("with_both", "partial"), [(9, 1), (10, 0)])
def test_partial_matches_follow_where_less_than_a_page_has_all_words(
    tmp_path: Path, with_both: int, partial: int
) -> None:
    def entry(id: str, text: str) -> LabelledDocument:
        return LabelledDocument(Document(id, "mfa", None, "T", (text,), None, "en", 1, NOW), (), frozenset())

    written(tmp_path, [[entry("one", "treaty"), *(entry(f"d{at}", "treaty crime") for at in range(with_both))]])
    engine = WhooshEngine(tmp_path)
    answer = engine.search(Plan(parse("treaty crime").tree, Filters(), Sort.RELEVANCE, 0, 100))
    assert [len(part) for part in split(answer)] == [with_both, partial]
    engine.close()
