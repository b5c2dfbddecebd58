"""The second look at the best documents: their best passage, words side by side as in the query, words alike.

Each only adds to the score of the :data:`POOL` best by words: an answer of a thousand documents costs no more than one
of a hundred. ``docs/relevance.md`` tells what each gave in trials.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from indexer.columnar.executor.scoring import saturated
from indexer.columnar.generation import TEXTS, Generation
from indexer.columnar.letters import count_grams
from indexer.columnar.passages import best_passages
from indexer.columnar.places import Places
from indexer.query.explain import written
from indexer.query.features import Features
from indexer.query.nodes import Phrase, Word
from indexer.results import Evident, ScorePart

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indexer.columnar.executor.evaluate import LeafScore
    from indexer.columnar.executor.leaves import Leaves
    from indexer.columnar.executor.scoring import Bm25f

    Numbers = NDArray[np.intp]
    Scores = NDArray[np.float64]

POOL = 100  # documents; with 50 and 200 the trials ranked the same to 0.002
# The same weights for all collections; those of pairs and grams are flat from 0.1 to 0.2.
PASSAGE = 0.5
PAIRS = 0.15
GRAMS = 0.15


class Weights(Protocol):
    """What knows how telling a word is."""

    @property
    def leaves(self) -> Leaves:
        """Where words stand."""

    @property
    def ranking(self) -> Bm25f:
        """The formula."""

    def weight(self, leaf: Word) -> float:
        """The idf of a word."""


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


@dataclass(frozen=True, slots=True)
class Extras:
    """The same of the documents of a pool: ``numbers`` in order, the others a value a document."""

    numbers: Numbers
    passages: Scores
    pairs: Scores
    grams: Scores

    @property
    def totals(self) -> Scores:
        """What is added to the score of each."""
        return self.passages + self.pairs + self.grams

    def of(self, number: int) -> Extra | None:
        """What is added to one document; ``None`` for one that isn't of the pool."""
        at = int(np.searchsorted(self.numbers, number))
        if at == len(self.numbers) or self.numbers[at] != number:
            return None
        return Extra(float(self.passages[at]), float(self.pairs[at]), float(self.grams[at]))


NO_EXTRAS = Extras(np.zeros(0, np.intp), np.zeros(0), np.zeros(0), np.zeros(0))


class SecondLook:
    """For the words of one search, as they are read there."""

    def __init__(self, generation: Generation, weights: Weights) -> None:
        self._generation = generation
        self._weights = weights
        self._leaves = weights.leaves
        self._ranking = weights.ranking

    def extras(self, features: Features, numbers: Numbers | Sequence[int]) -> Extras:
        """What is added to the scores of the documents of the pool, in any order."""
        pool = np.sort(np.asarray(numbers, np.intp))
        if not len(pool):
            return NO_EXTRAS
        places = {text: self._places(text, features.words, pool) for text in TEXTS}
        return Extras(
            pool,
            PASSAGE * self._passages(places["body"], pool),
            PAIRS * self._pairs(features.pairs, places, pool),
            GRAMS * self._grams(features.grams, pool),
        )

    def _places(self, text: str, words: Sequence[Word], pool: Numbers) -> dict[Word, Places]:
        begins = self._generation.starts(text).take(pool)
        return {word: self._places_of(text, word, pool, begins) for word in words}

    def _places_of(self, text: str, word: Word, pool: Numbers, begins: Numbers) -> Places:
        """Where a word stands, but for documents that have it with other accents than it was typed with only."""
        found = self._leaves.stretches(text, word, pool)
        length = int(found.lasts[0] - found.firsts[0]) + 1 if len(found) else 1
        places = Places.of(found.firsts, begins, length)
        others = self._leaves.as_typed(text, word) if word.accented else None
        return places if others is None else places.but(np.isin(pool, others))

    def _passages(self, places: Mapping[Word, Places], pool: Numbers) -> Scores:
        lengths = self._generation.column("body_length").take(pool).astype(np.intp)
        return best_passages(list(places.values()), [self._weights.weight(word) for word in places], lengths)

    def _pairs(self, pairs: Sequence[Phrase], places: Mapping[str, Mapping[Word, Places]], pool: Numbers) -> Scores:
        """Weighed by how rare they are in the collection: pairs that all of the pool has are telling nevertheless."""
        if not pairs:
            return np.zeros(len(pool))
        sides = list(map(_sides, pairs))
        counts = {
            text: np.array([words[left].followed_by(words[right], len(pool)) for left, right in sides])
            for text, words in places.items()
        }
        return self._scores(counts, pool)

    def _grams(self, grams: Sequence[str], pool: Numbers) -> Scores:
        """Weighed by how rare they are in the pool: chosen by the query's words, all of it has most of their grams."""
        if not grams:
            return np.zeros(len(pool))
        return self._scores(count_grams(self._generation, grams, pool), pool, among=len(pool))

    def _scores(self, counts: Mapping[str, NDArray[Any]], pool: Numbers, among: int | None = None) -> Scores:
        """From how often each feature (a row) stands in each document of the pool to a score a document."""
        weights = self._ranking.weights
        frequencies: Scores = np.sum([rows * weights[text].take(pool) for text, rows in counts.items()], axis=0)
        documents = np.count_nonzero(frequencies, axis=1, keepdims=True)
        scores: Scores = (self._ranking.idf(documents, among) * saturated(frequencies)).sum(axis=0)
        return scores


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
