"""Snippets: the passages that say most about the query, cut around their hits."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.marking import mark_passages
from indexer.query.nodes import Leaf, scored_leaves
from indexer.query.parse import parse
from indexer.results import Snippet
from indexer.snippets import LENGTH, snippets

FILLER = "The countries agree to work together on all matters of common concern in the years to come. "


def cut(query: str, *texts: str, language: str = "en", **weights: float) -> tuple[Snippet, ...]:
    leaves: list[Leaf] = [leaf for leaf, _ in scored_leaves(parse(query).tree)]
    idf = {leaf: weights.get(getattr(leaf, "text", ""), 1.0) for leaf in leaves}
    return snippets(mark_passages(texts, language, leaves, {}), idf)


def passages(found: tuple[Snippet, ...]) -> list[int]:
    return [snippet.passage for snippet in found]


def plain(html: str) -> str:
    return unescape(re.sub("</?mark>", "", html)).removeprefix("… ").removesuffix(" …")


def test_there_are_three_at_most() -> None:
    assert passages(cut("a", "a", "x", "a", "a", "a")) == [1, 3, 4]


def test_the_passage_with_the_rare_word_comes_first() -> None:
    assert passages(cut("common rare", "common", "rare", common=0.5, rare=4)) == [2, 1]


def test_a_rare_word_beats_a_common_one_said_many_times() -> None:
    assert passages(cut("common rare", "common " * 40, "rare", common=1, rare=3)) == [2, 1]


def test_two_words_beat_one_of_them() -> None:
    assert passages(cut("a b", "a", "a b", "b")) == [2, 1, 3]


def test_more_of_the_same_word_beats_less() -> None:
    assert passages(cut("a", "a x", "a a")) == [2, 1]


def test_where_passages_are_worth_the_same_the_earlier_comes_first() -> None:
    assert passages(cut("a", "x a", "a x")) == [1, 2]


def test_where_nothing_is_found_the_first_passage_is_shown() -> None:
    assert cut("absent", "The first.", "The second.") == (Snippet("The first.", 1),)


def test_a_long_first_passage_without_hits_is_cut_at_its_end() -> None:
    (snippet,) = cut("absent", FILLER * 10)
    assert snippet.html.startswith("The countries")
    assert snippet.html.endswith(" …")
    assert len(plain(snippet.html)) <= LENGTH


def test_a_document_without_passages_has_no_snippets() -> None:
    assert cut("a") == ()


def test_a_passage_that_is_short_is_shown_whole() -> None:
    text = ("x " * 148 + "treaty")[:LENGTH]
    assert plain(cut("treaty", text)[0].html) == text


@pytest.mark.parametrize("before", [0, 1, 3, 9])
def test_a_long_passage_is_cut_at_words_around_its_hit(before: int) -> None:
    text = FILLER * before + "They sign an extradition treaty. " + FILLER * (9 - before)
    (snippet,) = cut("treaty", text.strip())
    piece = plain(snippet.html)
    assert "extradition <mark>treaty</mark>" in snippet.html
    assert re.search(rf"(?:^|\s){re.escape(piece)}(?:\s|$)", text)
    assert len(piece) <= LENGTH
    assert snippet.html.startswith("… ") == (before > 0)
    assert snippet.html.endswith(" …") == (before < 9)


def test_a_long_passage_is_cut_where_most_hits_are() -> None:
    text = "treaty " + FILLER * 6 + "treaty of treaties on treaty " + FILLER * 6
    assert cut("treaty", text)[0].html.count("<mark>") == 3


def test_a_long_text_without_spaces_is_cut_around_its_hit() -> None:
    (snippet,) = cut("引渡", "合作发展" * 200 + "引渡" + "和平友好" * 200, language="zh")
    assert "<mark>引渡</mark>" in snippet.html
    assert len(plain(snippet.html)) <= LENGTH


def test_a_phrase_longer_than_a_snippet_is_marked_as_far_as_it_is_seen() -> None:
    words = " ".join(f"word{number}" for number in range(90))
    (snippet,) = cut(f'"{words}"', FILLER * 3 + words + ". " + FILLER * 3)
    assert "<mark>word0 word1 " in snippet.html
    assert snippet.html.count("<mark>") == snippet.html.count("</mark>") == 1


def test_a_snippet_is_escaped_where_it_is_cut() -> None:
    (snippet,) = cut("treaty", "<b>&amp;</b> " * 40 + "treaty" + " <i>" * 90)
    assert not re.search(r"<(?!/?mark>)", snippet.html)
    assert "<mark>treaty</mark>" in snippet.html


WORDS = st.lists(st.sampled_from(["treaty", "of", "引渡", "x" * 40, "<&>", "a", "…", "\n"]), min_size=1, max_size=200)


@given(st.lists(WORDS.map(" ".join), min_size=1, max_size=5), st.sampled_from(["treaty", '"a of"', "引渡 a", "absent"]))
def test_a_snippet_is_a_piece_of_its_passage_with_a_mark_where_it_has_one(texts: list[str], query: str) -> None:
    found = cut(query, *texts)
    assert 1 <= len(found) <= 3
    marks = [
        bool(passage.ranges) for passage in mark_passages(texts, "en", list(dict(scored_leaves(parse(query).tree))), {})
    ]
    for snippet in found:
        assert snippet.html
        piece = unescape(re.sub("</?mark>", "", snippet.html))
        assert any(
            part in texts[snippet.passage - 1] and len(part) <= LENGTH
            for part in (piece, plain(snippet.html), piece[2:], piece[:-2])
        )
        assert ("<mark>" in snippet.html) == (marks[snippet.passage - 1] and any(marks))
