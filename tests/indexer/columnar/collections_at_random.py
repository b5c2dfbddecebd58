"""Collections and queries at random, for holding one codec against another through the same calls of Whoosh."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from whoosh import analysis, columns, fields, query
from whoosh.index import FileIndex, create_in, open_dir
from whoosh.query import spans

if TYPE_CHECKING:
    from whoosh.codec.base import Codec

WORDS = ["treaty", "treaties", "trade", "tariff", "visa", "vista", "a", "ab", "abc", "é", "引", "zoo"]
TEXTS = ("text", "chars", "bag", "boosted", "key", "grams", "stemmed")
SCHEMA = fields.Schema(
    id=fields.ID(unique=True, stored=True, sortable=True),
    text=fields.TEXT(stored=True, vector=True, analyzer=analysis.SimpleAnalyzer()),
    chars=fields.TEXT(chars=True, analyzer=analysis.SimpleAnalyzer()),
    bag=fields.TEXT(phrase=False, analyzer=analysis.SimpleAnalyzer()),
    boosted=fields.TEXT(field_boost=1.7, analyzer=analysis.SimpleAnalyzer()),
    key=fields.KEYWORD(scorable=True, sortable=columns.RefBytesColumn()),
    grams=fields.NGRAM(minsize=2, maxsize=3),
    stemmed=fields.TEXT(spelling=True, analyzer=analysis.StemmingAnalyzer()),
    number=fields.NUMERIC(stored=True, sortable=True, signed=True),
    when=fields.DATETIME(stored=True, sortable=True),
    truth=fields.BOOLEAN(stored=True),
    kept=fields.STORED(),
    bits=fields.COLUMN(columns.BitColumn()),
)

words = st.sampled_from(WORDS)
texts = st.lists(words, max_size=12).map(" ".join)
numbers = st.integers(-5, 5)
days = st.integers(1, 9).map(lambda day: datetime(2008, 11, day))
boosts = st.sampled_from([1.0, 2.0, 0.3, 1.5])
documents = st.fixed_dictionaries(
    {"id": st.integers(0, 12).map(str)},
    optional={
        **dict.fromkeys(TEXTS, texts),
        "number": numbers,
        "when": days,
        "truth": st.booleans(),
        "kept": st.recursive(
            st.none() | st.integers(-(1 << 70), 1 << 70) | st.text(max_size=3) | st.binary(max_size=3) | days,
            lambda inner: st.lists(inner, max_size=2) | st.tuples(inner) | st.dictionaries(st.text(max_size=2), inner),
            max_leaves=3,
        ),
        "bits": st.booleans(),
        "_boost": boosts,
        "_text_boost": boosts,
    },
)


@dataclass(frozen=True)
class Commit:
    """What happens between two commits, and how the second is made (the arguments of Whoosh's ``commit``)."""

    added: Sequence[dict[str, Any]]
    updated: Sequence[dict[str, Any]]
    deleted: Sequence[tuple[str, str]]
    how: dict[str, bool]


commits = st.lists(
    st.builds(
        Commit,
        st.lists(documents, max_size=8),
        st.lists(documents, max_size=2),
        st.lists(st.tuples(st.sampled_from(["id", "text", "key"]), words | st.integers(0, 12).map(str)), max_size=2),
        st.sampled_from([{"merge": False}, {"merge": False}, {"merge": True}, {"optimize": True}]),
    ),
    min_size=1,
    max_size=4,
)


def build(folder: Path, history: Sequence[Commit], codec: Callable[[], Codec | None]) -> FileIndex:
    """The index that comes of these commits."""
    folder.mkdir(parents=True)
    index = create_in(str(folder), SCHEMA)
    for commit in history:
        writer = index.writer(codec=codec())
        for name, value in commit.deleted:
            writer.delete_by_term(name, value)
        for document in commit.updated:
            writer.update_document(**document)
        for document in commit.added:
            writer.add_document(**document)
        writer.commit(**commit.how)
    return open_dir(str(folder))


_fields = st.sampled_from(TEXTS)
_placed = st.sampled_from(["text", "chars", "boosted", "stemmed"])
_several = st.lists(words, min_size=2, max_size=3)


def _near(placed: str, terms: Sequence[str], slop: int, ordered: bool) -> query.Query:
    return spans.SpanNear2([query.Term(placed, term) for term in terms], slop=slop, ordered=ordered)


_leaves = st.one_of(
    st.builds(query.Term, _fields, words, boost=boosts),
    st.builds(query.Term, _fields, words, boost=boosts),
    st.builds(query.Prefix, _fields, st.sampled_from(["t", "tre", "a", "v", "q"]), boost=boosts),
    st.builds(query.Wildcard, _fields, st.sampled_from(["t*y", "?b", "*a*", "v?s*"])),
    st.builds(query.FuzzyTerm, _fields, words, maxdist=st.integers(1, 2), prefixlength=st.integers(0, 1)),
    st.builds(query.Regex, _fields, st.sampled_from(["t.*s", "[av].*", "é|zoo"])),
    st.builds(query.TermRange, _fields, words, words, st.booleans(), st.booleans(), constantscore=st.booleans()),
    st.builds(query.NumericRange, st.just("number"), numbers, numbers, st.booleans(), st.booleans()),
    st.builds(query.DateRange, st.just("when"), days, days),
    st.builds(query.Term, st.just("truth"), st.booleans()),
    st.builds(query.Every, st.none() | _fields, boost=boosts),
    st.builds(query.Phrase, _placed, _several, slop=st.integers(1, 4), boost=boosts),
    st.builds(_near, _placed, _several, st.integers(1, 4), st.booleans()),
    st.builds(lambda field, word, last: spans.SpanFirst(query.Term(field, word), last), _placed, words, numbers),
)


def _compound(inner: st.SearchStrategy[query.Query]) -> st.SearchStrategy[query.Query]:
    lists = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        st.builds(query.And, lists, boost=boosts),
        st.builds(query.Or, lists, boost=boosts),
        st.builds(query.Or, lists, minmatch=st.integers(0, 2), scale=st.none() | st.just(0.5)),
        st.builds(query.DisjunctionMax, lists, boost=boosts),
        st.builds(query.AndNot, inner, inner),
        st.builds(query.AndMaybe, inner, inner),
        st.builds(query.Require, inner, inner),
        st.builds(query.Not, inner),
        st.builds(query.ConstantScoreQuery, inner, boosts),
    )


queries = st.recursive(_leaves, _compound, max_leaves=6)
