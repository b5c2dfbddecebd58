"""Completing words, values and titles while a query is being typed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from indexer import Collection, SearchRequest, Suggestions
from indexer.engines.protocol import Typed, TypedTitle
from indexer.suggest import best_values, typed_titles, typed_word
from tests.indexer.support import Workspace, collection_of

DOCUMENTS: tuple[dict[str, Any], ...] = (
    {
        "id": "treaty",
        "title": "Extradition treaty signed",
        "text": "Judicial assistance and extradition. A fugitive was extradited; extradition is a word.",
        "date": "2008-11-05",
    },
    {
        "id": "old",
        "title": "Extradition treaty of old",
        "text": "Assistance for ports. A C-17, and 18.",
        "date": "1999",
    },
    {"id": "of", "title": "A treaty of extradition", "text": "They extradited him. Extraction.", "date": "2010"},
    {"id": "plain", "title": "Notes", "text": "Judicial assessment. An extradition. Señores, señor.", "source": "wire"},
    {
        "id": "chinese",
        "title": "中国与法国的引渡条约",
        "text": "引渡条约。司法合作。引渡请求。引渡条约。",
        "language": "zh",
    },
)


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    with collection_of(tmp_path_factory.mktemp("suggest"), DOCUMENTS) as collection:
        yield collection


def words(suggestions: Suggestions) -> list[tuple[str, int]]:
    return [(word.text, word.documents) for word in suggestions.words]


def queries(suggestions: Suggestions) -> list[str]:
    return [word.query for word in suggestions.words]


def titles(suggestions: Suggestions) -> list[str]:
    return [title.id for title in suggestions.titles]


# ------------------------------------------------------------------------------------------- what is typed


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("extr", Typed("extr", 4)),
        ("treaty EXTR", Typed("extr", 4)),
        ("Señ", Typed("sen", 3)),
        ("-extr", Typed("extr", 4)),
        ("(a OR extr", Typed("extr", 4)),
        ("non-prolif", Typed("prolif", 6)),
        ("a C-1", Typed("1", 1, ("c",))),
        ("9/1", Typed("1", 1, ("9",))),
        ("9 1", Typed("1", 1)),
        ("=extr", Typed("extr", 4, one_form=True)),
        ('"extr', Typed("extr", 4, one_form=True)),
        ('a "b c extr', Typed("extr", 4, ("b", "c"), one_form=True)),
        ('"a b" extr', Typed("extr", 4)),
        ("title:extr", Typed("extr", 4, in_title=True)),
        ("title:(a OR extr", Typed("extr", 4, in_title=True)),
        ("title:(a) extr", Typed("extr", 4)),
        ('title:"a extr', Typed("extr", 4, ("a",), in_title=True, one_form=True)),
        ("说引渡", Typed("", 3, ("说", "引", "渡"), one_form=True)),
        ("treaty 引", Typed("", 1, ("引",), one_form=True)),
    ],
)
def test_the_word_that_is_typed_is_the_last_one_with_what_stands_before_it(text: str, typed: Typed) -> None:
    assert typed_word(text) == typed


@pytest.mark.parametrize(
    "text", ["", " ", "extr ", "extr.", "extr*", "e*tr", "w?rd", '"a b"~5', "a NEAR/3", "a AND", "NOT"]
)
def test_there_is_no_word_to_complete_after_a_space_an_operator_or_a_pattern(text: str) -> None:
    assert typed_word(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("treaty extr", [("treaty", False), ("extr", True)]),
        ("treaty extr ", [("treaty", False), ("extr", False)]),
        ("title:treaty", [("treaty", True)]),
        ('title:"treaty of ext', [("treaty", False), ("of", False), ("ext", True)]),
        ("treaty -draft NOT old lang:en sig", [("treaty", False), ("sig", True)]),
        ("treaty AND (sig OR rat", [("treaty", False), ("sig", False), ("rat", True)]),
        ("引渡", [("引", False), ("渡", False)]),
        ("", []),
        ("word " * 31, []),
    ],
)
def test_a_title_must_have_what_is_said_and_not_what_is_asked_of_it(
    text: str, expected: list[tuple[str, bool]]
) -> None:
    assert [(word.text, word.partial) for word in typed_titles(text)] == expected


def test_characters_written_together_are_sought_together() -> None:
    assert typed_titles("引渡 条") == (TypedTitle("引"), TypedTitle("渡", glued=True), TypedTitle("条"))


def test_values_are_found_by_each_of_their_parts_most_documents_first() -> None:
    values = {"judicial/extradition": 3, "extremism": 3, "judicial": 9, "economy/external-trade": 5}
    assert [value for value, _ in best_values("EXT", values)] == [
        "economy/external-trade",
        "extremism",
        "judicial/extradition",
    ]


# -------------------------------------------------------------------------------------------------- words


def test_words_come_by_their_documents_then_by_the_alphabet(collection: Collection) -> None:
    assert words(collection.suggest("ass")) == [("assistance", 2), ("assessment", 1)]
    assert words(collection.suggest("s")) == [("señor", 1), ("signed", 1)]


def test_of_a_family_only_the_most_frequent_form_is_proposed(collection: Collection) -> None:
    assert words(collection.suggest("extr")) == [("extradition", 3), ("extraction", 1)]


def test_where_a_form_is_asked_for_each_is_proposed(collection: Collection) -> None:
    assert words(collection.suggest("=extr")) == [("extradition", 3), ("extradited", 2), ("extraction", 1)]


def test_case_and_accents_make_no_difference(collection: Collection) -> None:
    assert words(collection.suggest("SEÑ")) == [("señor", 1)]


def test_the_whole_box_is_kept_around_the_completed_word(collection: Collection) -> None:
    assert queries(collection.suggest("Treaty -(lang:en OR =Assi")) == ["Treaty -(lang:en OR =assistance"]


def test_a_number_with_a_hyphen_is_completed_to_one_that_is_there(collection: Collection) -> None:
    assert queries(collection.suggest("a C-1")) == ["a C-17"]


def test_in_quotes_a_word_must_stand_behind_the_words_before_it(collection: Collection) -> None:
    assert queries(collection.suggest('"judicial ass')) == ['"judicial assessment', '"judicial assistance']
    assert queries(collection.suggest('"of ass')) == []
    assert queries(collection.suggest('"assistance judicial ass')) == []  # a text has these words, not in a row


def test_behind_title_only_words_of_titles_are_proposed(collection: Collection) -> None:
    assert words(collection.suggest("title:extr")) == [("extradition", 3)]
    assert words(collection.suggest("title:ass")) == []


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("treaty source:wi", "treaty source:wire"),
        ("-source:MIN", "-source:ministry"),
        ("lang:z", "lang:zh"),
    ],
)
def test_behind_a_field_its_values_are_proposed(collection: Collection, text: str, query: str) -> None:
    suggestions = collection.suggest(text)
    assert queries(suggestions) == [query]
    assert titles(suggestions) == []


@pytest.mark.parametrize("text", ["url:htt", "date:20", "date:2008.."])
def test_addresses_and_dates_are_not_completed(collection: Collection, text: str) -> None:
    assert collection.suggest(text) == Suggestions(text, (), ())


def test_chinese_goes_on_with_the_characters_that_follow_most_often(collection: Collection) -> None:
    suggestions = collection.suggest("请说引渡")
    assert words(suggestions) == []  # 请说 stands nowhere before it
    assert words(collection.suggest("引渡")) == [("引渡条", 1), ("引渡请", 1)]
    assert queries(collection.suggest("treaty 引")) == ["treaty 引渡"]


def test_every_proposed_word_has_hits(collection: Collection) -> None:
    for start in "abcdefghijklmnopqrstuvwxyz引":
        for word in collection.suggest(start, 20).words:
            assert collection.search(SearchRequest(word.query)).total


# ------------------------------------------------------------------------------------------------- titles


def test_titles_that_start_with_what_is_typed_come_first_then_newer_ones(collection: Collection) -> None:
    assert titles(collection.suggest("extr")) == ["treaty", "old", "of"]
    assert titles(collection.suggest("treaty")) == ["of", "treaty", "old"]


def test_a_title_needs_every_word_the_last_as_a_beginning(collection: Collection) -> None:
    assert titles(collection.suggest("extradition tre")) == ["treaty", "old", "of"]
    assert titles(collection.suggest("extradition treaty o")) == ["old", "of"]
    assert titles(collection.suggest("extradition treat ")) == []


def test_a_chinese_title_is_found_by_characters_in_a_row(collection: Collection) -> None:
    assert titles(collection.suggest("引渡条")) == ["chinese"]
    assert titles(collection.suggest("渡引")) == []


def test_no_more_than_asked_for_is_proposed(collection: Collection) -> None:
    suggestions = collection.suggest("e", 2)
    assert (len(suggestions.words), len(suggestions.titles)) == (2, 2)


def test_near_copies_are_one_title(workspace: Workspace) -> None:
    text = " ".join(f"word{number}" for number in range(200))
    workspace.load(
        {"id": "a", "title": "A story", "text": text, "date": "2008"},
        {"id": "b", "title": "A story", "text": text, "date": "2009", "source": "wire"},
    )
    workspace.index()
    collection = Collection.open(workspace.config)
    assert titles(collection.suggest("story")) == ["b"]
    collection.close()


@pytest.mark.parametrize(
    "text", ["\0", "\ud800", "((((", '"""', "title:", "ﬁ", "a" * 2000, "(" * 2000, "引" * 2000, "a " * 999]
)
def test_any_text_gets_an_answer(collection: Collection, text: str) -> None:
    assert collection.suggest(text).query == text
