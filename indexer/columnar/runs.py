"""Documents written as runs: a segment each time that the memory which may be used is full."""

from __future__ import annotations

from pathlib import Path

from indexer.columnar.codec.segment import ColumnarSegment
from indexer.columnar.writing import SegmentBuilder
from indexer.engines.protocol import LabelledDocument


class Runs:
    """Collects documents. ``memory``: bytes that those which aren't written yet may take."""

    def __init__(self, folder: Path, memory: int) -> None:
        self._folder = folder
        self._memory = memory
        self._builder = SegmentBuilder()
        self._written: list[ColumnarSegment] = []

    def add(self, entry: LabelledDocument) -> None:
        """Add a document."""
        self._builder.add(entry)
        if self._builder.memory >= self._memory:
            self._write()

    def finish(self) -> list[ColumnarSegment]:
        """Write what isn't written; gives all runs in the order of their documents, and begins anew."""
        if len(self._builder):
            self._write()
        written, self._written = self._written, []
        return written

    def _write(self) -> None:
        segment = ColumnarSegment(documents=len(self._builder))
        self._builder.write(segment.path(self._folder))
        self._written.append(segment)
        self._builder = SegmentBuilder()
