"""The spellings that a word stands for."""

from __future__ import annotations

import pytest

from indexer.query.nodes import Either, InTitle, Near, Node, Not, Phrase, Word
from indexer.query.parse import parse


def apart(first: str, second: str) -> Phrase:
    return Phrase((Word(first), Word(second)))


def hyphenated(first: str, second: str) -> Either:
    return Either((apart(first, second), Word(first + second)))


def together(first: str, second: str) -> Either:
    return Either((Word(first + second), apart(first, second)))


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("co-operation", hyphenated("co", "operation")),
        ("CO\u2011OPERATION", hyphenated("co", "operation")),
        ("co-operation,", hyphenated("co", "operation")),
        ("COVID-19", hyphenated("covid", "19")),
        ("C-17", hyphenated("c", "17")),
        ("G-20", hyphenated("g", "20")),
        ("vice-president", hyphenated("vice", "president")),
        ("l'anti-terrorisme", hyphenated("anti", "terrorisme")),
        ("covid19", together("covid", "19")),
        ("G20", together("g", "20")),
        ("nonproliferation", together("non", "proliferation")),
        ("cooperation", together("co", "operation")),
        ("cooperación", Either((Word("cooperacion", accented="cooperación"), apart("co", "operacion")))),
        ("antiterrorism", together("anti", "terrorism")),
        ("counterterrorism", together("counter", "terrorism")),
        ("cybersecurity", together("cyber", "security")),
        ("preelection", together("pre", "election")),
        ("reelection", together("re", "election")),
        ("bilateral", together("bi", "lateral")),
        ("title:C-17", InTitle(hyphenated("c", "17"))),
        ("-C-17", Not(hyphenated("c", "17"))),
        ("U.N.", together("u", "n")),
        ("J.R.,", together("j", "r")),
        ("EE.UU.", hyphenated("ee", "uu")),
        ("EEUU", together("ee", "uu")),
        ("C-17 NEAR/3 a", Near(hyphenated("c", "17"), Word("a"), 3)),
    ],
)
def test_a_word_of_several_spellings(query: str, tree: Node) -> None:
    assert parse(query).tree == tree


@pytest.mark.parametrize(
    "query",
    ["9/11", "2.5", "2007-2010", "economic/commercial", "state-of-the-art", "mfa.example", "a--b", "a_b", "引渡-条约"],
)
def test_what_would_be_no_word_when_glued_is_not_glued(query: str) -> None:
    assert "Either" not in repr(parse(query).tree)


@pytest.mark.parametrize(
    "query", ['"co-operation"', "=co-operation", '"C17"', "=C17", "C17~", "C-17~", '"C-17 a"~3', "C-1*"]
)
def test_what_is_asked_for_as_written_has_one_spelling(query: str) -> None:
    assert "Either" not in repr(parse(query).tree)


@pytest.mark.parametrize(
    "word",
    [
        "committee",
        "republic",
        "economy",
        "europe",
        "interest",
        "international",
        "biology",
        "nonet",
        "record",
        "predict",
    ],
)
def test_a_word_that_only_begins_like_a_prefix_is_one_word(word: str) -> None:
    assert parse(word).tree == Word(word)


def test_a_part_knows_where_it_was_written() -> None:
    tree = parse("a C-17").tree
    assert [(leaf.text, leaf.start) for leaf in tree.children[1].elements[0].elements] == [("c", 2), ("17", 4)]  # type: ignore[union-attr]
