"""Columns of few different values, as numbers of these."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.columnar.bitmaps import Bitmaps, packed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]
    Numbers = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Coded:
    """A value a document, out of few: ``codes`` are numbers of ``values``, which are all different."""

    codes: Array
    values: tuple[str, ...]

    def bitmaps(self) -> Bitmaps:
        """The documents that have each value."""
        size = len(self.codes)
        return Bitmaps(self.values, (packed(self.codes == code, size) for code in range(len(self.values))), size)

    def counts(self, documents: Numbers) -> Counter[str]:
        """How many of these documents have each value."""
        counts = np.bincount(self.codes.take(documents), minlength=len(self.values)).tolist()
        return Counter({value: count for value, count in zip(self.values, counts, strict=True) if count})
