"""How queries are read: the table of the query language, what binds how tightly, and ordinary text."""

from __future__ import annotations

from datetime import date

import pytest

from indexer.query.nodes import (
    And,
    DateUnknown,
    DateWithin,
    Everything,
    Exact,
    FieldIs,
    Fuzzy,
    InTitle,
    Loose,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Required,
    Wildcard,
    Window,
    Word,
)
from indexer.query.parse import parse
from indexer.query.sharing import PLACED_FORMS

A, B, C, D = Word("a"), Word("b"), Word("c"), Word("d")
YEAR = DateWithin(date(2008, 1, 1), date(2008, 12, 31))
POLICY = (Exact("drug"), Exact("crimes"))


def words(text: str) -> Node:
    """The tree of plain words."""
    found = tuple(Word(word) for word in text.split())
    return found[0] if len(found) == 1 else Loose(found)


def placed(pattern: str) -> Wildcard:
    """The only pattern of a query, in a phrase."""
    return Wildcard(pattern, limit=PLACED_FORMS)


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("extradition treaty", words("extradition treaty")),
        ("Señor", Word("senor", accented="señor")),
        ('"judicial assistance"', Phrase((Exact("judicial"), Exact("assistance")))),
        ('"of the"', Phrase((Exact("of"), Exact("the")))),
        ('"extradition"', Exact("extradition")),
        ("“judicial assistance”", Phrase((Exact("judicial"), Exact("assistance")))),
        ("„judicial assistance“", Phrase((Exact("judicial"), Exact("assistance")))),
        ("«judicial»", Word("judicial")),
        ('"judicial assist*"', Phrase((Exact("judicial"), placed("assist*")))),
        ('"organi?ation of states"', Phrase((placed("organi?ation"), Exact("of"), Exact("states")))),
        ('"drug crimes"~5', Window(POLICY, 5)),
        ('"drug crimes"~99999999999999999999', Window(POLICY, 999999)),
        ("drug NEAR/5 crime", Near(Word("drug"), Word("crime"), 5)),
        ("drug NEAR crime", Near(Word("drug"), Word("crime"), 10)),
        ('"drug crimes" NEAR/3 =law', Near(Phrase(POLICY), Exact("law"), 3)),
        ("near/5", Phrase((Word("near"), Word("5")))),
        ("extradit*", Wildcard("extradit*")),
        ("*crime", Wildcard("*crime")),
        ("organi?ation", Wildcard("organi?ation")),
        ("Organi**ación*", Wildcard("organi*acion*")),
        ("wom?*", Wildcard("wom?*")),
        ("people'*", Wildcard("people'*")),
        ("'extradit*'", Wildcard("extradit*")),
        ("cafe\u0301*", Wildcard("cafe*")),
        ("non-trad*", Phrase((Word("non"), placed("trad*")))),
        ("a_b*", Phrase((A, placed("b*")))),
        ("extradtion~", Fuzzy("extradtion", 1)),
        ("extradtion~2", Fuzzy("extradtion", 2)),
        ("extradtion~,", Fuzzy("extradtion", 1)),
        ("extradition~0", Word("extradition")),
        ("~", Everything()),
        ("=cooperation", Exact("cooperation")),
        ("=non-proliferation", Phrase((Exact("non"), Exact("proliferation")))),
        ("a AND b", And((A, B))),
        ("a OR b", Or((A, B))),
        ("a and b or c", words("a and b or c")),
        ("NOT c", Not(C)),
        ("a -c", Loose((A, Not(C)))),
        ("a +c", Loose((A, Required(C)))),
        ('-"drug crimes"', Not(Phrase(POLICY))),
        ("title:a", InTitle(A)),
        ("TITLE:a", InTitle(A)),
        ("title:(a OR b)", InTitle(Or((A, B)))),
        ('title:"drug crimes"', InTitle(Phrase(POLICY))),
        ("source:xinhua", FieldIs("source", "xinhua")),
        ("source:Xinhua,", FieldIs("source", "xinhua")),
        ('source:"xinhua"', FieldIs("source", "xinhua")),
        ("-source:xinhua", Not(FieldIs("source", "xinhua"))),
        ("domain:judicial/extradition", FieldIs("domain", "judicial/extradition")),
        ("lang:EN", FieldIs("lang", "en")),
        ("url:Gov.cn/A", FieldIs("url", "Gov.cn/A")),
        ("url:https://mfa.gov.cn:8080/-x=1", FieldIs("url", "https://mfa.gov.cn:8080/-x=1")),
        ("url:*.gov.cn*", FieldIs("url", "*.gov.cn*")),
        ("date:2008", YEAR),
        ("date:2008-11", DateWithin(date(2008, 11, 1), date(2008, 11, 30))),
        ("date:2007..2010", DateWithin(date(2007, 1, 1), date(2010, 12, 31))),
        ("date:>=2008-11-05", DateWithin(date(2008, 11, 5), None)),
        ("(date:2008)", YEAR),
        ("date:unknown", DateUnknown()),
        ("引渡", Word("引渡")),
        ("引渡 条约", Loose((Word("引渡"), Word("条约")))),
        ("引渡条约", Loose((Word("引渡"), Word("条约")))),
        ("中国引渡条约 treaty", Loose((Word("中国"), Word("引渡"), Word("条约"), Word("treaty")))),
        ("APEC峰会", Loose((Word("apec"), Word("峰会")))),
        ("한국정부", Loose((Word("한국"), Word("국정"), Word("정부")))),
        ("title:引渡条约", InTitle(Loose((Word("引渡"), Word("条约"))))),
        ("-引渡条约", Not(Word("引渡条约"))),
        ("NOT 引渡条约", Not(Word("引渡条约"))),
        ("引渡条约 NEAR/3 合作", Near(Word("引渡条约"), Word("合作"), 3)),
        ('"引渡"', Phrase((Exact("引"), Exact("渡")))),
        ("=引渡", Phrase((Exact("引"), Exact("渡")))),
        ("引渡*", Word("引渡")),
        ("l'accord", Word("accord")),
        ("Côte d’Ivoire", Loose((Word("cote", accented="côte"), Word("ivoire")))),
        ("=U.N. 2,500", Loose((Exact("un"), Word("2500")))),
        ("2\u00a0500", Word("2500")),
        ('"2\u202f500 men"', Phrase((Exact("2500"), Exact("men")))),
        ("引?法", Phrase((Word("引"), placed("?"), Word("法")))),
        ("\uff08引渡\uff09\uff1f", Word("引渡")),
        ("*", Everything()),
        ("", Everything()),
        (" \t\n\u3000", Everything()),
    ],
)
def test_a_form_of_the_language(query: str, tree: Node) -> None:
    parsed = parse(query)
    assert (parsed.tree, parsed.notes) == (tree, ())


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("a OR b c", Or((A, Loose((B, C))))),
        ("a b OR c d", Or((Loose((A, B)), Loose((C, D))))),
        ("a b AND c", Loose((A, And((B, C))))),
        ("a AND b OR c AND d", Or((And((A, B)), And((C, D))))),
        ("a OR b OR c", Or((A, B, C))),
        ("a AND b AND c", And((A, B, C))),
        ("NOT a AND b", And((Not(A), B))),
        ("a AND NOT b", And((A, Not(B)))),
        ("NOT a b", Loose((Not(A), B))),
        ("-a OR b", Or((Not(A), B))),
        ("NOT NOT a", Not(Not(A))),
        ("NOT -a", Not(Not(A))),
        ("a NEAR/2 b AND c", And((Near(A, B, 2), C))),
        ("a AND b NEAR/2 c", And((A, Near(B, C, 2)))),
        ("a NEAR/2 b c", Loose((Near(A, B, 2), C))),
        ("a NEAR/2 b NEAR/3 c", Near(Near(A, B, 2), C, 3)),
        ("NOT a NEAR/2 b", Not(Near(A, B, 2))),
        ("(a b) c", Loose((Loose((A, B)), C))),
        ("(a)", A),
        ("((a OR b)) AND c", And((Or((A, B)), C))),
        ("a (b OR c) -d", Loose((A, Or((B, C)), Not(D)))),
        ("title:a b", Loose((InTitle(A), B))),
        ("-(a b)", Not(Loose((A, B)))),
        ("a(b)c", Loose((A, B, C))),
        ('a"b"c', Loose((A, Exact("b"), C))),
    ],
)
def test_what_binds_more_tightly(query: str, tree: Node) -> None:
    parsed = parse(query)
    assert (parsed.tree, parsed.notes) == (tree, ())


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("China: a policy", words("china a policy")),
        ("9:30", Phrase((Word("9"), Word("30")))),
        ("https://mfa.gov.cn/a", Phrase(tuple(Word(word) for word in ("https", "mfa", "gov", "cn", "a")))),
        ("Source: Xinhua", words("source xinhua")),
        ("Where is Taiwan?", words("where is taiwan")),
        ("really?!", Word("really")),
        ("what ??? now", words("what now")),
        ('"what now?"', Phrase((Exact("what"), Exact("now")))),
        ("a -- b", words("a b")),
        ("a - b", words("a b")),
        ("a – b — c", words("a b c")),
        ("a --b", words("a b")),
        ("a ==> b", words("a b")),
        ("a => b", words("a b")),
        ("a = b", words("a b")),
        ("(a -)", A),
        ("C++", C),
        ("-" * 80, Everything()),
        ("- + = ~ , . …", Everything()),
        ("!?!", Everything()),
        ("()", Everything()),
        ('""', Everything()),
        ("-…", Everything()),
        ("🤝 a 🤝", A),
        ("🤝", Everything()),
        ("a OR …", A),
        ("… AND a", A),
        ("title:…", Everything()),
        ("\u200ba", A),
        ("x/a", Phrase((Word("x"), A))),
    ],
)
def test_punctuation_of_ordinary_text_is_no_operator(query: str, tree: Node) -> None:
    parsed = parse(query)
    assert (parsed.tree, parsed.notes) == (tree, ())
