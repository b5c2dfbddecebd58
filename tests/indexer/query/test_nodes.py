"""What a tree knows about itself: how it is relaxed, which words count, which conditions it has."""

from __future__ import annotations

import pytest

from indexer.query.nodes import (
    And,
    Either,
    Exact,
    Loose,
    Node,
    Or,
    Phrase,
    Word,
    field_conditions,
    has_date_filter,
    scored_leaves,
    simple_leaves,
)
from indexer.query.parse import parse

A, B, C = Word("a"), Word("b"), Word("c")


@pytest.mark.parametrize(
    ("query", "relaxed"),
    [
        ("a b", Or((A, B))),
        ("a b c", Or((A, B, C))),
        ('a b "c"', And((Or((A, B)), Exact("c")))),
        ("a b -c", And((Or((A, B)), *parse("-c x").tree.children[:1]))),  # type: ignore[union-attr]
        ("a b +c", And((Or((A, B)), *parse("+c x").tree.children[:1]))),  # type: ignore[union-attr]
        ("a-b", None),
        ("a-b c", Or((A, B, Word("ab"), C))),
        ("a/b c", Or((A, B, C))),
        ("c-17 c", Or((Either((Phrase((C, Word("17"))), Word("c17"))), C))),
        ("g20 c", Or((Either((Word("g20"), Phrase((Word("g"), Word("20"))))), C))),
        ("cooperate c", Or((Either((Word("cooperate"), Phrase((Word("co"), Word("operate"))))), C))),
        ('a "b c"', None),
        ('"a b" "b c"', None),
        ("a -b", None),
        ("a source:x", None),
    ],
)
def test_what_partial_matches_must_have(query: str, relaxed: Node | None) -> None:
    tree = parse(query).tree
    assert (tree.relaxed() if isinstance(tree, Loose) else None) == relaxed


@pytest.mark.parametrize(
    ("query", "leaves"),
    [
        ("a -b +c", [(A, False), (C, False)]),
        ("title:(a OR b) c", [(A, True), (B, True), (C, False)]),
        ("a NOT (b OR c)", [(A, False)]),
        ("source:x date:2008", []),
        ("-(-a)", []),
    ],
)
def test_leaves_that_are_searched_for(query: str, leaves: list[tuple[Node, bool]]) -> None:
    assert list(scored_leaves(parse(query).tree)) == leaves


def test_single_words_within_phrases_windows_and_neighbours() -> None:
    tree = parse('"p q"~3 OR a NEAR/2 "r s" -x').tree
    assert [leaf.text for leaf in simple_leaves(tree)] == ["p", "q", "a", "r", "s"]  # type: ignore[union-attr]


def test_a_leaf_is_the_same_wherever_it_was_written() -> None:
    assert Word("a", 3) == Word("a", 7)


@pytest.mark.parametrize(
    ("query", "values"),
    [("source:a -domain:b (lang:c OR title:x)", ["a", "b", "c"]), ("a AND NOT source:b", ["b"]), ("a", [])],
)
def test_every_condition_on_a_field_is_seen(query: str, values: list[str]) -> None:
    assert [condition.value for condition in field_conditions(parse(query).tree)] == values


@pytest.mark.parametrize(
    ("query", "asks"),
    [("date:2008", True), ("a (b OR -date:2008)", True), ("date:unknown", False), ("a 2008", False)],
)
def test_whether_a_query_asks_for_dates(query: str, asks: bool) -> None:
    assert has_date_filter(parse(query).tree) is asks
