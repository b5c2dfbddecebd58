"""What the writer of a query is told: unknown values, patterns cut short, the word that was meant."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from indexer.query.advice import correct, notes_on
from indexer.query.nodes import Element, Wildcard
from indexer.query.parse import parse
from indexer.query.values import Values
from indexer.results import Note


class Vocabulary:
    """A collection of a few words."""

    MEANT = {  # noqa: RUF012
        "extradtion": "extradition",
        "extradicoin": "extradición",
        "treety": "treaty",
        "humanrights": "human rights",
    }
    RARE = {"tready": "treaty"}  # noqa: RUF012
    WORDS = frozenset({*MEANT.values(), *RARE, "the", "on", "cooperation", "human", "rights"})

    def forms(self, element: Element) -> list[str]:
        text = getattr(element, "text", "")
        return [text] if text in self.WORDS else []

    def nearest(self, word: str, forms: Sequence[str] = ()) -> str | None:
        if forms:
            return self.RARE.get(word)
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
        ('"treety signed"', '"treaty signed"'),
        ("=treety", "=treaty"),
        ("tready", "treaty"),
        ('"tready"', None),
        ("=tready", None),
        ("o n u", None),
        ("humanrights treety", "human rights treaty"),
        ("title:humanrights", None),
        ("human AND humanrights", None),
        ('"humanrights"', '"human rights"'),
        ('"the humanrights"', None),
        ("co operation", "cooperation"),
        ("the co operation treety", "the cooperation treaty"),
        ("co AND operation", None),
        ("human rights", None),
        ("co-operation", None),
        ("引渡", None),
        ("treety*", None),
        ("source:treety", None),
        ("eu 渡", None),
        ("", None),
    ],
)
def test_words_that_the_collection_lacks_are_replaced_where_they_stand(query: str, corrected: str | None) -> None:
    assert correct(parse(query), Vocabulary()) == corrected


KNOWN = {
    "source": Values(frozenset({"wire", "un-general-debate"}), frozenset({"wire"})),
    "domain": Values(*[frozenset({"judicial", "judicial/extradition", "culture"})] * 2),
    "lang": Values(frozenset({"en", "es"}), frozenset({"en"}), {"en": "English", "es": "Spanish"}),
}


@pytest.mark.parametrize(
    ("query", "notes"),
    [
        ("source:wire domain:judicial lang:en url:x date:2008", ()),
        ("a source:wirre", (Note('unknown source "wirre": there is wire', 2),)),
        ("a source:debate", (Note('unknown source "debate": there is un-general-debate', 2),)),
        ("a source:un-general-debate", (Note('no document has source "un-general-debate"', 2),)),
        ("-domain:cultural", (Note('unknown domain "cultural": there is culture', 1),)),
        ("domain:extradition", (Note('unknown domain "extradition": there is judicial/extradition', 0),)),
        ("(title:a OR lang:xx)", (Note('unknown language "xx"', 12),)),
        ("lang:english", (Note('unknown language "english": there is en', 0),)),
        ("lang:es a", (Note('no document has language "es"', 0),)),
    ],
)
def test_values_that_do_not_exist_are_told_where_they_stand(query: str, notes: tuple[Note, ...]) -> None:
    assert notes_on(parse(query).tree, (), KNOWN) == notes


def test_a_pattern_cut_short_is_told_once() -> None:
    (note,) = notes_on(parse("a*").tree, (Wildcard("a*", 3), Wildcard("a*", 9)), KNOWN)
    assert note == Note("stands for too many words: only the most frequent were searched", 3)


def test_in_a_long_query_only_words_that_are_lacking_are_looked_at() -> None:
    assert correct(parse("tready " + "the " * 10), Vocabulary()) is None
    assert correct(parse("treety " + "the " * 10), Vocabulary()) == "treaty " + "the " * 10
