"""Columns of a segment: a value a document, as an array.

Three kinds: *numbers*; *bytes*, one behind the other; and *codes*, numbers of the few different values that there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.columnar.blocks import BlockFile, BlockWriter
from indexer.columnar.postings import narrow
from indexer.columnar.strings import StringTable, write_strings

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]


class Codes:
    """A column of few different values: ``codes`` are numbers of ``values``, which are in order."""

    def __init__(self, codes: Array, values: StringTable | Sequence[bytes]) -> None:
        self.codes = codes
        self.values = values

    @classmethod
    def read(cls, file: BlockFile, name: str) -> Codes:
        """The column that :func:`write_codes` wrote."""
        return cls(file[f"{name}.codes"], StringTable.read(file, f"{name}.values"))

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, number: int) -> bytes:
        return self.values[int(self.codes[number])]


def write_codes(writer: BlockWriter, name: str, values: Sequence[bytes]) -> None:
    """Write a value a document as numbers of the different values."""
    different = sorted(set(values))
    numbers = {value: number for number, value in enumerate(different)}
    codes = np.fromiter(map(numbers.__getitem__, values), np.uint32, len(values))
    writer.add(f"{name}.codes", codes.astype(narrow(max(len(different) - 1, 0))))
    write_strings(writer, f"{name}.values", different)
