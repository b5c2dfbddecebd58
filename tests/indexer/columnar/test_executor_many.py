"""Thousands of documents of few words, where the executor takes its short cuts: dense lists, the best without the rest.

They are compared with plain Python over lists of words.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from crawler import Document
from indexer.columnar.executor import matches
from indexer.engines.protocol import Filters, LabelledDocument, Plan
from indexer.engines.whoosh import WhooshEngine
from indexer.query.nodes import And, Exact, Node, Not, Or, Phrase
from indexer.results import Sort
from tests.indexer.columnar.histories import Commit, write
from tests.indexer.columnar.plain_scores import Plain
from tests.indexer.samples import NOW

DOCUMENTS = 3000
WORDS = [f"word{number}" for number in range(24)]
SHARES = [1 / (1 + number) ** 1.2 for number in range(len(WORDS))]
COMMON, RARE = WORDS[0], WORDS[-1]
ALL = Filters()
MFA = Filters(sources=frozenset({"mfa"}))
SAME = 1e-9  # of two scores: sums of the same numbers in another order


def entry(chance: random.Random, number: int) -> LabelledDocument:
    def text(longest: int) -> str:
        return " ".join(chance.choices(WORDS, SHARES, k=chance.randint(0, longest)))

    source = chance.choice(["mfa", "blog", "blog"])
    document = Document(f"d{number:04}", source, None, text(3), (text(25),), None, "en", 1, NOW)
    return LabelledDocument(document, (), frozenset())


def commits(chance: random.Random) -> Iterator[Commit]:
    yield Commit((), [entry(chance, number) for number in range(2200)], 0.0)
    yield Commit([f"d{number:04}" for number in range(0, 2200, 40)], [entry(chance, n) for n in range(2200, 2900)], 0.0)
    changed = chance.sample(range(2200), 30)
    yield Commit((), [entry(chance, number) for number in (*range(2900, DOCUMENTS), *changed)], 0.0)


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> dict[str, LabelledDocument]:
    """The documents; they lie in ``parts`` and ``whole`` beside each other."""
    base, chance = tmp_path_factory.getbasetemp() / "many", random.Random(2008)
    found = write(base / "parts", commits(chance), chance)
    assert len(list((base / "parts").glob("*.ccl"))) == 3
    in_another_order = chance.sample([*found.values()], len(found))
    write(base / "whole", iter([Commit((), in_another_order, 1.0)]), chance)
    return found


@pytest.fixture(scope="module")
def engine(left: dict[str, LabelledDocument], tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhooshEngine]:
    with closing(WhooshEngine(tmp_path_factory.getbasetemp() / "many" / "parts")) as opened:
        yield opened


@pytest.fixture(scope="module")
def whole(left: dict[str, LabelledDocument], tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhooshEngine]:
    with closing(WhooshEngine(tmp_path_factory.getbasetemp() / "many" / "whole")) as opened:
        yield opened


@pytest.fixture(scope="module")
def plain(left: dict[str, LabelledDocument]) -> Plain:
    documents = [each.document for each in left.values()]
    return Plain(
        {document.id: document.title.split() for document in documents},
        {document.id: " ".join(document.paragraphs).split() for document in documents},
    )


def leaf(chance: random.Random) -> Node:
    words = [Exact(word) for word in chance.sample(WORDS, 2)]
    return Phrase(tuple(words)) if chance.random() < 0.2 else words[0]


def tree(chance: random.Random, depth: int = 2) -> Node:
    several = tuple(tree(chance, depth - 1) for _ in range(chance.randint(2, 5))) if depth else ()
    match chance.randrange(8) if depth else 7:
        case 0 | 1 | 2 | 3:
            return Or(several)
        case 4 | 5:
            return And(several[:2])
        case 6:
            return And((tree(chance, depth - 1), Not(tree(chance, depth - 1))))
        case _:
            return leaf(chance)


CHANCE = random.Random(7)
TREES = [
    *(tree(CHANCE) for _ in range(50)),
    *(Or((Exact(RARE), Exact(word))) for word in WORDS[:6]),
    Or(tuple(map(Exact, WORDS))),
    And((Exact(COMMON), Exact(WORDS[1]))),
    Not(Exact(COMMON)),
]


def plan(node: Node, offset: int, limit: int, filters: Filters = ALL) -> Plan:
    return Plan(node, filters, Sort.RELEVANCE, offset, limit)


@pytest.mark.parametrize("filters", [ALL, MFA], ids=["all", "filtered"])
@pytest.mark.parametrize("start", range(0, len(TREES), 10))
def test_the_best_are_those_of_all_scored_one_by_one(
    engine: WhooshEngine, plain: Plain, left: dict[str, LabelledDocument], start: int, filters: Filters
) -> None:
    for node in TREES[start : start + 10]:
        scores = plain.matches(node)
        scores = {each: scores[each] for each in scores if filters is ALL or left[each].document.source == "mfa"}
        ranked = engine.ranking(plan(node, 0, DOCUMENTS, filters))
        assert dict(ranked) == pytest.approx(scores, rel=SAME), node
        assert ranked == sorted(ranked, key=lambda hit: (-hit[1], hit[0])), node
        for offset, limit in ((0, 10), (7, 3), (500, 20)):
            assert engine.ranking(plan(node, offset, limit, filters)) == ranked[offset : offset + limit], node
        assert engine.search(plan(node, 0, 1, filters)).total == len(scores)


def test_segments_make_no_difference_to_the_last_digit(engine: WhooshEngine, whole: WhooshEngine) -> None:
    for node in TREES:
        assert engine.ranking(plan(node, 0, DOCUMENTS)) == whole.ranking(plan(node, 0, DOCUMENTS)), node


def test_the_order_of_words_in_a_query_makes_no_difference_to_the_last_digit(engine: WhooshEngine) -> None:
    for kind in (And, Or):
        words = tuple(Exact(word, start=at * 6) for at, word in enumerate(WORDS[:5]))
        turned = tuple(Exact(word.text, start=at * 6) for at, word in enumerate(reversed(words)))
        assert engine.ranking(plan(kind(words), 0, DOCUMENTS)) == engine.ranking(plan(kind(turned), 0, DOCUMENTS))


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Any]]:
    """What the executor decides while it is at work."""
    noted: dict[str, list[Any]] = {"much": [], "looked up": [], "in blocks": []}
    is_much, looked_up, least = matches._is_much, matches.AnyOf._looked_up, matches.least_of_best

    def noting_much(documents: int, size: int) -> bool:
        noted["much"].append(is_much(documents, size))
        return is_much(documents, size)

    def noting_looked_up(part: matches.AnyOf, documents: Any) -> Any:
        noted["looked up"].append(len(documents))
        return looked_up(part, documents)

    def noting_least(scores: Any, count: int) -> float | None:
        noted["in blocks"].append(len(scores) >= matches._BLOCK * (count + 1))
        return least(scores, count)

    monkeypatch.setattr(matches, "_is_much", noting_much)
    monkeypatch.setattr(matches.AnyOf, "_looked_up", noting_looked_up)
    monkeypatch.setattr(matches, "least_of_best", noting_least)
    return noted


def test_words_that_cant_matter_are_only_looked_up_in_the_best(
    engine: WhooshEngine, plain: Plain, seen: dict[str, list[Any]]
) -> None:
    node = Or((Exact(RARE), Exact(COMMON)))
    engine.ranking(plan(node, 0, 10))
    assert 10 <= seen["looked up"][0] < len(plain.matches(Exact(RARE))) + 1 < len(plain.matches(node)) / 4


def test_all_short_cuts_are_taken_and_not_taken(engine: WhooshEngine, seen: dict[str, list[Any]]) -> None:
    for node in TREES:
        for limit in (3, 1000):
            engine.ranking(plan(node, 0, limit))
    assert set(seen["much"]) == set(seen["in blocks"]) == {True, False}
