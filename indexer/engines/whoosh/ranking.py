"""The second look at the best documents: their best passage, words side by side as in the query, words alike.

Each only adds to the score of the :data:`POOL` best by words: an answer of a thousand documents costs no more than one
of a hundred. ``docs/relevance.md`` tells what each gave in trials.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from indexer.engines.whoosh.evaluate import Evaluator, LeafScore
from indexer.engines.whoosh.letterings import read_letterings
from indexer.engines.whoosh.passages import best_passages
from indexer.engines.whoosh.places import Places
from indexer.engines.whoosh.postings import Postings
from indexer.engines.whoosh.scoring import WEIGHTS, Numbers, saturated
from indexer.engines.whoosh.table import DocumentTable
from indexer.query.explain import written
from indexer.query.features import Features
from indexer.query.nodes import Phrase, Word
from indexer.results import Evident, ScorePart

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray
    from whoosh.reading import IndexReader

POOL = 100  # documents; with 50 and 200 the trials ranked the same to 0.002
# The same weights for all collections; those of pairs and grams are flat from 0.1 to 0.2.
PASSAGE = 0.5
PAIRS = 0.15
GRAMS = 0.15


@dataclass(frozen=True, slots=True)
class Extra:
    """What the second look adds to a document's score."""

    passage: float = 0.0
    pairs: float = 0.0
    grams: float = 0.0

    @property
    def total(self) -> float:
        """All together."""
        return self.passage + self.pairs + self.grams


class SecondLook:
    """For one thread at a time, as the reader it looks into."""

    def __init__(self, reader: IndexReader, table: DocumentTable, evaluator: Evaluator) -> None:
        self._reader = reader
        self._table = table
        self._evaluator = evaluator
        self._ranking = evaluator.ranking

    def extras(self, features: Features, numbers: Sequence[int]) -> dict[int, Extra]:
        """Document number → what is added to its score, for the documents of the pool."""
        if not numbers:
            return {}
        at = np.array(sorted(numbers), dtype=np.intp)
        postings = self._evaluator.postings.within(at.tolist())
        places = {field: _places(postings, field, features.words, at.tolist()) for field in WEIGHTS}
        parts = (
            PASSAGE * self._passages(places["body"], at),
            PAIRS * self._pairs(features.pairs, places, at),
            GRAMS * self._grams(features.grams, at),
        )
        return dict(zip(at.tolist(), map(Extra, *(part.tolist() for part in parts)), strict=True))

    def _passages(self, places: Mapping[Word, Places], at: NDArray[np.intp]) -> Numbers:
        lengths = np.array([self._table.rows[number].body_length for number in at.tolist()], dtype=np.intp)
        return best_passages(list(places.values()), [self._evaluator.weight(word) for word in places], lengths)

    def _pairs(
        self, pairs: Sequence[Phrase], places: Mapping[str, Mapping[Word, Places]], at: NDArray[np.intp]
    ) -> Numbers:
        """Weighed by how rare they are in the collection: pairs that all of the pool has are telling nevertheless."""
        counts = {
            field: [words[left].followed_by(words[right], len(at)) for left, right in map(_sides, pairs)]
            for field, words in places.items()
        }
        return self._scores(counts, at)

    def _grams(self, grams: Sequence[str], at: NDArray[np.intp]) -> Numbers:
        """Weighed by how rare they are in the pool: chosen by the query's words, all of it has most of their grams."""
        if not grams:
            return np.zeros(len(at))
        texts = read_letterings(self._reader, at.tolist())
        counts = {field: [[text.count(gram) for text in texts[field]] for gram in grams] for field in WEIGHTS}
        return self._scores(counts, at, among=len(at))

    def _scores(self, counts: Mapping[str, ArrayLike], at: NDArray[np.intp], among: int | None = None) -> Numbers:
        """From how often each feature stands in each document of the pool to a score a document."""
        weights = self._ranking.weights
        frequencies = np.sum(
            [np.reshape(rows, (-1, len(at))) * weights[field][at] for field, rows in counts.items()], axis=0
        )
        documents = np.count_nonzero(frequencies, axis=1, keepdims=True)
        return (self._ranking.idf(documents, among) * saturated(frequencies)).sum(axis=0)  # type: ignore[no-any-return]


def _places(postings: Postings, field: str, words: Sequence[Word], pool: Sequence[int]) -> dict[Word, Places]:
    return {word: Places.of(postings.as_typed(field, word), pool) for word in words}


def _sides(pair: Phrase) -> tuple[Word, Word]:
    left, right = (element for element in pair.elements if isinstance(element, Word))
    return left, right


def score_parts(leaves: Iterable[LeafScore], extra: Extra | None) -> tuple[ScorePart, ...]:
    """What a score is made of, largest first."""
    parts = [
        ScorePart(
            Evident.WORDS,
            leaf.score,
            written(leaf.leaf),
            math.ceil(leaf.counts.get("title", 0)),
            math.ceil(leaf.counts.get("body", 0)),
            leaf.documents,
        )
        for leaf in leaves
    ]
    if extra is not None:
        parts += [
            ScorePart(Evident.PASSAGE, extra.passage),
            ScorePart(Evident.PAIRS, extra.pairs),
            ScorePart(Evident.LETTERS, extra.grams),
        ]
    return tuple(sorted((part for part in parts if part.score), key=lambda part: -part.score))
