"""Where a word stands in a few documents, the pool, as arrays: what the second look counts in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.intp]

_LONGEST = 1 << 32  # words of a document


@dataclass(frozen=True, slots=True)
class Places:
    """The occurrences of a word, in order: ``documents`` has the place in the pool of each, ``firsts`` its position.

    ``length``: the words that each spans, more than one where characters of Chinese make a word.
    """

    documents: Numbers
    firsts: Numbers
    length: int = 1

    @classmethod
    def of(cls, firsts: Numbers, begins: Numbers, length: int = 1) -> Places:
        """From places (in order) in the row of all words; ``begins``: where in it each document of the pool begins."""
        counts = np.diff(np.searchsorted(firsts, begins), append=len(firsts))
        return cls(np.repeat(np.arange(len(begins)), counts), firsts - np.repeat(begins, counts), length)

    def __len__(self) -> int:
        return len(self.firsts)

    def but(self, left_out: NDArray[np.bool_]) -> Places:
        """Without those in documents that are left out: a value a document of the pool."""
        kept = np.flatnonzero(~left_out.take(self.documents))
        return Places(self.documents.take(kept), self.firsts.take(kept), self.length)

    def followed_by(self, other: Places, documents: int) -> Numbers:
        """How often the other word stands right behind this one, in each of so many documents."""
        ends, starts = self._keys(self.length), other._keys(0)
        few, many = (ends, starts) if len(ends) < len(starts) else (starts, ends)
        if not len(few):
            return np.zeros(documents, np.intp)
        common = few[many.take(np.searchsorted(many, few), mode="clip") == few]
        return np.bincount(common // _LONGEST, minlength=documents)

    def _keys(self, moved: int) -> Numbers:
        """Document and position, so many words on, as one number."""
        return self.documents * _LONGEST + self.firsts + moved
