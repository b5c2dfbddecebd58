"""Writing a generation with Whoosh."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from whoosh import index

from indexer.engines.protocol import LabelledDocument
from indexer.engines.whoosh.schema import SCHEMA, to_fields

if TYPE_CHECKING:
    from whoosh.writing import IndexWriter

_MEMORY_MB = 256  # postings held in memory before a run is written out


class WhooshWriter:
    """An :class:`~indexer.engines.protocol.EngineWriter`."""

    def __init__(self, folder: Path, *, update: bool) -> None:
        self._update = update
        self._index = index.open_dir(str(folder)) if update else index.create_in(str(folder), SCHEMA)
        self._writer: IndexWriter = self._index.writer(limitmb=_MEMORY_MB)

    def add(self, entry: LabelledDocument) -> None:
        """Add a document; in an update, one with the same id is replaced."""
        fields = to_fields(entry)
        if self._update:
            self._writer.update_document(**fields)
        else:
            self._writer.add_document(**fields)

    def commit(self) -> None:
        """Write everything; the folder can be opened for reading."""
        self._writer.commit()
        self._index.close()

    def cancel(self) -> None:
        """Give up what was not committed."""
        self._writer.cancel()
        self._index.close()
