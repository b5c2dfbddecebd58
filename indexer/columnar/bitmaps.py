"""Sets of documents, a bit a document: what filters and facets are worked out with.

Counting the documents of each value goes over all bits, with the processor's count of the bits of a word: for a field
of few values that is as fast as looking at each hit, and hits that a filter leaves out cost nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]
    Bits = NDArray[np.uint64]
    Mask = NDArray[np.bool_]

_WORD = 64  # bits
_FEW = 4  # where fewer than one word in so many has a bit, picking these words first is faster


class Bitmaps:
    """A row of bits for each of ``values``: 57 domains of 100,000 documents are 0.7 MB."""

    def __init__(self, values: Sequence[str], rows: Iterable[Bits], size: int) -> None:
        self.values = tuple(values)
        self._numbers = {value: number for number, value in enumerate(self.values)}
        self._rows = np.array(list(rows), np.uint64).reshape(len(self.values), words(size))
        self._size = size

    def counts(self, documents: Bits) -> Counter[str]:
        """How many of some documents have each value; values that none has are left out."""
        rows = self._rows
        some = np.flatnonzero(documents)
        if len(some) * _FEW < len(documents):
            rows, documents = rows[:, some], documents[some]
        counts: Array = np.bitwise_count(rows & documents).sum(1, dtype=np.uint32)
        return Counter({value: count for value, count in zip(self.values, counts.tolist(), strict=True) if count})

    def having(self, values: Collection[str]) -> Bits:
        """The documents that have any of ``values``."""
        found = np.zeros(words(self._size), np.uint64)
        for value in values:
            if value in self._numbers:
                found |= self._rows[self._numbers[value]]
        return found


def words(size: int) -> int:
    """How many words so many bits are."""
    return -(-size // _WORD)


def packed(documents: Array, size: int) -> Bits:
    """The bits of documents: their numbers, or a mask of all."""
    mask = np.zeros(words(size) * _WORD, np.bool_)
    if documents.dtype == np.bool_:
        mask[:size] = documents
    else:
        mask[documents] = True
    return np.packbits(mask).view(np.uint64)


def unpacked(bits: Bits, size: int) -> Mask:
    """The mask of bits."""
    return np.unpackbits(bits.view(np.uint8), count=size).view(np.bool_)
