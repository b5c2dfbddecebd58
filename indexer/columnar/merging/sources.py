"""What is merged: segments, and what is left of each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.columnar.postings import narrow
from indexer.columnar.segment import SegmentFile

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Source:
    """A segment that is merged. ``live``: which documents are left, ``None`` where all are.

    ``numbers``: the new number of each document; that of one that is deleted means nothing.
    """

    def __init__(self, file: SegmentFile, deleted: Collection[int], base: int) -> None:
        self.file = file
        self.live: NDArray[np.bool_] | None = None
        self.numbers: NDArray[Any] = np.arange(base, base + file.documents, dtype=np.int64)
        if deleted:
            self.live = np.ones(file.documents, np.bool_)
            self.live[list(deleted)] = False
            self.numbers = np.cumsum(self.live) + (base - 1)
        self.documents = file.documents if self.live is None else int(np.count_nonzero(self.live))

    def left(self) -> NDArray[np.intp]:
        """The documents that are left, by their old numbers."""
        return np.arange(self.file.documents) if self.live is None else np.flatnonzero(self.live)

    def kept(self, values: NDArray[Any]) -> NDArray[Any]:
        """Of a value a document those of documents that are left."""
        return values if self.live is None else values[self.live]


def sources(segments: Sequence[SegmentFile], deleted: Sequence[Collection[int]]) -> list[Source]:
    """The segments in their order, with the numbers that their documents get."""
    found: list[Source] = []
    base = 0
    for file, gone in zip(segments, deleted, strict=True):
        found.append(Source(file, gone, base))
        base += found[-1].documents
    smallest = narrow(max(base - 1, 0))
    for source in found:
        source.numbers = np.maximum(source.numbers, 0).astype(smallest)
    return found
