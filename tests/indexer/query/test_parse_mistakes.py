"""Mistakes in queries are told at the character where they are, and the plain words are searched."""

from __future__ import annotations

import pytest

from indexer.analysis import tokenize
from indexer.query.dates import FORMS
from indexer.query.nodes import And, Either, Everything, Exact, Fuzzy, Loose, Near, Node, Not, Or, Phrase, Window, Word
from indexer.query.parse import ParsedQuery, parse
from indexer.results import Note

A, B, C = Word("a"), Word("b"), Word("c")


def words(text: str) -> Node:
    """The tree of plain words."""
    found = tuple(Word(word) for word in text.split())
    return found[0] if len(found) == 1 else Loose(found)


@pytest.mark.parametrize(
    ("query", "position", "message", "plain"),
    [
        ('a "b c', 2, "this quotation mark has no partner", "a b c"),
        ('a"', 1, "this quotation mark has no partner", "a"),
        ("(a b", 0, "this opening bracket has no partner", "a b"),
        ("a ((b)", 2, "this opening bracket has no partner", "a b"),
        ("a b)", 3, "this closing bracket has no partner", "a b"),
        (") a", 0, "this closing bracket has no partner", "a"),
        ("a :-)", 4, "this closing bracket has no partner", "a"),
        ("a AND", 2, "AND needs something on both sides", "a"),
        ("AND a", 0, "AND needs something on both sides", "a"),
        ("a AND OR b", 2, "AND needs something on both sides", "a b"),
        ("a AND AND b", 2, "AND needs something on both sides", "a b"),
        ("OR a", 0, "OR needs something on both sides", "a"),
        ("a OR", 2, "OR needs something on both sides", "a"),
        ("a OR OR b", 2, "OR needs something on both sides", "a b"),
        ("(OR a)", 1, "OR needs something on both sides", "a"),
        ("(a OR) b", 3, "OR needs something on both sides", "a b"),
        ("NEAR a", 0, "NEAR needs something on both sides", "a"),
        ("a NEAR/3", 2, "NEAR/3 needs something on both sides", "a"),
        ("(a AND b) NEAR/3 c", 10, "NEAR/3 takes words, phrases and (either OR other) only", "a b c"),
        ("title:a NEAR b", 8, "NEAR takes words, phrases and (either OR other) only", "a b"),
        ("a NEAR …", 2, "NEAR takes words, phrases and (either OR other) only", "a"),
        ("a NOT", 2, "NOT needs something behind it", "a"),
        ("NOT OR a", 0, "NOT needs something behind it", "a"),
        ("a +OR b", 2, "+ needs something behind it", "a b"),
        ('="a b"', 0, "= needs a word behind it", "a b"),
        ("a =b*", 2, "= takes a word as it is, without *, ? or ~", "a b"),
        ("=b~", 0, "= takes a word as it is, without *, ? or ~", "b"),
        ("a ***", 2, "a wildcard needs at least one letter", "a"),
        ("** a", 0, "a wildcard needs at least one letter", "a"),
        ("a *?", 2, "a wildcard needs at least one letter", "a"),
        ('a "b * c"', 5, "a wildcard needs at least one letter", "a b c"),
        ("a b-*-c", 4, "* stands for letters of one word, not for words", "a b c"),
        ("a extradit*~", 2, "~ takes a word without * or ?", "a extradit"),
        ("a date: 2008", 2, "date: needs its value right behind the colon", "a 2008"),
        ("title:-a", 0, "title: needs its value right behind the colon", "a"),
        ("a source:(b)", 2, "source: needs its value right behind the colon", "a b"),
        (
            "a date:soon",
            7,
            '"soon" is not a date: write 2008, 2008-11 or 2008-11-05',
            "a",
        ),
        ("a -b AND", 5, "AND needs something on both sides", "a"),
        ("a NOT b AND", 8, "AND needs something on both sides", "a"),
        ('a -"b c', 3, "this quotation mark has no partner", "a"),
        ("a -(b c", 3, "this opening bracket has no partner", "a"),
        ("a -source:x AND", 12, "AND needs something on both sides", "a"),
        ('a source:"x y" OR', 15, "OR needs something on both sides", "a"),
        ("a-b AND", 4, "AND needs something on both sides", "a b"),
    ],
)
def test_a_mistake_is_told_where_it_is_and_the_plain_words_are_searched(
    query: str, position: int, message: str, plain: str
) -> None:
    parsed = parse(query)
    (note,) = parsed.notes
    assert (note.position, note.message) == (position, f"{message}; searched the plain words instead")
    assert parsed.tree == words(plain)


@pytest.mark.parametrize(
    ("query", "position", "message"),
    [
        ("title:", 0, "title: needs its value right behind the colon"),
        ("title:)", 0, "title: needs its value right behind the colon"),
        ("source:,", 0, "source: needs its value right behind the colon"),
        ("NOT (trade", 4, "this opening bracket has no partner"),
        ("date:2008-02-30", 5, '"2008-02-30" is not a day of the calendar'),
        ("date:2010..2008", 5, "2010 is after 2008: write the earlier date first"),
        ("date:..", 5, FORMS),
    ],
)
def test_where_no_word_is_left_every_document_is_shown(query: str, position: int, message: str) -> None:
    """What was to be left out, and the value of a condition, are no words to look for."""
    parsed = parse(query)
    (note,) = parsed.notes
    assert (note.position, note.message) == (position, f"{message}; that leaves no word, so every document is shown")
    assert parsed.tree == Everything()


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("*", Everything()),
        ("* -a", Loose((Everything(), Not(A)))),
        ("* AND a", And((Everything(), A))),
        ("* OR a", Or((Everything(), A))),
        ("-*", Not(Everything())),
        ("… a", A),
        ("…", Everything()),
    ],
)
def test_a_star_alone_is_every_document_and_punctuation_is_nothing(query: str, tree: Node) -> None:
    assert parse(query) == ParsedQuery(query, tree)


@pytest.mark.parametrize(
    ("query", "tree", "position", "message"),
    [
        ("a || b", Loose((A, B)), 2, "|| means nothing here: write OR"),
        ("a && b", Loose((A, B)), 2, "&& means nothing here: write AND"),
        ("a !b", Loose((A, B)), 2, "! means nothing here: write -b to leave the word out"),
        ("a b^2", Loose((A, B)), 2, "words can't be given weights: what follows ^ was passed over"),
        ("a NEAR/0 b", Near(A, B, 1), 2, "no word is 0 words away; searched with NEAR/1"),
    ],
)
def test_the_habits_of_other_search_engines_are_told(query: str, tree: Node, position: int, message: str) -> None:
    assert parse(query) == ParsedQuery(query, tree, (Note(message, position),))


def test_alternatives_may_stand_near_something() -> None:
    assert parse("(a OR b) NEAR/3 c").tree == Near(Either((A, B)), C, 3)


@pytest.mark.parametrize("address", ["www.un.org", "https://www.un.org/en/ga", "d.org"])
def test_the_parts_of_a_web_address_are_all_searched(address: str) -> None:
    parts = tuple(Word(token.exact) for token in tokenize(address))
    assert parse(address).tree == Phrase(parts)


@pytest.mark.parametrize(
    ("query", "tree", "position"),
    [
        ("author:a", And((Word("author"), A)), 0),
        ("b author:a", Loose((B, And((Word("author"), A)))), 2),
        ("Autor:…", Word("autor"), 0),
        ("China:-a", Loose((Word("china"), Not(A))), 0),
        ("(China:)", Word("china"), 1),
    ],
)
def test_an_unknown_field_is_told_and_searched_as_words(query: str, tree: Node, position: int) -> None:
    parsed = parse(query)
    (note,) = parsed.notes
    assert note.position == position
    assert note.message.startswith("unknown field")
    assert "title, source, domain, lang, url, date" in note.message
    assert parsed.tree == tree


@pytest.mark.parametrize(
    ("query", "tree", "message"),
    [
        ("extradition~3", Fuzzy("extradition", 2), "extradition~3: searched with 2 letters off, the most there is"),
        ("extradition~" + "9" * 5000, Fuzzy("extradition", 2), "searched with 2 letters off"),
        ("a-b~", Phrase((A, B)), "~ takes a single word; a-b was searched as it is"),
        ('"a b c"~1', Window((Exact("a"), Exact("b"), Exact("c")), 2), "3 words need ~2 at least"),
    ],
)
def test_what_is_read_otherwise_than_written_is_told(query: str, tree: Node, message: str) -> None:
    parsed = parse(query)
    assert parsed.tree == tree
    assert [note.position for note in parsed.notes] == [0]
    assert message in parsed.notes[0].message


def leaf_words(tree: Node) -> int:
    return str(tree).count("Word(") + str(tree).count("Exact(")


@pytest.mark.parametrize(
    ("query", "position", "kept"),
    [
        (" ".join(["w"] * 201), 400, 200),
        ('"' + " ".join(["w"] * 201) + '"', 401, 200),
        ("引" * 201, 200, 100),  # words of two
        (" OR ".join(["w"] * 201), 1000, 200),
        ("(" * 40 + " AND ".join(["w"] * 201) + ")" * 40, 1240, 200),
        ("w " * 199 + "-x-y-z", 401, 200),
        ("w " * 200 + "title:x", 406, 200),
        ("w " * 200 + '-"x y"', 402, 200),
        ('w "' + "x y " * 150 + '"~3', 401, 1 + 10),  # no more than 10 within a distance
    ],
)
def test_words_beyond_the_limit_are_told_and_left_out(query: str, position: int, kept: int) -> None:
    parsed = parse(query)
    limits = [note for note in parsed.notes if note.message == "only the first 200 words were searched"]
    assert [note.position for note in limits] == [position]
    assert not any("plain words" in note.message for note in parsed.notes)
    assert leaf_words(parsed.tree) == kept


def test_the_number_behind_a_tilde_is_no_word() -> None:
    assert parse("word~2 " * 200).notes == ()


def test_words_beyond_ten_within_a_distance_are_told_and_left_out() -> None:
    parsed = parse('"' + "x " * 25 + '"~40')
    assert [(note.message, note.position) for note in parsed.notes] == [
        ("only the first 10 words within a distance were searched", 21)
    ]
    assert parsed.tree == Window((Exact("x"),) * 10, 40)


def test_what_stands_behind_the_tenth_near_is_told_and_left_out() -> None:
    parsed = parse(" NEAR ".join(["a"] * 15))
    assert [(note.message, note.position) for note in parsed.notes] == [
        ("only what stands before the 11th NEAR was searched", 2 + 10 * 7)
    ]
    assert str(parsed.tree).count("Near(") == 10


def test_brackets_that_are_open_at_a_limit_are_closed() -> None:
    parsed = parse("(a NEAR b) OR (" + " NEAR ".join(["a"] * 15) + ")")
    assert len(parsed.notes) == 1
    assert str(parsed.tree).count("Near(") == 10


def test_two_hundred_words_are_not_too_many() -> None:
    assert parse("w " * 200 + "…").notes == ()


def test_a_text_too_long_is_cut_and_told() -> None:
    parsed = parse("a " * 50 + "…" * 10_000 + " b")
    assert [note.position for note in parsed.notes] == [10_000]
    assert leaf_words(parsed.tree) == 50
    assert len(parsed.text) == 10_000


@pytest.mark.parametrize("level", ["(", "NOT ", "-+", "title:", "foo:"])
def test_deep_nesting_is_a_mistake_and_no_crash(level: str) -> None:
    parsed = parse(level * 3000 + "a" + ")" * (level == "(") * 3000)
    assert any("within each other" in note.message for note in parsed.notes)


def test_fifty_brackets_are_not_too_many() -> None:
    assert parse("(" * 50 + "a" + ")" * 50).notes == ()


def test_fifty_one_brackets_are_told_at_the_innermost() -> None:
    assert [note.position for note in parse("(" * 51 + "a" + ")" * 51).notes] == [50]


@pytest.mark.parametrize("text", ["?" * 9_999 + "a", "~" * 9_999 + "a", "*a" * 5_000, "a?" * 5_000 + "b", "'" * 10_000])
def test_no_run_of_signs_takes_forever(text: str) -> None:
    parse(text)
