"""A segment: some documents with the postings of their fields, their columns and what is stored of them. One file."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.columnar.blocks import BlockFile
from indexer.columnar.columns import Codes
from indexer.columnar.errors import FileDamaged
from indexer.columnar.grams import GramIndex
from indexer.columnar.postings import Field, field_names
from indexer.columnar.strings import StringTable
from indexer.columnar.words import Words

if TYPE_CHECKING:
    from numpy.typing import NDArray

EXTENSION = ".ccl"


class SegmentFile:
    """Reads a segment; whatever isn't asked for isn't read. Raises ``FileDamaged``."""

    def __init__(self, path: Path) -> None:
        self.file = BlockFile(path)
        counted = self.file["documents"]
        if counted.dtype != np.uint64 or len(counted) != 1:
            raise FileDamaged(path, "block documents: it isn't one number")
        self.documents = int(counted[0])
        """How many there are, those deleted since included."""
        if "stored.starts" in self.file and len(self.file["stored.starts"]) != self.documents + 1:
            raise FileDamaged(path, f"block stored.starts: it isn't for {self.documents} documents")
        self._fields: dict[str, Field | None] = {}
        self._columns: dict[str, Any] = {}

    def field(self, name: str) -> Field | None:
        """A field's terms and postings; ``None`` where no document has any."""
        if name not in self._fields:
            self._fields[name] = Field(self.file, name) if f"{name}/postings" in self.file else None
        return self._fields[name]

    @cached_property
    def field_names(self) -> frozenset[str]:
        """The fields that have terms."""
        return frozenset(field_names(self.file))

    def numbers(self, column: str) -> NDArray[Any]:
        """A column of numbers, a value a document."""
        return self.file[f"column/{column}"]

    def strings(self, column: str) -> StringTable:
        """A column of bytes, a value a document."""
        if column not in self._columns:
            self._columns[column] = StringTable.read(self.file, f"column/{column}")
        found: StringTable = self._columns[column]
        return found

    def codes(self, column: str) -> Codes:
        """A column of few different values."""
        if column not in self._columns:
            self._columns[column] = Codes.read(self.file, f"column/{column}")
        found: Codes = self._columns[column]
        return found

    @cached_property
    def stored(self) -> StringTable:
        """What is stored of each document."""
        return StringTable.read(self.file, "stored")

    @cached_property
    def words(self) -> Words:
        """The different words of its texts, which the column ``words`` has the numbers of."""
        return Words.read(self.file)

    @cached_property
    def grams(self) -> GramIndex:
        """Which of these words have a group of letters."""
        return GramIndex.read(self.file)

    def verify(self) -> None:
        """Look at every byte and every number that leads somewhere; ``FileDamaged`` names the first wrong block."""
        from indexer.columnar.verifying import verify  # it needs the writer's side, which opening doesn't

        verify(self)

    def close(self) -> None:
        """Let go of the file."""
        self._fields.clear()
        self._columns.clear()
        for cached in ("stored", "words", "grams"):
            self.__dict__.pop(cached, None)
        self.file.close()
