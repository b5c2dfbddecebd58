"""How strongly two things are drawn to each other, from counts.

The table behind both measures counts words (Evert 2008, "Corpora and collocations", section 5.1, surface cooccurrence):

=====================  ================  =====================  =========
.                      the word          any other word         in all
=====================  ================  =====================  =========
near a hit             ``near_word``     …                      ``near``
elsewhere              …                 …                      …
in all                 ``word``          …                      ``total``
=====================  ================  =====================  =========

The words of the hits themselves are in no cell. Counts of many words are compared at once, as arrays.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Counts = NDArray[np.int64]
    Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Tables:
    """A table of two by two for each of many words: one cell, and the sums that give the other three."""

    near_word: Counts
    near: int
    word: Counts
    total: int

    @property
    def expected(self) -> Scores:
        """How often each word would stand near a hit if it made no difference to it where the hits are."""
        return self.near * self.word / self.total

    @property
    def attract(self) -> NDArray[np.bool_]:
        """Whether each word stands near the hits more often than that."""
        return self.near_word * self.total > self.near * self.word

    def log_likelihood(self) -> Scores:
        """G² (Dunning 1993): twice the sum, over the four cells, of observed · ln(observed / expected). Never negative.

        Above 3.84 chance alone gives such a table in less than one of 20 cases, above 10.83 in one of 1,000, as far as
        words were independent of each other; they aren't, so it is for ordering words, not for proofs.
        """
        near_rest, word_rest = self.near - self.near_word, self.word - self.near_word
        elsewhere, others = self.total - self.near, self.total - self.word
        terms = (
            self._term(self.near_word, self.near, self.word)
            + self._term(near_rest, self.near, others)
            + self._term(word_rest, elsewhere, self.word)
            + self._term(elsewhere - word_rest, elsewhere, others)
        )
        return np.maximum(0.0, 2 * terms)

    def _term(self, seen: Counts, row: int, column: Counts) -> Scores:
        """Of one cell; nothing where nothing was seen."""
        expected = row * column / self.total
        ratio = np.divide(seen, expected, out=np.ones(len(seen)), where=seen > 0)
        return np.multiply(seen, np.log(ratio), dtype=np.float64)


def log_dice(together: Counts, one: int, other: Counts) -> Scores:
    """14 + log2(2 · together / (one + other)) (Rychlý 2008).

    14 where the two only ever stand together, a point less for each halving. It doesn't depend on the size of the
    collection, so figures of two collections can be compared.
    """
    return 14 + np.log2(2 * together / (one + other))
