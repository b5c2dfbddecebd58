"""Columns of several segments as those of one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.columnar.blocks import BlockWriter
from indexer.columnar.columns import Codes
from indexer.columnar.merging.sources import Source
from indexer.columnar.postings import narrow
from indexer.columnar.strings import StringTable, bounds, write_strings

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]
    Convert = Callable[[Array], Array]

_STEP = 1 << 22  # bytes of values that are in memory at once, unless a single one has more


def merge_numbers(writer: BlockWriter, block: str, found: Sequence[Source], absent: Any = 0) -> None:
    """A column of numbers; the documents of a segment without it get ``absent``."""
    parts = [
        source.kept(source.file.file[block]) if block in source.file.file else np.array([absent] * source.documents)
        for source in found
    ]
    held = [part.dtype for source, part in zip(found, parts, strict=True) if block in source.file.file]
    dtype = np.result_type(*held)
    with writer.block(block, dtype) as growing:
        for part in parts:
            growing.append(part.astype(dtype, copy=False))


def merge_codes(writer: BlockWriter, block: str, found: Sequence[Source], absent: bytes = b"") -> None:
    """A column of few different values: of those that are left of all segments, in order."""
    parts = [_codes(source, block, absent) for source in found]
    lists = [_used(part) for part in parts]
    different = sorted(set[bytes]().union(*(values.values() for values in lists)))
    ranks = {value: rank for rank, value in enumerate(different)}
    dtype = narrow(max(len(different) - 1, 0))
    with writer.block(f"{block}.codes", dtype) as growing:
        for part, values in zip(parts, lists, strict=True):
            numbers = np.zeros(len(part.values), dtype)
            for code, value in values.items():
                numbers[code] = ranks[value]
            growing.append(numbers.take(part.codes))
    write_strings(writer, f"{block}.values", different)


def _codes(source: Source, block: str, absent: bytes) -> Codes:
    if f"{block}.codes" not in source.file.file:
        return Codes(np.zeros(source.documents, np.uint8), [absent])
    codes = Codes.read(source.file.file, block)
    return Codes(source.kept(codes.codes), codes.values)


def _used(part: Codes) -> dict[int, bytes]:
    used = np.flatnonzero(np.bincount(part.codes, minlength=len(part.values)))
    return {code: part.values[code] for code in used.tolist()}


def merge_strings(
    writer: BlockWriter,
    block: str,
    found: Sequence[Source],
    convert: Sequence[Convert] | None = None,
    absent: bytes = b"",
) -> None:
    """A column of bytes; ``convert``: what makes of a segment's bytes others, as many of them."""
    tables = [_table(source, block, absent) for source in found]
    lengths = [source.kept(np.diff(table.starts)) for source, table in zip(found, tables, strict=True)]
    writer.add(f"{block}.starts", bounds(np.concatenate(lengths) if lengths else np.zeros(0, np.uint64)))
    with writer.block(f"{block}.bytes", np.uint8) as growing:
        for at, (source, table) in enumerate(zip(found, tables, strict=True)):
            for data in _kept_bytes(source, table):
                growing.append(convert[at](data) if convert else data)


def _table(source: Source, block: str, absent: bytes) -> StringTable:
    if f"{block}.starts" in source.file.file:
        return StringTable.read(source.file.file, block)
    count = source.file.documents
    lengths = np.full(count, len(absent), np.uint64)
    return StringTable(bounds(lengths), np.frombuffer(absent * count, np.uint8))


def _kept_bytes(source: Source, table: StringTable) -> Iterator[Array]:
    for first, last in steps(table.starts):
        begin, end = int(table.starts[first]), int(table.starts[last])
        data = table.data[begin:end]
        if source.live is None:
            yield data
        else:
            yield data[np.repeat(source.live[first:last], np.diff(table.starts[first : last + 1]).astype(np.intp))]
        source.file.file.forget()


def steps(starts: NDArray[np.uint64]) -> Iterator[tuple[int, int]]:
    """Values in a row that are few enough bytes to be in memory at once: the first, and behind the last."""
    first, count = 0, len(starts) - 1
    while first < count:
        last = int(np.searchsorted(starts, starts[first] + np.uint64(_STEP), "right")) - 1
        last = min(max(last, first + 1), count)
        yield first, last
        first = last
