"""Filters, facets, order and folding on arrays are what they are row by row."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from indexer.columnar import bitmaps
from indexer.columnar.documents import Documents
from indexer.columnar.executor.matches import scored
from indexer.columnar.filtering import passing
from indexer.columnar.orders import first
from indexer.columnar.row import Row
from indexer.columnar.selecting import Selection, select
from indexer.engines.protocol import Filters
from indexer.results import Sort
from tests.indexer.columnar import by_row
from tests.indexer.columnar.collection import generation_of, made


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Documents:
    entries = made(random.Random(7), 400)
    parts, deleted = [entries[:300], entries[300:340], entries[340:]], ((1, 5, 290), (), (7,))
    return Documents(generation_of(tmp_path_factory.mktemp("generation"), parts, deleted))


@pytest.fixture(scope="module")
def rows(documents: Documents) -> dict[int, Row]:
    return {number: documents.row(number) for number in documents.numbers.tolist()}


FILTERS = [
    Filters(),
    Filters(sources=frozenset({"mfa", "nobody"})),
    Filters(domains=frozenset({"judicial/extradition", "culture"})),
    Filters(domains=frozenset({"nothing"})),
    Filters(languages=frozenset({"en", "und"})),
    Filters(since=date(2008, 11, 1)),
    Filters(until=date(2008, 11, 4), sources=frozenset({"blog", "mfa"})),
    Filters(frozenset({"xinhua"}), frozenset({"judicial"}), frozenset({"en", "es"}), date(2008, 2, 1), date(2009, 2, 1))
]  # fmt: skip


class Found:
    """Some documents with scores that are often the same, and some of them partial."""

    def __init__(self, seed: int, documents: Documents, *, partial: bool = True) -> None:
        chance = np.random.default_rng(seed)
        live = documents.numbers
        self.numbers = np.sort(chance.choice(live, chance.integers(1, len(live) + 1), replace=False))
        self.scores = chance.choice(np.array([0.0, 0.5, 1.25, 3.0, 7.5]), len(self.numbers))
        self.partial = chance.random(len(self.numbers)) < 0.5 if partial else None

    @property
    def by_number(self) -> dict[int, float]:
        return dict(zip(self.numbers.tolist(), self.scores.tolist(), strict=True))

    @property
    def partial_scores(self) -> dict[int, float]:
        if self.partial is None:
            return {}
        return {number: self.by_number[number] for number in self.numbers[self.partial].tolist()}

    def select(self, documents: Documents, filters: Filters) -> Selection:
        return select(documents, scored(self.numbers, self.scores), filters, self.partial)

    def select_rows(self, rows: Mapping[int, Row], filters: Filters) -> by_row.Selection:
        return by_row.select((rows[number] for number in self.numbers.tolist()), filters)


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize("seed", range(4))
def test_filters_and_facets_are_those_of_rows(
    documents: Documents, rows: dict[int, Row], filters: Filters, seed: int
) -> None:
    found = Found(seed, documents)
    selection, expected = found.select(documents, filters), found.select_rows(rows, filters)
    assert selection.documents.tolist() == [row.number for row in expected.rows]
    assert selection.counts == expected.counts
    assert selection.scores.tolist() == [found.by_number[row.number] for row in expected.rows]
    assert selection.undated() == sum(row.undated for row in expected.rows)


@pytest.mark.parametrize("filters", FILTERS)
def test_the_mask_of_filters_has_the_documents_that_pass(
    documents: Documents, rows: dict[int, Row], filters: Filters
) -> None:
    passes, mask = by_row.passes(filters), passing(documents, filters)
    if passes is None:
        assert mask is None
    else:
        assert mask is not None
        assert {number: bool(mask[number]) for number in rows} == {number: passes(row) for number, row in rows.items()}


@pytest.mark.parametrize("seed", range(4))
def test_few_hits_are_told_with_near_copies_as_one(documents: Documents, rows: dict[int, Row], seed: int) -> None:
    found = Found(seed, documents)
    kept = found.select_rows(rows, FILTERS[1]).rows
    selection = found.select(documents, FILTERS[1])
    for hits, fold in ((len(kept), False), (len({row.story for row in kept}), True)):
        assert [selection.few(count, fold=fold) for count in (hits, hits + 1)] == [False, True]


@pytest.mark.parametrize("few", [0, 1 << 20])
def test_domains_are_counted_alike_with_and_without_empty_words(
    documents: Documents, rows: dict[int, Row], monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(bitmaps, "_FEW", few)
    found = Found(2, documents)
    selection = found.select(documents, Filters())
    assert selection.counts.domain == found.select_rows(rows, Filters()).counts.domain


@pytest.mark.parametrize("filters", [Filters(), Filters(sources=frozenset({"mfa"})), Filters(until=date(2008, 12, 1))])
@pytest.mark.parametrize("partial", [True, False])
@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("seed", range(6))
def test_a_page_is_cut_from_all_hits_in_order_with_their_copies(
    documents: Documents, rows: dict[int, Row], seed: int, sort: Sort, partial: bool, filters: Filters
) -> None:
    found = Found(seed, documents, partial=partial)
    selection = found.select(documents, filters)
    scores, partials = found.by_number, found.partial_scores
    ranked = by_row.order(found.select_rows(rows, filters).rows, scores, partials, sort)
    for fold in (False, True):
        hits, copies = by_row.fold(ranked, partials, {row.story for row in rows.values()} if fold else ())
        folded = {number: [row.number for row in group] for number, group in copies.items()}
        expected = [
            (row.number, scores[row.number], row.number in partials, folded.get(row.number, [])) for row in hits
        ]
        for offset, limit in ((0, 10), (len(hits) - 1, 3), (1000, 10), (0, 0)):
            page = selection.page(sort, offset, limit, fold=fold)
            told = [(hit.number, hit.score, hit.partial, list(hit.copies)) for hit in page.hits]
            assert told == expected[offset : offset + limit]
            assert page.total == len(hits)
            assert page.partial == sum(row.number in partials for row in hits)


@pytest.mark.parametrize("partial", [True, False])
@pytest.mark.parametrize("seed", range(4))
def test_the_best_are_the_first_by_relevance(
    documents: Documents, rows: dict[int, Row], seed: int, partial: bool
) -> None:
    found = Found(seed, documents, partial=partial)
    selection = found.select(documents, Filters())
    expected = by_row.best(found.select_rows(rows, Filters()).rows, found.by_number, found.partial_scores, 25)
    assert selection.best(25).tolist() == [row.number for row in expected]


def test_what_a_second_look_adds_changes_the_order(documents: Documents, rows: dict[int, Row]) -> None:
    found = Found(1, documents)
    selection = found.select(documents, Filters())
    pool = selection.best(30)
    extras = np.random.default_rng(1).random(len(pool))
    scores = found.by_number
    for number, extra in zip(pool.tolist(), extras.tolist(), strict=True):
        scores[number] += extra
    expected = by_row.order(found.select_rows(rows, Filters()).rows, scores, found.partial_scores, Sort.RELEVANCE)
    page = selection.raised(pool, extras).page(Sort.RELEVANCE, 0, 50, fold=False)
    assert [(hit.number, hit.score) for hit in page.hits] == [(row.number, scores[row.number]) for row in expected[:50]]


def test_nothing_found_is_an_empty_page(documents: Documents) -> None:
    none = np.zeros(0, np.intp)
    selection = select(documents, scored(none, np.zeros(0)), Filters(since=date(2000, 1, 1)))
    page = selection.page(Sort.RELEVANCE, 0, 10, fold=True)
    assert (page.hits, page.total, page.partial) == ((), 0, 0)
    assert len(selection.best(100)) == 0
    assert not selection.counts.source
    assert selection.few(1, fold=True)


def test_documents_without_copies_are_hits_of_their_own(tmp_path: Path) -> None:
    entries = [entry for entry in made(random.Random(2), 60) if entry.document.lead is None]
    alone = Documents(generation_of(tmp_path, [entries]))
    selection = select(alone, scored(alone.numbers, np.zeros(alone.size)), Filters())
    page = selection.page(Sort.NEWEST, 0, 5, fold=True)
    assert page.total == len(entries)
    assert all(hit.copies == () for hit in page.hits)


@pytest.mark.parametrize("count", [1, 5, 100, 2999, 3000, 5000])
@pytest.mark.parametrize("different", [1, 3, 100000])
def test_the_smallest_are_found_by_key_after_key(count: int, different: int) -> None:
    chance = np.random.default_rng(count)
    size = 3000
    arrays = [chance.integers(0, different, size), chance.integers(0, 40, size), chance.permutation(size)]
    found = first([array.__getitem__ for array in arrays], count, size)
    assert found.tolist() == np.lexsort(arrays[::-1])[:count].tolist()
