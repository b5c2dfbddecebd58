"""A segment as Whoosh knows it: its name, how many documents it has, which of them are deleted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whoosh.codec.base import Segment
from whoosh.util import random_name

from indexer.columnar.segment import EXTENSION

if TYPE_CHECKING:
    from indexer.columnar.codec.codec import ColumnarCodec
    from indexer.columnar.codec.documents_writing import DocumentsWriter

INDEX_NAME = "MAIN"  # what Whoosh calls an index that nobody named
_NAME = re.compile(r"[A-Za-z0-9_]+")  # it becomes the name of a file: nothing that leads out of the folder


class ColumnarSegment(Segment):
    """A segment in a file of columns, ``path(folder)``.

    What is pickled of it (the table of contents is a pickle) is text and whole numbers, checked when it is read.
    Raises ``ValueError`` for what can't be: a name with signs that lead elsewhere, a deleted document beyond the last.
    """

    draft: DocumentsWriter | None = None
    """What is written of it so far, while Whoosh's writer is at it."""

    def __init__(
        self,
        indexname: str = INDEX_NAME,
        segid: str | None = None,
        documents: int = 0,
        deleted: Iterable[int] = (),
    ) -> None:
        self.__setstate__(
            {
                "indexname": indexname,
                "segid": random_name(size=16) if segid is None else segid,
                "documents": documents,
                "deleted": list(deleted),
            }
        )

    def __getstate__(self) -> dict[str, Any]:
        return {
            "indexname": self.indexname,
            "segid": self.segid,
            "documents": self.documents,
            "deleted": sorted(self.deleted),
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        names = state["indexname"], state["segid"]
        if not all(isinstance(name, str) and _NAME.fullmatch(name) for name in names):
            raise ValueError(f"{names} can't be the name of a segment")
        documents, deleted = state["documents"], state["deleted"]
        if not isinstance(documents, int) or not all(isinstance(n, int) and 0 <= n < documents for n in deleted):
            raise ValueError(f"segment {names[1]}: a document that it doesn't have is deleted")
        self.indexname, self.segid = names
        self.compound = False
        self.documents: int = documents
        self.deleted: set[int] = set(deleted)

    def path(self, folder: Path) -> Path:
        """Its file in the folder of its index."""
        return folder / f"{self.indexname}_{self.segid}{EXTENSION}"

    def codec(self) -> ColumnarCodec:
        """The codec that reads it."""
        from indexer.columnar.codec.codec import ColumnarCodec

        return ColumnarCodec()  # type: ignore[abstract]  # a codec's writer of postings is for its own use

    def should_assemble(self) -> bool:
        """Never put into Whoosh's files of files: it is one file, and lies in it as it is mapped."""
        return False

    def set_doc_count(self, count: int) -> None:
        """Whoosh's writer tells it before the segment goes into the table of contents."""
        self.documents = count

    def doc_count_all(self) -> int:
        """Documents, those deleted included."""
        return self.documents

    def deleted_count(self) -> int:
        """How many documents are deleted."""
        return len(self.deleted)

    def deleted_docs(self) -> Iterator[int]:
        """The numbers of those deleted, in order."""
        return iter(sorted(self.deleted))

    def is_deleted(self, docnum: int) -> bool:
        """Whether a document is deleted."""
        return docnum in self.deleted

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        """Delete a document, or take it back."""
        if delete:
            self.deleted.add(int(docnum))
        else:
            self.deleted.discard(docnum)
