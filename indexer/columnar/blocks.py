"""A file of named arrays: each can be mapped into memory, and each has a sum of its own.

The layout, byte by byte, is in this folder's README. Everything is little-endian; arrays begin at multiples of 64, so
that they can be used where they lie.
"""

from __future__ import annotations

import mmap
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.columnar.errors import FileDamaged

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

MAGIC = b"\x93CONCOL\n"  # not text: a transfer that changes line ends breaks it at once
VERSION = 1
ALIGNMENT = 64
_HEADER = struct.Struct("<8sIIQQI")  # magic, version, blocks, start and length of the directory, its sum
_SUM = struct.Struct("<I")
_HEADER_SIZE = 64
_ENTRY = struct.Struct("<cBHQQI")  # kind, bytes of an item, length of the name, start, items, sum
_KINDS = {"u": (1, 2, 4, 8), "i": (1, 2, 4, 8), "f": (4, 8)}
_CHECKED_WHEN_OPENED = 1 << 16  # bytes: larger blocks are checked by ``verify`` only, or opening would read all files


@dataclass(frozen=True, slots=True)
class _Block:
    kind: str
    size: int
    start: int
    items: int
    sum: int

    @property
    def bytes(self) -> int:
        return self.size * self.items


class BlockWriter:
    """Writes arrays one after the other; nothing can be read until it is closed."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("xb")
        self._file.write(bytes(_HEADER_SIZE))
        self._blocks: dict[str, _Block] = {}

    def __enter__(self) -> BlockWriter:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self.close()
        else:
            self._file.close()

    def add(self, name: str, array: Array) -> None:
        """Write a whole array of one dimension."""
        with self.block(name, array.dtype) as block:
            block.append(array)

    @contextmanager
    def block(self, name: str, dtype: np.dtype[Any] | type[np.generic]) -> Iterator[GrowingBlock]:
        """An array that is written piece by piece; one at a time."""
        if name in self._blocks:
            raise ValueError(f"a second block {name}")
        growing = GrowingBlock(self._file, np.dtype(dtype).newbyteorder("<"), self._align())
        yield growing
        kind, size = growing.dtype.kind, growing.dtype.itemsize
        if size not in _KINDS.get(kind, ()):
            raise ValueError(f"block {name}: arrays of {growing.dtype} can't be written")
        self._blocks[name] = _Block(kind, size, growing.start, growing.items, growing.sum)

    def _align(self) -> int:
        at = self._file.tell()
        self._file.write(bytes(-at % ALIGNMENT))
        return self._file.tell()

    def close(self) -> None:
        """Write the directory, and the header that makes the file one."""
        start = self._align()
        directory = b"".join(_entry(name, block) for name, block in self._blocks.items())
        self._file.write(directory)
        self._file.seek(0)
        header = _HEADER.pack(MAGIC, VERSION, len(self._blocks), start, len(directory), zlib.crc32(directory))
        self._file.write(header + _SUM.pack(zlib.crc32(header)))
        self._file.close()


class GrowingBlock:
    """A block that is being written."""

    def __init__(self, file: Any, dtype: np.dtype[Any], start: int) -> None:
        self._file = file
        self.dtype = dtype
        self.start = start
        self.items = 0
        self.sum = 0

    def append(self, array: Array) -> None:
        """Add items at the end."""
        data = np.ascontiguousarray(array, self.dtype).data.cast("B") if len(array) else b""
        self.items += len(array)
        self.sum = zlib.crc32(data, self.sum)
        self._file.write(data)


def _entry(name: str, block: _Block) -> bytes:
    named = name.encode()
    return _ENTRY.pack(block.kind.encode(), block.size, len(named), block.start, block.items, block.sum) + named


def _entries(packed: bytes, count: int) -> Iterator[tuple[str, _Block]]:
    """What a directory says of each block; ``struct.error`` where it is shorter than that."""
    at = 0
    for _ in range(count):
        kind, size, length, start, items, block_sum = _ENTRY.unpack_from(packed, at)
        at += _ENTRY.size + length
        if at > len(packed):
            raise struct.error("a name ends behind it")
        yield packed[at - length : at].decode(), _Block(kind.decode(), size, start, items, block_sum)


class BlockFile:
    """The arrays of a file, mapped: what isn't looked at is never read.

    Raises ``FileDamaged`` for a file that is none, is of another version, or whose directory or small blocks are not
    what was written. :meth:`verify` looks at every byte.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as file:
            head = file.read(_HEADER_SIZE)
            self._check_header(head)
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._blocks = self._directory(head)
        self._arrays: dict[str, Array] = {}
        for name, block in self._blocks.items():
            if block.bytes <= _CHECKED_WHEN_OPENED:
                self._check_sum(name, block)

    def __contains__(self, name: str) -> bool:
        return name in self._blocks

    def __iter__(self) -> Iterator[str]:
        return iter(self._blocks)

    def __getitem__(self, name: str) -> Array:
        """The array of a name; ``FileDamaged`` where the file has none."""
        array = self._arrays.get(name)
        if array is None:
            block = self._blocks.get(name)
            if block is None:
                raise FileDamaged(self.path, f"it has no block {name}")
            dtype = np.dtype(f"<{block.kind}{block.size}")
            mapped = np.frombuffer(self._map, dtype, block.items, block.start) if block.items else np.zeros(0, dtype)
            array = self._arrays[name] = mapped
        return array

    def size(self, name: str) -> int:
        """The bytes of a block."""
        return self._blocks[name].bytes

    def verify(self) -> None:
        """Read everything; raises ``FileDamaged`` with the name of the first block that isn't what was written."""
        for name, block in self._blocks.items():
            self._check_sum(name, block)
            end = block.start + block.bytes
            if any(self._map[end : end + -end % ALIGNMENT]):
                raise FileDamaged(self.path, f"behind block {name} stands something")

    def forget(self) -> None:
        """Tell the system that what was read isn't needed for now: it counts as this process's memory till then.

        Arrays stay as they are: what of them is looked at again is read again. Nothing happens on Windows.
        """
        if hasattr(mmap, "MADV_DONTNEED"):
            self._map.madvise(mmap.MADV_DONTNEED)

    def close(self) -> None:
        """Let go of the file; arrays that are still held keep it open as long as they live."""
        self._arrays.clear()
        with suppress(BufferError):  # somebody still holds an array: the last of them closes the map
            self._map.close()

    def _check_header(self, head: bytes) -> None:
        if len(head) < _HEADER_SIZE or not head.startswith(MAGIC):
            raise FileDamaged(self.path, "it is no file of columns: it doesn't begin as one")
        version = int.from_bytes(head[8:12], "little")
        if version != VERSION:
            raise FileDamaged(self.path, f"it is in version {version} of the format, not in {VERSION}")
        (noted,) = _SUM.unpack_from(head, _HEADER.size)
        if zlib.crc32(head[: _HEADER.size]) != noted or any(head[_HEADER.size + _SUM.size :]):
            raise FileDamaged(self.path, "its header is not what was written")

    def _directory(self, head: bytes) -> dict[str, _Block]:
        _, _, count, start, length, noted = _HEADER.unpack_from(head)
        packed = self._map[start : start + length]
        if start + length != len(self._map) or zlib.crc32(packed) != noted:
            raise FileDamaged(self.path, "its directory is not what was written")
        try:
            entries = list(_entries(packed, count))
        except (struct.error, UnicodeDecodeError) as error:
            raise FileDamaged(self.path, f"its directory can't be read: {error}") from None
        blocks = dict(entries)
        if len(blocks) != count or sum(_ENTRY.size + len(name.encode()) for name, _ in entries) != length:
            raise FileDamaged(self.path, "its directory has a block twice, or more than blocks")
        self._check_places(blocks, start)
        return blocks

    def _check_places(self, blocks: dict[str, _Block], end: int) -> None:
        """Each block where the one before it ends, rounded up: none overlaps another or leaves room unaccounted for."""
        at = _HEADER_SIZE
        for name, block in blocks.items():
            if block.size not in _KINDS.get(block.kind, ()):
                raise FileDamaged(self.path, f"block {name} has items of an unknown type, {block.kind}{block.size}")
            if block.start != at or block.start + block.bytes > end:
                raise FileDamaged(self.path, f"block {name} doesn't lie between its neighbours")
            at = block.start + block.bytes
            at += -at % ALIGNMENT
        if at != end:
            raise FileDamaged(self.path, "its directory doesn't follow its last block")

    def _check_sum(self, name: str, block: _Block) -> None:
        if zlib.crc32(memoryview(self._map)[block.start : block.start + block.bytes]) != block.sum:
            raise FileDamaged(self.path, f"block {name} is not what was written")
