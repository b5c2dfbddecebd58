"""Any text is a query: nothing fails, and everything is read the same way each time."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.query.explain import explain
from indexer.query.nodes import Everything
from indexer.query.parse import parse

SIGNS = ["(", ")", '"', "“", "~", "~2", "*", "?", "=", "+", "-", "--", "..", ">=", "'", "_", " ", " "]
ODDITIES = ["\x00", "\ud800", "\u202eא", "🤝", "e\u0301", "title:", "source:", "date:", "date:2008", "url:", "foo:"]
FRAGMENTS = st.sampled_from(["a", "extradition", "引渡", "AND", "OR", "NOT", "NEAR/3", "NEAR", *SIGNS, *ODDITIES])
TEXTS = st.one_of(
    st.text(st.characters(), max_size=60),
    st.lists(FRAGMENTS, max_size=25).map("".join),
    st.lists(FRAGMENTS, max_size=25).map(" ".join),
)


@settings(max_examples=600)
@given(TEXTS)
def test_any_text_is_read_explained_and_read_the_same_again(text: str) -> None:
    parsed = parse(text)
    again = parse(text)
    assert (again.tree, again.notes) == (parsed.tree, parsed.notes)
    assert explain(parsed.tree, lambda _: ("one", "two"))
    assert explain(parsed.tree, lambda _: ())


@given(TEXTS)
def test_notes_point_into_the_text(text: str) -> None:
    assert all(note.position is not None and 0 <= note.position <= len(text) for note in parse(text).notes)


@settings(max_examples=20)
@given(TEXTS.filter(bool))
def test_a_text_of_ten_thousand_characters_is_read(text: str) -> None:
    assert parse((text * 10_000)[:10_000]).tree is not None


@given(TEXTS)
def test_parts_of_a_tree_are_never_everything(text: str) -> None:
    tree = parse(text).tree
    assert isinstance(tree, Everything) or "Everything" not in repr(tree)
