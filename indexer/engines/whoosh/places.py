"""Where a word of the query stands in the best documents, as arrays: what the second look at them counts in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from indexer.query.match import Spans

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LONGEST = 1 << 32  # words of a document


@dataclass(frozen=True, slots=True)
class Places:
    """The occurrences of a word, in order: ``documents`` has the place in the pool of each, ``firsts`` its position.

    ``length``: the words that each spans, more than one where characters of Chinese make a word.
    """

    documents: NDArray[np.intp]
    firsts: NDArray[np.intp]
    length: int

    @classmethod
    def of(cls, found: Spans, pool: Sequence[int]) -> Places:
        """From the spans of a word in documents of the pool, which has their numbers in order."""
        spans = [found.get(number, ()) for number in pool]
        firsts = np.fromiter((first for first, _ in chain.from_iterable(spans)), np.intp)
        length = next((last - first + 1 for first, last in chain.from_iterable(spans)), 1)
        return cls(np.repeat(np.arange(len(pool)), list(map(len, spans))), firsts, length)

    def followed_by(self, other: Places, documents: int) -> NDArray[np.intp]:
        """How often the other word stands right behind this one, in each of so many documents."""
        if not len(other.firsts):
            return np.zeros(documents, np.intp)
        wanted = self.documents * _LONGEST + self.firsts + self.length
        there = other.documents * _LONGEST + other.firsts
        nearest = np.minimum(np.searchsorted(there, wanted), len(there) - 1)
        return np.bincount(self.documents[there[nearest] == wanted], minlength=documents)
