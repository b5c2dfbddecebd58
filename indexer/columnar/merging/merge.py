"""Merging whole segments: what kinds of blocks there are, and who merges each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.columnar.blocks import BlockWriter
from indexer.columnar.merging.columns import merge_codes, merge_numbers, merge_strings
from indexer.columnar.merging.postings import merge_field
from indexer.columnar.merging.sources import Source, sources
from indexer.columnar.merging.spool import Spools
from indexer.columnar.merging.words import COLUMNS as OF_WORDS
from indexer.columnar.merging.words import merge_texts, merge_words
from indexer.columnar.segment import SegmentFile

if TYPE_CHECKING:
    from numpy.typing import NDArray

MEMORY = 64 << 20  # bytes: a merge with half of it takes as long
_FIELD = {
    *("terms.starts", "terms.bytes", "postings", "documents", "frequencies", "large", "large_frequencies"),
    *("occurrences", "positions", "weights"),
}
_KINDS = {"": "numbers", "codes": "codes", "starts": "strings"}
_OTHER_PARTS = {"bytes", "values.starts", "values.bytes"}
_KIND = "stored.kind"  # what the stored bytes are: the same in all segments, or they don't belong together


def merge(
    path: Path,
    segments: Sequence[SegmentFile],
    deleted: Sequence[Collection[int]] = (),
    *,
    memory: int = MEMORY,
    absent: Mapping[str, Any] | None = None,
) -> int:
    """Write the documents of segments that aren't ``deleted`` (numbers in each) as one; gives their number.

    The result is what writing them at once gives. ``memory``: bytes of words, or of postings, that are held at once.
    ``absent``: of columns that a segment may lack, the value of its documents (if not named: 0, or no bytes).
    Raises ``ValueError`` for a block that nobody here knows: nothing is dropped silently.
    """
    found = sources(segments, deleted or [()] * len(segments))
    documents = sum(source.documents for source in found)
    blocks, kind = _Blocks(found), _kind(found)
    for source in found:
        source.file.file.forget()  # opening looked at the small blocks of each
    with BlockWriter(path) as writer:
        writer.add("documents", np.array([documents], np.uint64))
        tables = merge_words(writer, found, memory) if blocks.words else []
        for name in sorted(blocks.fields):
            with Spools(path.parent) as spools:
                merge_field(writer, name, found, spools, memory)
        _merge_columns(writer, found, blocks, tables, absent or {})
        _merge_stored(writer, found, kind)
    return documents


def _kind(found: Sequence[Source]) -> NDArray[Any] | None:
    """What says of which kind the stored bytes are; ``None`` for Concord's own."""
    files = [source.file.file for source in found]
    kinds = [file[_KIND] if _KIND in file else None for file in files]  # noqa: SIM401 - it has no get
    if len({None if kind is None else kind.tobytes() for kind in kinds}) > 1:
        raise ValueError("what one segment stores of a document is of another kind than what another one does")
    return kinds[0] if kinds else None


def _merge_stored(writer: BlockWriter, found: Sequence[Source], kind: NDArray[Any] | None) -> None:
    if kind is not None:
        writer.add(_KIND, kind)
    merge_strings(writer, "stored", found)


def _merge_columns(
    writer: BlockWriter, found: Sequence[Source], blocks: _Blocks, tables: Sequence[Any], absent: Mapping[str, Any]
) -> None:
    for block, kind in sorted(blocks.columns.items()):
        name = block.partition("/")[2]
        if tables and block in OF_WORDS:
            merge_texts(writer, block, found, tables)
        elif kind == "numbers":
            merge_numbers(writer, block, found, absent.get(name, 0))
        elif kind == "codes":
            merge_codes(writer, block, found, absent.get(name, b""))
        else:
            merge_strings(writer, block, found, absent=absent.get(name, b""))


class _Blocks:
    """What the blocks of all segments are: the names of fields, and of each column of which kind it is."""

    def __init__(self, found: Iterable[Source]) -> None:
        self.fields: set[str] = set()
        self.columns: dict[str, str] = {}
        self.words = False
        for source in found:
            for name in source.file.file:
                self._sort_in(source, name)

    def _sort_in(self, source: Source, name: str) -> None:
        first, _, rest = name.partition("/")
        block, _, part = name.partition(".")
        if name in {"documents", "stored.starts", "stored.bytes", _KIND}:
            return
        if first == "words":
            self.words = True  # all made anew
        elif first == "lengths":
            self.columns[block] = "numbers"
        elif first == "column" and part in _KINDS:
            self._column(source, block, _KINDS[part])
        elif first == "column" and part in _OTHER_PARTS:
            pass
        elif rest in _FIELD:
            self.fields.add(first)
        else:
            raise ValueError(f"{source.file.file.path.name}: nobody knows how to merge the block {name}")

    def _column(self, source: Source, block: str, kind: str) -> None:
        if self.columns.setdefault(block, kind) != kind:
            raise ValueError(f"{source.file.file.path.name}: {block} is of another kind than in other segments")
