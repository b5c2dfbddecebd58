"""The codec: ``index.writer(codec=ColumnarCodec())`` writes files of columns, Whoosh reads them by itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from whoosh.codec.base import Codec
from whoosh.filedb.filestore import FileStorage

from indexer.columnar.codec.documents import Documents
from indexer.columnar.codec.documents_writing import DocumentsWriter
from indexer.columnar.codec.postings_writing import FieldsWriter
from indexer.columnar.codec.segment import ColumnarSegment
from indexer.columnar.codec.terms import Terms
from indexer.columnar.segment import SegmentFile

if TYPE_CHECKING:
    from whoosh.filedb.filestore import Storage


class ColumnarCodec(Codec):
    """Whoosh's codec over files of columns, one a segment. It needs an index in a folder (``FileStorage``)."""

    length_stats = False  # lengths of the documents of a term are looked up when they are asked for

    def new_segment(self, storage: Storage, indexname: str) -> ColumnarSegment:
        """A segment that is to be written."""
        return ColumnarSegment(indexname)

    def per_document_writer(self, storage: Storage, segment: ColumnarSegment) -> DocumentsWriter:
        """Takes what a document has beside terms."""
        _folder(storage)
        return DocumentsWriter(segment)

    def field_writer(self, storage: Storage, segment: ColumnarSegment) -> FieldsWriter:
        """Takes the postings, then writes the file."""
        path = segment.path(_folder(storage))
        return FieldsWriter(path, segment)  # type: ignore[abstract]  # what Whoosh's writer calls of it is there

    def terms_reader(self, storage: Storage, segment: ColumnarSegment) -> Terms:
        """The terms of a segment and their postings. Raises ``FileDamaged``."""
        return Terms(SegmentFile(segment.path(_folder(storage))))

    def per_document_reader(self, storage: Storage, segment: ColumnarSegment) -> Documents:
        """What a segment has of each document. Raises ``FileDamaged``."""
        return Documents(SegmentFile(segment.path(_folder(storage))), segment)


def _folder(storage: Any) -> Path:
    if not isinstance(storage, FileStorage):
        raise ValueError(f"files of columns need an index in a folder, not in a {type(storage).__name__}")
    return Path(storage.folder)
