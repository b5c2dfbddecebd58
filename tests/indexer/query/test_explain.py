"""How a query was read, in words."""

from __future__ import annotations

import pytest

from indexer.query.explain import explain
from indexer.query.parse import parse

FORMS = {"treaty": ("treaty", "treaties"), "many": tuple("abcdefgh"), "extradit*": ("extradited",)} | {
    "non": ("non",),
    "nontreaty": ("nontreaties",),
}


def explained(query: str) -> str:
    return explain(parse(query).tree, lambda leaf: FORMS.get(getattr(leaf, "text", getattr(leaf, "pattern", "")), ()))


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("", "every document"),
        ("treaty", "treaty (treaty, treaties)"),
        ("many", "many (a, b, c, d, e, f, …)"),
        ("nothing", "nothing (not in the collection)"),
        (
            "treaty nothing",
            "treaty (treaty, treaties) and nothing (not in the collection), else the best partial matches",
        ),
        ("-(=a =b)", 'not ("a" and "b")'),
        ("-(nothing nothing)", "not (nothing (not in the collection) and nothing (not in the collection))"),
        ("treaty -nothing", "treaty (treaty, treaties) and not nothing (not in the collection)"),
        ("=treaty OR +treaty", '"treaty" or certainly treaty (treaty, treaties)'),
        ("=a AND (=b OR =c)", '"a" and ("b" or "c")'),
        ("NOT (=a OR =b)", 'not ("a" or "b")'),
        ('"judicial assist*"', '"judicial assist*"'),
        ('"drug crimes"~5', "drug, crimes within 5 words"),
        ('=drug NEAR/3 "a b"', '"drug" within 3 words of "a b"'),
        ("extradit*", "extradit* (extradited)"),
        ("treaty~", "treaty up to 1 letter off (treaty, treaties)"),
        ("treaty~2", "treaty up to 2 letters off (treaty, treaties)"),
        ("title:=a", 'in the title: "a"'),
        ("source:x domain:y lang:en url:z", "source x and domain y and language en and address z"),
        ("date:2008-11-05", "dated 2008-11-05"),
        ("date:2008", "dated 2008-01-01 to 2008-12-31"),
        ("date:>=2008", "dated 2008-01-01 or later"),
        ("date:<2008", "dated 2007-12-31 or earlier"),
        ("date:unknown", "undated"),
        ("treaty-many", "treaty-many"),
        ("C-17", "c-17"),
        ("treatymany", "treatymany (not in the collection)"),
        ("non-treaty", "non-treaty or nontreaty (nontreaties)"),
        ("nontreaty", "nontreaty (nontreaties) or non-treaty"),
        ("nontreaty =a", '(nontreaty (nontreaties) or non-treaty) and "a"'),
        ("nontreaty NEAR/2 =a", '(nontreaty (nontreaties) or non-treaty) within 2 words of "a"'),
    ],
)
def test_a_query_in_words(query: str, text: str) -> None:
    assert explained(query) == text
