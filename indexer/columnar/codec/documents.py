"""What a segment has of each document: stored values, lengths, columns, vectors, whether it is deleted."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from whoosh.codec.base import PerDocumentReader
from whoosh.matching.mcore import ListMatcher

from indexer.columnar.codec import columns
from indexer.columnar.codec.lengths import rounded
from indexer.columnar.codec.names import block_name
from indexer.columnar.codec.postings import exact_lengths
from indexer.columnar.codec.stored import unpack
from indexer.columnar.strings import StringTable

if TYPE_CHECKING:
    from whoosh.columns import ColumnReader

    from indexer.columnar.codec.segment import ColumnarSegment
    from indexer.columnar.segment import SegmentFile

ENTRY = "entry"  # the field in which a segment of Concord's own shows what it stores of a document


class Documents(PerDocumentReader):
    """A :class:`whoosh.codec.base.PerDocumentReader` over a file of columns."""

    def __init__(self, file: SegmentFile, segment: ColumnarSegment) -> None:
        self._file = file
        self._segment = segment
        self._lengths: dict[str, tuple[list[int], int] | None] = {}
        self._vectors: dict[str, _Vectors | None] = {}

    def close(self) -> None:
        """Let go of the file."""
        self._lengths.clear()
        self._vectors.clear()
        self._file.close()

    def doc_count(self) -> int:
        """Documents that aren't deleted."""
        return self._file.documents - self._segment.deleted_count()

    def doc_count_all(self) -> int:
        """Documents, those deleted included."""
        return self._file.documents

    def has_deletions(self) -> bool:
        """Whether any is deleted."""
        return bool(self._segment.deleted)

    def is_deleted(self, docnum: int) -> bool:
        """Whether a document is deleted."""
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> Iterator[int]:
        """The documents that are deleted."""
        return self._segment.deleted_docs()

    def iter_docs(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Number and stored values of each document that isn't deleted: what Whoosh's writer merges segments from.

        ``ValueError`` for a segment of Concord: its columns have numbers of words, which only Concord's merging knows.
        """
        if "words/keys" in self._file.file:
            raise ValueError("Whoosh can't merge segments of Concord: commit with merge=False, 'concord index' merges")
        return ((number, self.stored_fields(number)) for number in PerDocumentReader.all_doc_ids(self))

    def supports_columns(self) -> bool:
        """It does."""
        return True

    def has_column(self, fieldname: str) -> bool:
        """Whether any document has a value in a column."""
        block = f"column/{block_name(fieldname)}"
        return any(f"{block}{kind}" in self._file.file for kind in ("", ".starts", ".codes"))

    def column_reader(self, fieldname: str, column: Any) -> ColumnReader:
        """Reads a column; ``ValueError`` where it was written as a column of another kind."""
        return columns.reader(self._file, fieldname, column)

    def _known_lengths(self, fieldname: str) -> tuple[list[int], int] | None:
        """Rounded length of each document, and all exact ones together."""
        if fieldname not in self._lengths:
            exact = exact_lengths(self._file, fieldname)
            self._lengths[fieldname] = None if exact is None else (rounded(exact).tolist(), int(exact.sum()))
        return self._lengths[fieldname]

    def doc_field_length(self, docnum: int, fieldname: str, default: Any = 0) -> Any:
        """The words of a field of a document, rounded up as Whoosh does; ``default`` where it has none."""
        known = self._known_lengths(fieldname)
        return (known[0][docnum] if known else 0) or default

    def field_length(self, fieldname: str) -> int:
        """The words of a field of all documents."""
        known = self._known_lengths(fieldname)
        return known[1] if known else 0

    def min_field_length(self, fieldname: str) -> int:
        """The rounded length of the shortest."""
        known = self._known_lengths(fieldname)
        return min(known[0], default=0) if known else 0

    def max_field_length(self, fieldname: str) -> int:
        """The rounded length of the longest."""
        known = self._known_lengths(fieldname)
        return max(known[0], default=0) if known else 0

    def _vectors_of(self, fieldname: str) -> _Vectors | None:
        if fieldname not in self._vectors:
            name = f"vectors/{block_name(fieldname)}"
            self._vectors[fieldname] = _Vectors(self._file, name) if f"{name}/items" in self._file.file else None
        return self._vectors[fieldname]

    def has_vector(self, docnum: int, fieldname: str) -> bool:
        """Whether a document has a list of its terms."""
        vectors = self._vectors_of(fieldname)
        return vectors is not None and vectors.has(docnum)

    def vector(self, docnum: int, fieldname: str, format_: Any) -> ListMatcher:
        """Walks the terms of a document; ``KeyError`` where it has no list of them."""
        vectors = self._vectors_of(fieldname)
        if vectors is None or not vectors.has(docnum):
            raise KeyError(f"document {docnum} has no vector of field {fieldname}")
        return vectors.matcher(docnum, format_)

    @cached_property
    def _has_values(self) -> bool:
        return "stored.kind" in self._file.file

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """The stored values by field. What Concord itself stores of a document is ``{"entry": bytes}``."""
        packed = self._file.stored[docnum]
        if not self._has_values:
            return {ENTRY: packed}
        found: dict[str, Any] = unpack(packed) if packed else {}
        return found


class _Vectors:
    def __init__(self, file: SegmentFile, name: str) -> None:
        self._starts = file.file[f"{name}/items"]
        self._terms = StringTable.read(file.file, f"{name}/terms")
        self._weights = file.file[f"{name}/weights"]
        self._values = StringTable.read(file.file, f"{name}/values")

    def has(self, document: int) -> bool:
        return bool(self._starts[document] < self._starts[document + 1])

    def matcher(self, document: int, format_: Any) -> ListMatcher:
        items = slice(int(self._starts[document]), int(self._starts[document + 1]))
        terms = [term.decode() for term in self._terms[items]]
        return ListMatcher(terms, self._weights[items].tolist(), self._values[items], format_)
