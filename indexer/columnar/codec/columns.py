"""Whoosh's columns as columns of a segment: numbers, bytes, or codes of few different values."""

from __future__ import annotations

import struct
from array import array
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh import columns
from whoosh.util.numeric import typecode_max, typecode_min

from indexer.columnar.codec.names import block_name
from indexer.columnar.codec.stored import pack, unpack
from indexer.columnar.columns import Codes, write_codes
from indexer.columnar.strings import StringTable, write_strings

if TYPE_CHECKING:
    from indexer.columnar.blocks import BlockWriter
    from indexer.columnar.segment import SegmentFile

_TYPES = {"l": "i", "L": "I", "?": "B"}  # in Whoosh's files a "long" has four bytes, on this machine it may have eight
_PLAIN = (
    columns.VarBytesColumn,
    columns.FixedBytesColumn,
    columns.RefBytesColumn,
    columns.CompressedBlockColumn,
    columns.CompressedBytesColumn,
)
_PACKED = (columns.PickleColumn, columns.VarBytesListColumn, columns.FixedBytesListColumn)


def draft(name: str, column: Any) -> NumbersDraft | BytesDraft:
    """What gathers the values of a column of the given name; ``ValueError`` for a kind of column of somebody's own."""
    if isinstance(column, columns.ClampedNumericColumn):
        return ClampedDraft(name, column._child)
    if isinstance(column, columns.NumericColumn):
        return NumbersDraft(name, column._typecode, column.default_value())
    if isinstance(column, columns.BitColumn):
        return NumbersDraft(name, "B", 0, bool)
    encode = _encoder(name, column)
    # Columns that compress or wrap others have no default: nothing of them is nothing.
    default = encode(column.default_value()) if hasattr(column, "_default") else b""
    return BytesDraft(name, encode, default, isinstance(column, columns.RefBytesColumn))


class NumbersDraft:
    """A column of numbers that is being written."""

    def __init__(self, name: str, typecode: str, default: Any, convert: Callable[[Any], Any] | None = None) -> None:
        self._name = name
        self._default = default
        self._convert = convert
        self._values = array(_TYPES.get(typecode, typecode))

    def add(self, document: int, value: Any) -> None:
        """The value of a document, in the order of documents; ``ValueError`` for one that is too large."""
        self._fill(document)
        try:
            self._values.append(self._convert(value) if self._convert else value)
        except (OverflowError, TypeError) as error:
            raise ValueError(f"column {self._name}: {value!r} doesn't fit in: {error}") from error

    def write(self, writer: BlockWriter, documents: int) -> None:
        """Write the values, those of documents without one as the column's default."""
        self._fill(documents)
        kind = {"f": "f", "d": "f"}.get(self._values.typecode) or ("u" if self._values.typecode.isupper() else "i")
        dtype = np.dtype(f"{kind}{self._values.itemsize}")
        writer.add(f"column/{block_name(self._name)}", np.frombuffer(self._values, dtype))

    def _fill(self, document: int) -> None:
        del self._values[document:]  # a document that was given up
        self._values.extend([self._default] * (document - len(self._values)))


class ClampedDraft(NumbersDraft):
    """A column of numbers in which one that is too large becomes the largest that fits."""

    def __init__(self, name: str, column: Any) -> None:
        low, high = typecode_min[column._typecode], typecode_max[column._typecode]
        super().__init__(name, column._typecode, column.default_value(), lambda value: min(max(value, low), high))


class BytesDraft:
    """A column of bytes that is being written."""

    def __init__(self, name: str, encode: Callable[[Any], bytes], default: bytes, few: bool) -> None:
        self._name = name
        self._encode = encode
        self._default = default
        self._few = few
        self._values: list[bytes] = []

    def add(self, document: int, value: Any) -> None:
        """The value of a document, in the order of documents; ``ValueError`` for one of another type or length."""
        self._fill(document)
        self._values.append(self._encode(value))

    def write(self, writer: BlockWriter, documents: int) -> None:
        """Write the values, those of documents without one as the column's default."""
        self._fill(documents)
        write: Callable[[BlockWriter, str, Sequence[bytes]], None] = write_codes if self._few else write_strings
        write(writer, f"column/{block_name(self._name)}", self._values)

    def _fill(self, document: int) -> None:
        del self._values[document:]
        self._values.extend([self._default] * (document - len(self._values)))


def _encoder(name: str, column: Any) -> Callable[[Any], bytes]:
    if isinstance(column, columns.StructColumn):
        return lambda value: struct.pack(column._spec, *value)
    if isinstance(column, _PACKED):
        return lambda value: b"" if value is None else pack(value)
    if not isinstance(column, _PLAIN):
        raise ValueError(f"column {name}: files of columns have nothing like a {type(column).__name__}")
    length = getattr(column, "_fixedlen", 0)

    def checked(value: Any) -> bytes:
        if not isinstance(value, bytes) or (length and len(value) != length):
            raise ValueError(f"column {name}: {value!r} is not {length or 'any number of'} bytes")
        return value

    return checked


def reader(file: SegmentFile, name: str, column: Any) -> columns.ColumnReader:
    """Reads a column as Whoosh's column type does; ``ValueError`` where the file has another kind of it."""
    block = block_name(name)
    numbers = isinstance(column, (columns.NumericColumn, columns.BitColumn, columns.ClampedNumericColumn))
    if numbers != (f"column/{block}" in file.file):
        raise ValueError(f"column {name}: it was not written as a {type(column).__name__}")
    if numbers:
        return NumbersReader(file.numbers(block), truth=isinstance(column, columns.BitColumn))
    values = file.codes(block) if f"column/{block}.codes" in file.file else file.strings(block)
    kind = ListsReader if isinstance(column, columns.ListColumn) else ValuesReader
    return kind(values, _decoder(column))


def _decoder(column: Any) -> Callable[[bytes], Any] | None:
    if isinstance(column, columns.StructColumn):
        return lambda value: struct.unpack(column._spec, value)
    if isinstance(column, columns.ListColumn):
        return lambda value: unpack(value) if value else []
    if isinstance(column, columns.PickleColumn):
        return lambda value: unpack(value) if value else None
    return None


class NumbersReader(columns.ColumnReader):
    """A column of numbers or of truth."""

    def __init__(self, values: Any, *, truth: bool) -> None:
        self._values = values
        self._doccount = len(values)
        self._truth = truth
        self._reverse = False

    def __getitem__(self, docnum: int) -> Any:
        value = self._values[docnum].item()
        return bool(value) if self._truth else value

    def sort_key(self, docnum: int) -> Any:
        """What documents are sorted by: the value, turned round after ``set_reverse``."""
        value = self._values[docnum].item()
        if self._truth:
            return value ^ self._reverse
        return 0 - value if self._reverse else value

    def __iter__(self) -> Iterator[Any]:
        values = self._values.tolist()
        return map(bool, values) if self._truth else iter(values)

    def set_reverse(self) -> None:
        """Sort from the largest to the smallest."""
        self._reverse = True


class ValuesReader(columns.ColumnReader):
    """A column of bytes, or of what they stand for."""

    def __init__(self, values: Codes | StringTable, decode: Callable[[bytes], Any] | None) -> None:
        self._values = values
        self._doccount = len(values)
        self._decode = decode

    def __getitem__(self, docnum: int) -> Any:
        value = self._values[docnum]
        return self._decode(value) if self._decode else value

    def __iter__(self) -> Iterator[Any]:
        return (self[number] for number in range(self._doccount))


class ListsReader(ValuesReader):
    """A column of lists: sorted by the first of each."""

    def sort_key(self, docnum: int) -> Any:
        """The first item of the document's list."""
        return self[docnum][0]
