"""What the instruments tell is the same however the documents are spread over segments."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from indexer.engines.protocol import Concordance, Filters, LabelledDocument, LineOrder, Neighbourhood, Sample, Scope
from indexer.query.nodes import And, Change, Changed, Everything, Exact, FieldIs, InTitle, Loose, Node, Not, Or, Word
from tests.indexer.columnar.collection import generation_of
from tests.indexer.columnar.instruments.opened import Opened, opened, several
from tests.indexer.samples import element

FILTERS = [
    Filters(),
    Filters(sources=frozenset({"mfa"})),
    Filters(languages=frozenset({"en", "es"})),
    Filters(domains=frozenset({"judicial"})),
    Filters(since=date(2008, 3, 1)),
]
QUERIES: list[Callable[[random.Random], Node]] = [
    element,
    lambda chance: And((element(chance), element(chance))),
    lambda chance: Or((element(chance), element(chance), element(chance))),
    lambda chance: Loose((element(chance), Not(element(chance)))),
    lambda chance: And((element(chance), FieldIs("source", "mfa"))),
    lambda chance: InTitle(element(chance)),
    lambda chance: And((Changed(chance.choice(list(Change)), element(chance)), element(chance))),
    lambda chance: Or((Changed(Change.ADDED, And((element(chance), Not(element(chance))))), element(chance))),
    lambda chance: And((Changed(Change.REMOVED, Everything()), element(chance))),
]


@pytest.fixture(scope="module")
def alike(tmp_path_factory: pytest.TempPathFactory) -> tuple[Opened, Opened]:
    """The same documents in one segment, and in three with deleted ones among them."""
    entries = several(random.Random(9), 90)
    parts, deleted = [entries[:20], entries[20:80], entries[80:]], ((0, 3, 19), (7, 8), ())
    spread = generation_of(tmp_path_factory.mktemp("spread"), parts, deleted)
    left: list[LabelledDocument] = [entries[number] for number in spread.numbers.tolist()]
    together = generation_of(tmp_path_factory.mktemp("together"), [left[::-1]])
    return opened(together, left[::-1].__getitem__), opened(spread, entries.__getitem__)


@pytest.fixture(scope="module")
def scopes() -> list[Scope]:
    chance = random.Random(10)
    return [Scope(query(chance), filters) for query in QUERIES for filters in FILTERS]


def lines(found: Concordance) -> Any:
    told = [(line.entry.document.id, line.passage, line.first, line.last, line.words) for line in found.lines]
    return found.hits, found.documents, told


@pytest.mark.parametrize("order", list(LineOrder))
@pytest.mark.parametrize("sample", [None, Sample(12, 3)])
def test_a_concordance_has_the_same_lines(
    alike: tuple[Opened, Opened], scopes: list[Scope], order: LineOrder, sample: Sample | None
) -> None:
    hits = 0
    for scope in scopes:
        one, other = (each.instruments.concordance(scope, order, 1, 20, sample) for each in alike)
        assert lines(one) == lines(other), scope
        hits += one.hits
    assert hits > 200


def words_near(found: Neighbourhood) -> Any:
    documents = found.near_documents([each.key for each in found.neighbours])
    neighbours = sorted((*each[:5], count) for each, count in zip(found.neighbours, documents, strict=True))
    return found.hits, found.documents, found.hit_words, found.near, found.total, neighbours


def test_a_neighbourhood_has_the_same_words(alike: tuple[Opened, Opened], scopes: list[Scope]) -> None:
    for scope in scopes:
        one, other = (each.instruments.neighbourhood(scope, 4, 1) for each in alike)
        assert words_near(one) == words_near(other), scope


@pytest.mark.parametrize("split", [None, "source", "domain"])
@pytest.mark.parametrize("by_month", [True, False])
def test_a_timeline_has_the_same_periods(
    alike: tuple[Opened, Opened], scopes: list[Scope], by_month: bool, split: str | None
) -> None:
    for scope in scopes:
        one, other = (each.instruments.timeline(scope, by_month=by_month, split=split) for each in alike)
        assert one == other, scope
        assert one == sorted(one, key=lambda period: (period.when == "unknown", period.when, period.group))


def test_what_ever_had_a_leaf_is_the_same(alike: tuple[Opened, Opened]) -> None:
    chance = random.Random(11)
    ever, today = 0, 0
    for _ in range(60):
        leaf = element(chance)
        one, other = (each.instruments.ever_with(leaf) for each in alike)
        assert one == other == sorted(one), leaf
        ever += len(one)
        today += len(alike[0].leaves.hits("body", leaf).documents)
    assert ever > today > 0


def test_few_documents_are_looked_at_alone_with_the_same_hits(
    alike: tuple[Opened, Opened], monkeypatch: pytest.MonkeyPatch
) -> None:
    scope = Scope(And((Or((Word("treaty"), Exact("the"))), FieldIs("source", "mfa"))), Filters())
    monkeypatch.setattr("indexer.columnar.instruments.scoping._FEW", 0)
    alone = alike[1].instruments._find(scope)
    monkeypatch.setattr("indexer.columnar.instruments.scoping._FEW", 1000)
    among_all = alike[1].instruments._find(scope)
    assert len(alone.hits) > 0
    assert alone.hits.firsts.tolist() == among_all.hits.firsts.tolist()
    assert alone.documents.tolist() == among_all.documents.tolist()
