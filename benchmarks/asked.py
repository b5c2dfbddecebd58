"""What is asked of made documents: fifty queries of each class, drawn from what was counted in them."""

from __future__ import annotations

import random
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.corpus import TITLE, Corpus
from benchmarks.made import REAL_WORDS, VOCABULARY, vocabulary

if TYPE_CHECKING:
    from numpy.typing import NDArray

QUERIES = 50
LEAST_DOCUMENTS = 2_000
"""Fewer hold too few words for so many queries of each class."""
SEED = 50
MOST_FORMS = 1_000
"""A prefix may stand for so many words: Concord cuts a pattern off at 1,024, the others never."""
LEAST_FORMS = 5

# Shares of all documents that a word of each band stands in.
COMMON, FREQUENT, MID, RARE = (0.2, 0.9), (0.02, 0.2), (0.005, 0.02), (0.0002, 0.001)


class Kind(StrEnum):
    """A class of queries."""

    COMMON = "common word"
    MID = "mid word"
    RARE = "rare word"
    AND = "2 AND"
    OR_3 = "3 OR"
    OR_10 = "10 OR"
    PHRASE = "phrase"
    PREFIX = "prefix"


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as each engine is asked it; ``words`` has the beginning of the words for a prefix."""

    kind: Kind
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted in a corpus: its words, and in how many documents each word stands (by rank)."""

    documents: int
    tokens: int
    frequencies: NDArray[np.int64]
    neighbours: tuple[tuple[int, int], ...]
    """Ranks of words that stand side by side somewhere in a text, drawn evenly over the corpus."""


def count(corpus: Corpus) -> Counts:
    """Count the words of a corpus."""
    frequencies, tokens = np.zeros(VOCABULARY, dtype=np.int64), 0
    neighbours: list[tuple[int, int]] = []
    chance = np.random.default_rng(SEED)
    for chunk in corpus.chunks():
        lengths = np.diff(chunk.ends[1::2], prepend=0)
        documents = np.repeat(np.arange(len(lengths)), lengths)
        frequencies += np.bincount(np.unique(documents * VOCABULARY + chunk.words) % VOCABULARY, minlength=VOCABULARY)
        tokens += len(chunk.words)
        neighbours += _neighbours(chunk.words, documents, chance)
    return Counts(corpus.size, tokens, frequencies, tuple(neighbours))


def _neighbours(
    words: NDArray[np.int64], documents: NDArray[np.int64], chance: np.random.Generator
) -> list[tuple[int, int]]:
    """Pairs of made words; those over the end of a title are not in one field and don't count."""
    places = chance.integers(0, len(words) - 1, 64 * QUERIES)
    starts = np.searchsorted(documents, documents[places])
    fit = (documents[places] == documents[places + 1]) & (places - starts >= TITLE)
    fit &= (words[places] >= REAL_WORDS) & (words[places + 1] >= REAL_WORDS) & (words[places] != words[places + 1])
    return list(zip(words[places][fit].tolist(), words[places + 1][fit].tolist(), strict=True))


def queries(counts: Counts) -> dict[Kind, tuple[Asked, ...]]:
    """The queries of each class: the same ones for the same corpus. Of :data:`LEAST_DOCUMENTS` or more."""
    chance = random.Random(SEED)
    words = vocabulary("en").tolist()
    bands = {band: _band(counts, band) for band in (COMMON, FREQUENT, MID, RARE)}

    def drawn(*numbers: tuple[tuple[float, float], int]) -> tuple[str, ...]:
        ranks = [rank for band, number in numbers for rank in chance.sample(bands[band], number)]
        return tuple(words[rank] for rank in ranks)

    prefixes = _prefixes(chance, sorted(words[rank] for rank in np.flatnonzero(counts.frequencies).tolist()))
    phrases = _phrases(chance, counts, set(bands[COMMON]))
    makers: dict[Kind, Callable[[], tuple[str, ...]]] = {
        Kind.COMMON: lambda: drawn((COMMON, 1)),
        Kind.MID: lambda: drawn((MID, 1)),
        Kind.RARE: lambda: drawn((RARE, 1)),
        Kind.AND: lambda: drawn((COMMON, 1), (FREQUENT, 1)),
        Kind.OR_3: lambda: drawn((FREQUENT, 2), (MID, 1)),
        Kind.OR_10: lambda: drawn((COMMON, 2), (FREQUENT, 4), (MID, 4)),
        Kind.PHRASE: lambda: tuple(words[rank] for rank in next(phrases)),
        Kind.PREFIX: lambda: (next(prefixes),),
    }
    return {kind: tuple(Asked(kind, make()) for _ in range(QUERIES)) for kind, make in makers.items()}


def _band(counts: Counts, band: tuple[float, float]) -> list[int]:
    """The made words of a band, by rank."""
    least, most = (share * counts.documents for share in band)
    fit = (counts.frequencies >= max(1, least)) & (counts.frequencies <= max(2, most))
    fit[:REAL_WORDS] = False
    return np.flatnonzero(fit).tolist()


def _phrases(chance: random.Random, counts: Counts, common: set[int]) -> Iterator[tuple[int, int]]:
    """Neighbours that are both common: with a rare word among them, that word is all that an engine looks at."""
    pairs = sorted({pair for pair in counts.neighbours if common.issuperset(pair)})
    chance.shuffle(pairs)
    yield from pairs


def _prefixes(chance: random.Random, words: list[str]) -> Iterator[str]:
    while True:
        prefix = chance.choice(words)[: chance.choice((3, 4))]
        forms = bisect_left(words, prefix + "{") - bisect_left(words, prefix)
        if LEAST_FORMS <= forms <= MOST_FORMS:
            yield prefix
