"""A segment that is being collected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from indexer.analysis import UNKNOWN
from indexer.columnar.blocks import BlockWriter
from indexer.columnar.words import number_words, write_words
from indexer.columnar.writing.facts import Facts
from indexer.columnar.writing.fields import Forms, text_fields
from indexer.columnar.writing.numbering import Numbering
from indexer.columnar.writing.past import pack_history, renumbered
from indexer.columnar.writing.rows import Row
from indexer.engines.protocol import LabelledDocument

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indexer.columnar.writing.fields import Write

# What writing a segment takes at its height, measured at 300,000 to 6 million words: arrays of a text while they are
# sorted, and the dictionaries, texts and hashes of different words.
BYTES_A_WORD = 44
BYTES_A_DIFFERENT_WORD = 450
BYTES_A_DOCUMENT = 1500
_STEP = 1 << 18  # words that get their final numbers at once


class SegmentBuilder:
    """Documents are added, then written as one segment; once."""

    def __init__(self) -> None:
        self._numbering = Numbering()
        self._title = _Text()
        self._body = _Text()
        self._past = Row()
        self._stored = Row()
        self._facts = Facts()

    def __len__(self) -> int:
        return len(self._facts)

    @property
    def memory(self) -> int:
        """The bytes that it takes, or will when it is written."""
        words = self._title.words.size + self._body.words.size
        return (
            words // 4 * BYTES_A_WORD
            + len(self._numbering.words) * BYTES_A_DIFFERENT_WORD
            + len(self) * BYTES_A_DOCUMENT
            + 2 * self._past.size
            + self._stored.size
        )

    def add(self, entry: LabelledDocument) -> None:
        """Add a document."""
        from indexer.columnar.packing import pack

        document = entry.document
        self._title.append(self._numbering.pack_all([document.title], [document.language or UNKNOWN]))
        self._body.append(self._numbering.pack_all(document.paragraphs, entry.languages()))
        self._past.append(pack_history(entry.history, document.version, self._numbering))
        self._stored.append(pack(entry))
        self._facts.add(entry)

    def write(self, path: Path) -> None:
        """Write the segment."""
        found = self._numbering.finish()
        numbers, hashes = number_words(found)
        words = [("", "")] * len(numbers)
        for word, number in zip(found, numbers.tolist(), strict=True):
            words[number] = word
        with BlockWriter(path) as writer:
            writer.add("documents", np.array([len(self)], np.uint64))
            write_words(writer, ["\t".join(word).encode() for word in words], hashes)
            self._write_rest(writer, numbers, Forms(words))

    def _write_rest(self, writer: BlockWriter, numbers: NDArray[np.uint32], forms: Forms) -> None:
        """Fields and columns, each in the order of names: a merge writes them so, too."""
        title, body = self._title.final("title", numbers), self._body.final("body", numbers)
        fields = {**title.fields(forms), **body.fields(forms), **self._facts.fields()}
        columns = {
            **self._facts.columns(),
            **title.columns("title_words"),
            **body.columns("words"),
            "passages": lambda writer: self._body.passages.write(writer, "column/passages"),
            "past": lambda writer: self._renumbered_past(numbers).write(writer, "column/past"),
        }
        for _, write in (*sorted(fields.items()), *sorted(columns.items())):
            write(writer)
        self._stored.write(writer, "stored")

    def _renumbered_past(self, numbers: NDArray[np.uint32]) -> Row:
        past = Row()
        for packed in self._past:
            past.append(renumbered(packed, numbers) if packed else b"")
        return past


class _Text:
    """The texts of documents: the numbers of their words, and how many words each passage has."""

    def __init__(self) -> None:
        self.words = Row()
        self.passages = Row()

    def append(self, passages: Sequence[bytes]) -> None:
        self.words.append(b"".join(passages))
        self.passages.append(np.array([len(passage) // 4 for passage in passages], "<u4").tobytes())

    def final(self, name: str, numbers: NDArray[np.uint32]) -> _Final:
        """With the words' final numbers. They take the place of the others, as these arrays are the largest of all."""
        starts = (self.words.starts // np.uint64(4)).astype(np.intp)
        words = self.words.view("<u4")
        for first in range(0, len(words), _STEP):
            step = slice(first, first + _STEP)
            words[step] = numbers.take(words[step])
        return _Final(name, words.astype(np.uint32, copy=False), starts)


@dataclass(frozen=True)
class _Final:
    name: str
    words: NDArray[np.uint32]
    starts: NDArray[np.intp]

    def fields(self, forms: Forms) -> dict[str, Write]:
        return text_fields(self.name, self.words, self.starts, forms)

    def columns(self, words: str) -> dict[str, Write]:
        return {words: partial(self._write_words, block=f"column/{words}"), f"{self.name}_length": self._write_lengths}

    def _write_words(self, writer: BlockWriter, block: str) -> None:
        writer.add(f"{block}.starts", self.starts.astype(np.uint64) * np.uint64(4))
        writer.add(f"{block}.bytes", self.words.astype("<u4", copy=False).view(np.uint8))

    def _write_lengths(self, writer: BlockWriter) -> None:
        writer.add(f"column/{self.name}_length", np.diff(self.starts).astype(np.uint32))


def write_segment(path: Path, entries: Iterable[LabelledDocument]) -> None:
    """Write the segment of some documents."""
    builder = SegmentBuilder()
    for entry in entries:
        builder.add(entry)
    builder.write(path)
