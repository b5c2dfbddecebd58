"""A query is read in the languages that it names, or in all that the collection has."""

from __future__ import annotations

import pytest

from indexer.query.parse import parse
from indexer.query.reading import reading_languages

KNOWN = ("en", "es", "zh")


@pytest.mark.parametrize(
    ("query", "filtered", "expected"),
    [
        ("treaty", (), KNOWN),
        ("lang:es tratado", (), ("es",)),
        ("lang:es AND tratado", (), ("es",)),
        ("+lang:es tratado", (), ("es",)),
        ("lang:es", (), ("es",)),
        ("(lang:es tratado) AND paz", (), ("es",)),
        ("lang:es OR treaty", (), KNOWN),
        ("-lang:es treaty", (), KNOWN),
        ("NOT lang:es treaty", (), KNOWN),
        ("lang:fr accord", (), ()),
        ("treaty", ("en", "zh"), ("en", "zh")),
        ("treaty", ("fr",), ()),
    ],
)
def test_languages_that_a_query_is_read_in(query: str, filtered: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert reading_languages(parse(query).tree, frozenset(filtered), KNOWN) == expected


def test_a_chosen_language_goes_before_the_one_in_the_query() -> None:
    assert reading_languages(parse("lang:es treaty").tree, frozenset({"en"}), KNOWN) == ("en",)
