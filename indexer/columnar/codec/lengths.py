"""Lengths of texts as Whoosh rounds them: its formulas see a length as one of 256 numbers, and so must ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.util.numeric import byte_to_length

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROUNDED: NDArray[np.int64] = np.array([byte_to_length(byte) for byte in range(256)], np.int64)


def rounded(lengths: NDArray[Any]) -> NDArray[np.int64]:
    """Each length rounded up to the next that Whoosh knows; the longest it knows is 106,374."""
    return ROUNDED[np.minimum(np.searchsorted(ROUNDED, lengths), len(ROUNDED) - 1)]
