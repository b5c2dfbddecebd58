"""What ranking looks at beside single words: the pairs and the grams of a query."""

from __future__ import annotations

import pytest

from indexer.analysis import tokenize
from indexer.query.features import features, grams, lettering
from indexer.query.nodes import Phrase, Word
from indexer.query.parse import parse


def pairs_of(query: str) -> list[str]:
    """The pairs of a query as they are read aloud."""
    pairs = features(parse(query).tree).pairs
    return [" ".join(word.text for word in pair.elements if isinstance(word, Word)) for pair in pairs]


@pytest.mark.parametrize(
    ("query", "pairs"),
    [
        ("extradition", []),
        ("extradition treaty of 2008", ["extradition treaty", "treaty of", "of 2008"]),
        ("drug trafficking, drug trafficking", ["drug trafficking", "trafficking drug"]),
        ("non-traditional security", ["non traditional", "traditional security"]),
        ("(judicial assistance) treaty", ["judicial assistance", "assistance treaty"]),
        ('judicial "mutual assistance" treaty', []),
        ("judicial source:un treaty", []),
        ("judicial assistance OR police work", ["judicial assistance", "police work"]),
        ("judicial AND assistance", []),
        ("+judicial assistance", []),
        ("treaty -judicial assistance", []),
    ],
)
def test_pairs_are_plain_words_side_by_side(query: str, pairs: list[str]) -> None:
    assert pairs_of(query) == pairs


def test_a_pair_is_searched_as_a_phrase_in_any_inflection() -> None:
    assert features(parse("extradition treaty").tree).pairs == (Phrase((Word("extradition"), Word("treaty"))),)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("a", ("_a_",)),
        ("un", ("_un_",)),
        ("tax", ("_tax", "tax_")),
        ("treaty", ("_tre", "trea", "reat", "eaty", "aty_")),
        ("договор", ("_дог", "дого", "огов", "гово", "овор", "вор_")),
        ("引", ("_引_",)),
        ("引渡", ("引_渡",)),
        ("引渡法", ("引_渡", "渡_法")),
    ],
)
def test_grams_are_four_letters_in_a_row_or_two_characters(word: str, expected: tuple[str, ...]) -> None:
    assert grams(word) == expected


@pytest.mark.parametrize("word", ["a", "un", "tax", "treaty", "договор", "引", "引渡", "引渡法"])
def test_each_gram_of_a_word_stands_in_a_text_with_it(word: str) -> None:
    text = lettering(token.exact for token in tokenize(f"one {word} more"))
    assert all(text.count(gram) == 1 for gram in grams(word))


def test_a_gram_never_reaches_from_one_word_into_the_next() -> None:
    text = lettering(["pre", "treat"])
    assert text.count("etre") == 0
    assert text.count("e_tr") == 1  # no word has an underscore, so no gram asks for this


@pytest.mark.parametrize("query", ["=treaty", '"a treaty"', "treat*", "traety~", "-treaty", "title:treaty", "*"])
def test_what_is_exact_a_pattern_or_excluded_has_no_features(query: str) -> None:
    assert not features(parse(query).tree)


def test_a_gram_that_several_words_have_is_asked_for_once() -> None:
    asked = features(parse("treaty treaties treaty").tree).grams
    assert len(asked) == len(set(asked))
