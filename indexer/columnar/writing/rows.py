"""Rows that grow while documents are collected: bytes behind each other, and how many each document has of them."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.columnar.strings import bounds

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indexer.columnar.blocks import BlockWriter


class Row:
    """A value of bytes a document. In one piece, so that writing takes no second copy."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._lengths = array("Q")

    def __len__(self) -> int:
        return len(self._lengths)

    def __iter__(self) -> Iterator[bytes]:
        at = 0
        for length in self._lengths:
            yield bytes(self._data[at : at + length])
            at += length

    @property
    def size(self) -> int:
        """The bytes of all values."""
        return len(self._data)

    def append(self, value: bytes) -> None:
        """The value of the document that follows."""
        self._data += value
        self._lengths.append(len(value))

    @property
    def starts(self) -> NDArray[np.uint64]:
        """Where each value begins, and the end of the last."""
        return bounds(np.frombuffer(self._lengths, np.uint64))

    def view(self, dtype: str) -> NDArray[Any]:
        """All values as numbers of a kind."""
        return np.frombuffer(self._data, dtype)

    def write(self, writer: BlockWriter, name: str) -> None:
        """Write it as a table of strings."""
        writer.add(f"{name}.starts", self.starts)
        writer.add(f"{name}.bytes", self.view("u1"))
