"""More like this: the most telling words of a document, and what else has several of them.

After Lucene's ``MoreLikeThis`` (McCallum & Cutting 2001): the words of highest tf·idf become a query of which any word
will do, ranked as every query is.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from typing import TYPE_CHECKING

import numpy as np
from whoosh.reading import IndexReader, TermNotFound

from indexer.analysis import CJK_PREFIX, tokenize
from indexer.engines.protocol import LabelledDocument
from indexer.engines.whoosh.counts import all_documents, live_documents
from indexer.engines.whoosh.schema import family_terms
from indexer.engines.whoosh.scoring import WEIGHTS, Bm25f, Numbers
from indexer.engines.whoosh.table import DocumentTable, Row

if TYPE_CHECKING:
    from whoosh.matching.mcore import Matcher

TELLING = 25  # words of a document that are sought, as in Lucene
SHARED = 0.2  # of the words sought; who shares fewer, or only one, is like it by chance
LEAST_SHARED = 2
COMMON = 0.5  # of a language's documents: a word in more tells nothing ("the", "of"); of many languages each is a few

_FIELDS = ("title", "body")
_WITHOUT_SPACES = ("zh", "ja", "ko")  # the languages that share the terms of characters


@dataclass(frozen=True, slots=True)
class Like:
    """A document that is like another: ``words`` they share, as the other writes them, most telling first."""

    row: Row
    score: float
    words: tuple[str, ...]


class MoreLikeThis:
    """For one thread at a time, as the reader it reads."""

    def __init__(self, reader: IndexReader, table: DocumentTable, ranking: Bm25f) -> None:
        self._reader = reader
        self._segments = [segment for segment, _ in reader.leaf_readers()]
        self._table = table
        self._ranking = ranking

    def like(self, entry: LabelledDocument, limit: int) -> list[Like]:
        """The documents most like ``entry``, one a story, its own story left out."""
        written, frequencies = _words_of(entry)
        telling = self._telling(frequencies)
        scores, shared = self._found(telling)
        least = max(LEAST_SHARED, math.ceil(SHARED * len(telling)))
        own = self._table.rows[self._table.by_id[entry.document.id]].story
        rows = (self._table.rows[number] for number, words in shared.items() if len(words) >= least)
        ranked = sorted(
            (row for row in rows if row.story != own), key=lambda row: (-scores[row.number], -row.first, row.id)
        )
        stories = {row.story: row for row in reversed(ranked)}
        best = [row for row in ranked if stories[row.story] is row][:limit]
        return [
            Like(row, float(scores[row.number]), tuple(dict.fromkeys(written[term] for term in shared[row.number])))
            for row in best
        ]

    def _telling(self, frequencies: Mapping[str, float]) -> list[str]:
        """The terms of highest tf·idf, best first; not those that no other document has, or most have.

        A term is counted over the live documents only where the bounds of its count leave room for it: counting them
        all would be a walk over most of the index.
        """
        dead = self._reader.doc_count_all() - self._reader.doc_count()
        most = {term: self._most(term) for term in frequencies}
        bounds = {term: self._bound(term) for term in frequencies}
        sure = nlargest(
            TELLING,
            (
                tf * self._ranking.idf(bounds[term])
                for term, tf in frequencies.items()
                if bounds[term] - dead > 1 and bounds[term] <= most[term]
            ),
        )
        floor = sure[-1] if len(sure) == TELLING else 0.0
        weighed = []
        for term, tf in frequencies.items():
            if tf * self._ranking.idf(max(bounds[term] - dead, 1)) >= floor:
                documents = self._live(term) if dead else bounds[term]
                if 1 < documents <= most[term]:
                    weighed.append((-tf * self._ranking.idf(documents), term))
        return [term for _, term in sorted(weighed)[:TELLING]]

    def _most(self, term: str) -> int:
        """In how many documents a telling word may be."""
        language, _, _ = term.partition(":")
        written_in = _WITHOUT_SPACES if term.startswith(CJK_PREFIX) else (language,)
        documents = sum(self._in_language[each] for each in written_in) or len(self._table.rows)
        return max(2, int(COMMON * documents))

    @cached_property
    def _in_language(self) -> Counter[str]:
        return Counter(row.language for row in self._table.rows.values())

    def _bound(self, term: str) -> int:
        return max(all_documents(self._segments, field, term) for field in _FIELDS)

    def _live(self, term: str) -> int:
        return max(live_documents(self._segments, field, term) for field in _FIELDS)

    def _found(self, terms: Sequence[str]) -> tuple[Numbers, dict[int, list[str]]]:
        """The score of each document, and document → the terms it has, in the order of ``terms``."""
        scores = np.zeros(self._ranking.size)
        shared: dict[int, list[str]] = {}
        for term in terms:
            counts = {field: self._counts(field, term) for field in _FIELDS}
            scores += self._ranking.scores(counts)
            for number in set[int]().union(*counts.values()):
                shared.setdefault(number, []).append(term)
        return scores, shared

    def _counts(self, field: str, term: str) -> dict[int, float]:
        return {matcher.id(): matcher.weight() for matcher in self._places(field, term)}

    def _places(self, field: str, term: str) -> Iterator[Matcher]:
        try:
            matcher = self._reader.postings(field, term)
        except TermNotFound:
            return
        while matcher.is_active():
            yield matcher
            matcher.next()


def _words_of(entry: LabelledDocument) -> tuple[dict[str, str], dict[str, float]]:
    """Term → how the document writes it mostly, and term → frequency, the title weighing as it does in ranking.

    What has digits is left out: a year or a percentage is shared by chance.
    """
    document = entry.document
    fields = family_terms(entry)
    texts = {"title": [document.title], "body": document.paragraphs}
    frequencies: dict[str, float] = {}
    writings: dict[str, Counter[str]] = {}
    for field in _FIELDS:
        written = (text[token.start : token.end] for text in texts[field] for token in tokenize(text))
        for term, writing in zip(fields[field], written, strict=True):
            name = term.partition(":")[2]
            if not any(char.isdigit() for char in name):
                frequencies[term] = frequencies.get(term, 0.0) + WEIGHTS[field]
                writings.setdefault(term, Counter())[_shown(term, writing)] += 1
    return {term: min(each, key=lambda word: (-each[word], word)) for term, each in writings.items()}, frequencies


def _shown(term: str, writing: str) -> str:
    """A word as it is written; of Chinese, the characters of the term."""
    return term.removeprefix(CJK_PREFIX) if term.startswith(CJK_PREFIX) else writing
