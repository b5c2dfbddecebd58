"""Queries to attack with: any text, pieces of the language in any order, and well-formed queries that were cut."""

from __future__ import annotations

from hypothesis import strategies as st

WORDS = ["a", "the", "extradition", "treaty", "judicial", "co-operation", "COVID-19", "U.N.", "2,500", "9/11", "l'état"]
SCRIPTS = [
    "引渡",
    "引渡条约",
    "の",
    "한국",
    "تسليم",
    "المُجرمين",
    "экстрадиция",
    "ไทย",
    "हिन्दी",
    "e\u0301",
    "ﬁn",
    "\U0001d400\U0001d401",
    "Ⅳ",
    "٣",
]
ODDITIES = [
    "\x00",
    "\ud800",
    "\udfff",
    "\u202e",
    "\u200d",
    "\u0301",
    "\ufe0f",
    "\U0010ffff",
    "🤝",
    "\ufeff",
    "\x85",
    "\u2028",
]
SIGNS = [
    "(",
    ")",
    '"',
    "“",
    "„",
    "~",
    "~2",
    "~99",
    "*",
    "?",
    "=",
    "+",
    "-",
    "--",
    "..",
    ">=",
    "'",
    "’",
    "_",
    ":",
    "/",
    "\\",
    " ",
]
OPERATORS = ["AND", "OR", "NOT", "NEAR", "NEAR/3", "NEAR/0", "NEAR/99999999999", "and", "near/2"]
FIELDS = [
    "title:",
    "source:",
    "domain:",
    "lang:",
    "url:",
    "date:",
    "foo:",
    "TITLE:",
    "title:(",
    "source:wire",
    "lang:en",
]
VALUES = ["date:2008", "date:2008-11..", "date:>=2008", "date:2008-13", "date:9999-12-31", "date:>9999", "date:unknown"]

word = st.sampled_from([*WORDS, *SCRIPTS]) | st.text(min_size=1, max_size=8)
pattern = st.lists(st.sampled_from(["*", "?", "a", "ex", "ion", "引", "'"]), min_size=1, max_size=8).map("".join)
near = st.sampled_from([" NEAR ", " NEAR/2 ", " NEAR/1000 "])


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    sign = st.sampled_from(["-", "+", "NOT ", "title:", "=", "foo:"])
    operator = st.sampled_from([" AND ", " OR ", " ", " -", " AND NOT "])
    return st.one_of(
        st.tuples(inner, operator, inner).map("".join),
        st.tuples(inner, near, inner).map("".join),
        st.tuples(sign, inner).map("".join),
        inner.map("({})".format),
        st.lists(inner, min_size=1, max_size=4).map(lambda parts: f'"{" ".join(parts)}"~3'),
    )


sentence = st.recursive(
    word | pattern | word.map("{}~".format) | word.map('"{}"'.format) | st.sampled_from([*VALUES, *FIELDS]),
    _grown,
    max_leaves=12,
)

pieces = st.lists(st.sampled_from([*WORDS, *SCRIPTS, *ODDITIES, *SIGNS, *OPERATORS, *FIELDS, *VALUES]), max_size=30)

queries = st.one_of(
    st.text(st.characters(exclude_categories=[]), max_size=80),
    pieces.map("".join),
    pieces.map(" ".join),
    sentence,
    st.tuples(sentence, st.integers(0, 40)).map(lambda cut: cut[0][cut[1] :]),
    st.tuples(sentence, st.integers(1, 40)).map(lambda cut: cut[0][: -cut[1]]),
)
"""Anything that somebody could type or paste."""
