"""Writing a generation with Whoosh."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from whoosh import index

from indexer.engines.protocol import LabelledDocument
from indexer.engines.whoosh.merging import merge
from indexer.engines.whoosh.opening import open_index
from indexer.engines.whoosh.schema import SCHEMA, to_fields
from indexer.engines.whoosh.wordlist import WordNumbers
from indexer.errors import IndexDamaged, IndexerError

if TYPE_CHECKING:
    from whoosh.writing import IndexWriter

_MEMORY_MB = 256  # postings held in memory before a run is written out


class WhooshWriter:
    """An :class:`~indexer.engines.protocol.EngineWriter`.

    In an update whatever Whoosh stumbles over in the files that are there is ``IndexDamaged``. A full disk is none.
    """

    def __init__(self, folder: Path, *, update: bool) -> None:
        self._folder = folder
        self._update = update
        with self._guarded():
            self._numbers = WordNumbers(folder, update=update)
            self._index = open_index(folder) if update else index.create_in(str(folder), SCHEMA)
            # Not compound: Whoosh copies a file that is part of another one into memory when it opens it.
            self._writer: IndexWriter = self._index.writer(limitmb=_MEMORY_MB, compound=False)
            self._count = self._writer.searcher().doc_count() if update else 0

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except (IndexerError, OSError):
            raise
        except Exception as error:
            if not self._update:
                raise
            raise IndexDamaged(self._folder, f"{type(error).__name__}: {error}") from error

    @property
    def count(self) -> int:
        """Documents there will be after ``commit``."""
        return self._count

    def ids(self) -> frozenset[str]:
        """The ids of the documents that were there when the writer was made."""
        with self._guarded():
            reader = self._writer.searcher().reader()
            column = reader.column_reader("id")
            return frozenset(column[number] for number in reader.all_doc_ids())

    def add(self, entry: LabelledDocument) -> None:
        """Add a document; in an update, one with the same id is replaced."""
        self.remove(entry.document.id)
        self._writer.add_document(**to_fields(entry, self._numbers))
        self._count += 1

    def remove(self, document_id: str) -> None:
        """Take a document out, if it was there when the writer was made."""
        if self._update:
            with self._guarded():
                self._count -= self._writer.delete_by_term("id", document_id)

    def commit(self) -> None:
        """Write everything; the folder can be opened for reading."""
        with self._guarded():
            self._writer.commit(mergetype=merge)
            self._numbers.write()
            self._index.close()

    def cancel(self) -> None:
        """Give up what was not committed."""
        self._writer.cancel()
        self._index.close()
