"""How many forms the patterns of a query may stand for."""

from __future__ import annotations

import pytest

from indexer.query.nodes import MAX_FORMS, Not, Wildcard
from indexer.query.parse import parse
from indexer.query.sharing import ALL_FORMS, PLACED_FORMS
from tests.indexer.support import Workspace


@pytest.mark.parametrize("patterns", [1, 2, 3, 50, 200])
def test_patterns_share_the_forms_of_a_query(patterns: int) -> None:
    tree = parse("a* " * patterns).tree
    each = Wildcard("a*", limit=min(MAX_FORMS, ALL_FORMS // patterns))
    assert (tree.children if patterns > 1 else (tree,)) == (each,) * patterns  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "query", ['"a* b"', '"a* b"~3', "a* NEAR b", 'title:"a* b"', '-"a* b"', 'x "a* b"', 'x OR "a* b"']
)
def test_a_pattern_among_places_has_fewer(query: str) -> None:
    assert repr(Wildcard("a*", limit=PLACED_FORMS))[:24] in repr(parse(query).tree)
    assert f"limit={PLACED_FORMS}" in repr(parse(query).tree)


def test_patterns_that_are_excluded_have_their_share_too() -> None:
    tree = parse("a* b* -c*").tree
    assert tree.children[2] == Not(Wildcard("c*", limit=ALL_FORMS // 3))  # type: ignore[union-attr]


def test_a_pattern_that_was_cut_short_is_told_where_it_stands(workspace: Workspace) -> None:
    words = " ".join(f"w{number:04}" for number in range(MAX_FORMS + 1))
    workspace.load({"id": "a", "text": f"{words} x"}, {"id": "b", "text": "w0000 y"})
    workspace.index()
    results = workspace.search("y OR w*")
    assert [(note.message, note.position) for note in results.notes] == [
        ("stands for too many words: only the most frequent were searched", 5)
    ]
    assert workspace.search("y OR w00*").notes == ()
