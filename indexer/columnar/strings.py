"""Tables of byte strings: where each begins in one long row of bytes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from operator import le
from typing import TYPE_CHECKING, Any, overload

import numpy as np

from indexer.columnar.blocks import BlockFile, BlockWriter

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LAST = b"\xf8"  # no UTF-8 has this byte: it sorts behind everything that goes on with a prefix
_STEP = 256  # of a table in order so many strings share a head that is kept in memory


class StringTable(Sequence[bytes]):
    """Strings by number; ``starts`` has one item more than there are strings.

    Of a table in order :meth:`find` and :meth:`starting_with` search by halves.
    """

    def __init__(self, starts: NDArray[np.uint64], data: NDArray[np.uint8]) -> None:
        self._starts = starts.data  # single items of it come as int, three times as fast as those of an array
        self._data = data.data
        self.starts = starts
        self.data = data

    @classmethod
    def read(cls, file: BlockFile, name: str) -> StringTable:
        """The table that :func:`write_strings` wrote under this name."""
        return cls(file[f"{name}.starts"], file[f"{name}.bytes"])

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, at: int) -> bytes: ...
    @overload
    def __getitem__(self, at: slice) -> list[bytes]: ...
    def __getitem__(self, at: int | slice) -> bytes | list[bytes]:
        if isinstance(at, slice):
            first, last, step = at.indices(len(self))
            if step != 1:
                return [self[each] for each in range(first, last, step)]
            return self._between(first, max(first, last))
        first, last = self._starts[at], self._starts[at + 1]
        if not first <= last <= len(self._data):
            raise IndexError(f"string {at} of {len(self)} has no place among the bytes")
        return bytes(self._data[first:last])

    def _between(self, first: int, last: int) -> list[bytes]:
        starts = self._starts[first : last + 1].tolist()
        begin = starts[0]
        if starts[-1] > len(self._data) or not all(map(le, starts, starts[1:])):
            raise IndexError(f"strings {first} to {last} of {len(self)} have no places among the bytes")
        data = bytes(self._data[begin : starts[-1]])
        return [data[one - begin : other - begin] for one, other in pairwise(starts)]

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._between(0, len(self)))

    def find(self, text: bytes) -> int:
        """The number of a string, -1 where it isn't there. Of a table in order."""
        at = self.place(text)
        return at if at < len(self) and self[at] == text else -1

    def starting_with(self, prefix: bytes) -> tuple[int, int]:
        """The numbers of the strings that begin with ``prefix``: the first, and behind the last. In order."""
        return self.place(prefix), self.place(prefix + _LAST)

    def place(self, text: bytes) -> int:
        """How many strings are smaller. Of a table in order: first among the heads, then by halves between two."""
        head = bisect_left(self._heads, text)
        low, high = max(head - 1, 0) * _STEP, min(head * _STEP, len(self))
        starts, data = self._starts, self._data
        while low < high:
            middle = (low + high) >> 1
            if bytes(data[starts[middle] : starts[middle + 1]]) < text:
                low = middle + 1
            else:
                high = middle
        return low

    @cached_property
    def _heads(self) -> list[bytes]:
        return [self[at] for at in range(0, len(self), _STEP)]


def write_strings(writer: BlockWriter, name: str, strings: Iterable[bytes]) -> None:
    """Write a table of strings as two blocks."""
    if isinstance(strings, StringTable):
        writer.add(f"{name}.starts", strings.starts)
        writer.add(f"{name}.bytes", strings.data)
        return
    texts = list(strings)
    lengths = np.fromiter(map(len, texts), np.uint64, len(texts))
    writer.add(f"{name}.starts", bounds(lengths))
    writer.add(f"{name}.bytes", np.frombuffer(b"".join(texts), np.uint8))


def bounds(lengths: NDArray[Any]) -> NDArray[np.uint64]:
    """Where things of these lengths begin, one behind the other, and where the last ends."""
    starts = np.zeros(len(lengths) + 1, np.uint64)
    np.cumsum(lengths, out=starts[1:])
    return starts
