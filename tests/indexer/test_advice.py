"""What the writer of a query is told: unknown values, patterns cut short, the word that was meant."""

from __future__ import annotations

import pytest

from indexer.query.advice import correct, notes_on
from indexer.query.nodes import Element, Wildcard
from indexer.query.parse import parse
from indexer.results import Note


class Vocabulary:
    """A collection of a few words."""

    MEANT = {"extradtion": "extradition", "extradicoin": "extradición", "treety": "treaty"}  # noqa: RUF012

    def forms(self, element: Element) -> object:
        return getattr(element, "text", "") in {*self.MEANT.values(), "the"}

    def nearest(self, word: str) -> str | None:
        return "the" if len(word) < 3 else self.MEANT.get(word)


@pytest.mark.parametrize(
    ("query", "corrected"),
    [
        ("extradtion", "extradition"),
        ("Extradtion, treety!", "extradition, treaty!"),
        ("¿extradtion?", "¿extradition?"),
        ("éxtradtíon", "extradition"),
        ("the extradtion OR -treety", "the extradition OR -treety"),
        ("title:(treety NEAR/3 extradtion)", "title:(treaty NEAR/3 extradition)"),
        ("extradtion extradtion", "extradition extradition"),
        ("non-treety", "non-treaty"),
        ("treety (", "treaty ("),
        ("treaty", None),
        ("zzzzzz", None),
        ('"treety"', None),
        ("treety*", None),
        ("source:treety", None),
        ("eu 渡", None),
        ("", None),
    ],
)
def test_words_that_the_collection_lacks_are_replaced_where_they_stand(query: str, corrected: str | None) -> None:
    assert correct(parse(query), Vocabulary()) == corrected


KNOWN = {"source": frozenset({"wire"}), "domain": frozenset({"judicial"}), "lang": frozenset({"en"})}


@pytest.mark.parametrize(
    ("query", "notes"),
    [
        ("source:wire domain:judicial lang:en url:x date:2008", ()),
        ("a source:wirre", (Note('unknown source "wirre"', 2),)),
        ("-domain:culture", (Note('unknown domain "culture"', 1),)),
        ("(title:a OR lang:xx)", (Note('unknown language "xx"', 12),)),
    ],
)
def test_values_that_do_not_exist_are_told_where_they_stand(query: str, notes: tuple[Note, ...]) -> None:
    assert notes_on(parse(query).tree, (), KNOWN) == notes


def test_a_pattern_cut_short_is_told_once() -> None:
    (note,) = notes_on(parse("a*").tree, (Wildcard("a*", 3), Wildcard("a*", 9)), KNOWN)
    assert note == Note("stands for too many words: only the most frequent were searched", 3)
