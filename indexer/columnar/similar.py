"""More like this: the most telling words of a document, and what else has several of them.

After Lucene's ``MoreLikeThis`` (McCallum & Cutting 2001): the words of highest tf·idf become a query of which any word
will do, ranked as every query is.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from typing import TYPE_CHECKING

import numpy as np

from indexer.analysis import CJK_PREFIX, UNKNOWN, Token, family, tokenize, with_pairs
from indexer.columnar.documents import Documents
from indexer.columnar.executor.scoring import WEIGHTS, Bm25f, saturated
from indexer.columnar.generation import TEXTS, Hits
from indexer.columnar.row import Row
from indexer.columnar.stories import ALONE
from indexer.engines.protocol import LabelledDocument

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.intp]
    Scores = NDArray[np.float64]

TELLING = 25  # words of a document that are sought, as in Lucene
SHARED = 0.2  # of the words sought; who shares fewer, or only one, is like it by chance
LEAST_SHARED = 2
COMMON = 0.5  # of a language's documents: a word in more tells nothing ("the", "of"); of many languages each is a few

_WITHOUT_SPACES = ("zh", "ja", "ko")  # the languages that share the terms of characters


@dataclass(frozen=True, slots=True)
class Like:
    """A document that is like another: ``words`` they share, as the other writes them, most telling first."""

    row: Row
    score: float
    words: tuple[str, ...]


class MoreLikeThis:
    """For one thread at a time."""

    def __init__(self, documents: Documents, ranking: Bm25f) -> None:
        self._documents = documents
        self._generation = documents.generation
        self._ranking = ranking

    def like(self, entry: LabelledDocument, limit: int) -> list[Like]:
        """The documents most like ``entry``, one a story, its own story left out."""
        texts = _texts(entry)
        telling = self._telling(_frequencies(texts))
        having = [{text: self._generation.hits(text, term) for text in TEXTS} for term in telling]
        scores, shared = self._scores(having)
        least = max(LEAST_SHARED, math.ceil(SHARED * len(telling)))
        own = self._generation.number(entry.document.id)
        numbers = np.flatnonzero(shared >= least)
        best = self._one_a_story(numbers[numbers != own], scores, own)[:limit]
        written = _written(texts, frozenset(telling)) if best else {}
        return [
            Like(self._documents.row(number), float(scores[number]), _words(number, telling, having, written))
            for number in best
        ]

    def _one_a_story(self, numbers: Numbers, scores: Scores, own: int | None) -> list[int]:
        """The documents by their scores, the first of each story only, without the story of ``own``."""
        stories = self._documents.stories.of
        ordered = numbers[np.lexsort((self._documents.newest_first.take(numbers), -scores.take(numbers)))]
        told = {int(stories[own])} if own is not None else set()
        kept = []
        for number, story in zip(ordered.tolist(), stories.take(ordered).tolist(), strict=True):
            if story == ALONE or story not in told:
                kept.append(number)
            told.add(story)
        return kept

    def _telling(self, frequencies: Mapping[str, float]) -> list[str]:
        """The terms of highest tf·idf, best first; not those that no other document has, or most have.

        A term is counted over the live documents only where the bounds of its count leave room for it: counting them
        all would be a walk over most of the index.
        """
        dead = self._generation.size - self._generation.documents
        most = {term: self._most(term) for term in frequencies}
        bounds = {term: max(self._generation.bound(text, term) for text in TEXTS) for term in frequencies}
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
        documents = sum(self._in_language[each] for each in written_in) or self._generation.documents
        return max(2, int(COMMON * documents))

    @cached_property
    def _in_language(self) -> Counter[str]:
        return self._documents.language_codes.counts(self._documents.numbers)

    def _live(self, term: str) -> int:
        return max(self._generation.document_frequency(text, term) for text in TEXTS)

    def _scores(self, having: Sequence[Mapping[str, Hits]]) -> tuple[Scores, NDArray[np.intp]]:
        """The score of each document, and how many of the terms it has; a value a document, deleted ones too."""
        size = self._generation.size
        scores, shared, combined = np.zeros(size), np.zeros(size, np.intp), np.zeros(size)
        for hits in having:
            for text, (documents, frequencies) in hits.items():
                combined[documents] += frequencies * self._ranking.weights[text].take(documents)
            found = np.unique(np.concatenate([each.documents for each in hits.values()]))
            scores[found] += self._ranking.idf(len(found)) * saturated(combined.take(found))
            shared[found] += 1
            combined[found] = 0.0
        return scores, shared


Texts = Mapping[str, Sequence[tuple[str, str]]]
"""``title`` and ``body`` → the term of each word, and how it is written there."""


def _texts(entry: LabelledDocument) -> Texts:
    document = entry.document
    return {
        "title": _terms([document.title], [document.language or UNKNOWN]),
        "body": _terms(document.paragraphs, entry.languages()),
    }


def _terms(passages: Sequence[str], languages: Sequence[str]) -> list[tuple[str, str]]:
    terms: list[str] = []
    written: list[str] = []
    for passage, language in zip(passages, languages, strict=True):
        tokens: list[Token] = list(tokenize(passage))
        terms += [family(token.written, language) for token in tokens]
        written += [passage[token.start : token.end] for token in tokens]
    return list(zip(with_pairs(terms), written, strict=True))


def _frequencies(texts: Texts) -> dict[str, float]:
    """Term → how often it stands there, the title weighing as it does in ranking.

    What has digits is left out: a year or a percentage is shared by chance.
    """
    frequencies: dict[str, float] = {}
    for text, words in texts.items():
        for term, count in Counter(term for term, _ in words).items():
            frequencies[term] = frequencies.get(term, 0.0) + count * WEIGHTS[text]
    return {term: count for term, count in frequencies.items() if not _has_digits(term.partition(":")[2])}


def _has_digits(name: str) -> bool:
    return any(map(str.isdigit, name))


def _written(texts: Texts, terms: frozenset[str]) -> dict[str, str]:
    """Term → how the document writes it mostly; of Chinese, the characters of the term."""
    writings: dict[str, Counter[str]] = {}
    for words in texts.values():
        for term, writing in words:
            if term in terms:
                shown = term.removeprefix(CJK_PREFIX) if term.startswith(CJK_PREFIX) else writing
                writings.setdefault(term, Counter())[shown] += 1
    return {term: min(each, key=lambda word: (-each[word], word)) for term, each in writings.items()}


def _words(
    number: int, telling: Sequence[str], having: Sequence[Mapping[str, Hits]], written: Mapping[str, str]
) -> tuple[str, ...]:
    """The telling words that a document has, as they are written, each once."""
    shared = (term for term, hits in zip(telling, having, strict=True) if any(_has(hits.values(), number)))
    return tuple(dict.fromkeys(written[term] for term in shared))


def _has(found: Iterable[Hits], number: int) -> Iterator[bool]:
    for documents, _ in found:
        at = int(np.searchsorted(documents, number))
        yield at < len(documents) and int(documents[at]) == number
