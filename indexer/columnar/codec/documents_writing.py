"""What a document has beside terms, gathered until its segment is written: stored values, lengths, columns, vectors."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.codec.base import PerDocumentWriter

from indexer.columnar.codec import columns
from indexer.columnar.codec.names import block_name
from indexer.columnar.codec.stored import pack
from indexer.columnar.strings import bounds, write_strings

if TYPE_CHECKING:
    from indexer.columnar.blocks import BlockWriter
    from indexer.columnar.codec.segment import ColumnarSegment

STORED_VALUES = 1  # in the block "stored.kind": what is stored is a dictionary of fields, not an entry of Concord


class DocumentsWriter(PerDocumentWriter):
    """A :class:`whoosh.codec.base.PerDocumentWriter` that keeps everything in memory; ``write`` writes it."""

    def __init__(self, segment: ColumnarSegment) -> None:
        segment.draft = self
        self._documents = 0
        self._number = 0
        self._fields: dict[str, Any] = {}
        self._stored: list[bytes] = []
        self._lengths: dict[str, array[int]] = {}
        self._columns: dict[str, columns.NumbersDraft | columns.BytesDraft] = {}
        self._vectors: dict[str, _Vectors] = {}
        self.is_closed = False

    def start_doc(self, docnum: int) -> None:
        """The next document; they are counted from 0."""
        if docnum != self._documents:
            raise ValueError(f"document {docnum} came where {self._documents} should")
        self._number = docnum
        self._fields = {}

    def add_field(self, fieldname: str, fieldobj: Any, value: Any, length: int | None) -> None:
        """A field's stored value, if there is one, and how many words it has."""
        if value is not None:
            pack(value)  # raises here, where Whoosh's writer still can leave the document out
            self._fields[fieldname] = value
        if length:
            lengths = self._lengths.setdefault(fieldname, array("I"))
            _fill(lengths, self._number)
            lengths.append(length)

    def add_column_value(self, fieldname: str, columnobj: Any, value: Any) -> None:
        """A value in a column."""
        if fieldname not in self._columns:
            self._columns[fieldname] = columns.draft(fieldname, columnobj)
        self._columns[fieldname].add(self._number, value)

    def add_vector_items(self, fieldname: str, fieldobj: Any, items: Iterable[tuple[str, float, bytes]]) -> None:
        """The terms of a field of this document, with weights and values."""
        found = list(items)
        if found:
            self._vectors.setdefault(fieldname, _Vectors()).add(self._number, found)

    def finish_doc(self) -> None:
        """The document is complete."""
        self._stored.append(pack(self._fields) if self._fields else b"")
        self._documents += 1

    def cancel_doc(self) -> None:
        """The document is left out; the next one gets its number."""
        self._fields = {}

    def close(self) -> None:
        """No document follows."""
        self.is_closed = True

    def write(self, writer: BlockWriter) -> int:
        """Write everything; gives the number of documents."""
        writer.add("documents", np.array([self._documents], np.uint64))
        writer.add("stored.kind", np.array([STORED_VALUES], np.uint8))
        write_strings(writer, "stored", self._stored)
        for name, lengths in sorted(self._lengths.items()):
            _fill(lengths, self._documents)
            writer.add(f"lengths/{block_name(name)}", np.frombuffer(lengths, np.uint32))
        for _, column in sorted(self._columns.items()):
            column.write(writer, self._documents)
        for name, vectors in sorted(self._vectors.items()):
            vectors.write(writer, f"vectors/{block_name(name)}", self._documents)
        return self._documents


class _Vectors:
    def __init__(self) -> None:
        self._items: dict[int, list[tuple[str, float, bytes]]] = {}

    def add(self, document: int, items: list[tuple[str, float, bytes]]) -> None:
        self._items[document] = items

    def write(self, writer: BlockWriter, name: str, documents: int) -> None:
        lists = [self._items.get(number, []) for number in range(documents)]
        items = list(chain.from_iterable(lists))
        writer.add(f"{name}/items", bounds(np.array(list(map(len, lists)), np.uint64)))
        write_strings(writer, f"{name}/terms", (text.encode() for text, _, _ in items))
        writer.add(f"{name}/weights", np.array([weight for _, weight, _ in items], np.float32))
        write_strings(writer, f"{name}/values", (value or b"" for _, _, value in items))


def _fill(lengths: array[int], document: int) -> None:
    del lengths[document:]  # of a document that was given up
    lengths.extend([0] * (document - len(lengths)))
