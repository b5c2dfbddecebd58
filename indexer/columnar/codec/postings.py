"""One term's postings as Whoosh asks for them: weights, values, lengths of the documents."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh import formats
from whoosh.reading import TermInfo
from whoosh.system import pack_uint

from indexer.columnar.codec.lengths import rounded
from indexer.columnar.codec.names import block_name
from indexer.columnar.codec.schema import LENGTHS
from indexer.columnar.postings import Field
from indexer.columnar.strings import StringTable

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indexer.columnar.segment import SegmentFile

    Array = NDArray[Any]


class FieldPostings:
    """A field of a segment, with what only Whoosh reads of it."""

    def __init__(self, file: SegmentFile, name: str) -> None:
        block = block_name(name)
        self.field = Field(file.file, block)
        self.terms = self.field.terms
        self._file = file
        self._name = name
        self._block = block

    @cached_property
    def weights(self) -> Array | None:
        """A weight a posting; ``None`` where they are the frequencies."""
        name = f"{self._block}/weights"
        file = self._file.file
        return file[name] if name in file else None  # noqa: SIM401  # a file of blocks is no dictionary

    @cached_property
    def values(self) -> StringTable | None:
        """The bytes of each posting that Whoosh's format made; ``None`` where they follow from the rest."""
        name = f"{self._block}/values"
        return StringTable.read(self._file.file, name) if f"{name}.starts" in self._file.file else None

    @cached_property
    def lengths(self) -> Array | None:
        """The rounded length of the field in each document, ``None`` where nobody counted."""
        lengths = exact_lengths(self._file, self._name)
        return None if lengths is None else rounded(lengths)

    def term(self, number: int) -> TermPostings:
        """The postings of a term."""
        return TermPostings(self, number)


def exact_lengths(file: SegmentFile, name: str) -> Array | None:
    """How many words each document has in a field; ``None`` where nobody counted."""
    block = f"lengths/{block_name(name)}"
    if block in file.file:
        return file.file[block]
    if name in LENGTHS and f"column/{LENGTHS[name]}" in file.file:
        return file.numbers(LENGTHS[name])
    if name.endswith("_accents") and LENGTHS.get(name.removesuffix("_accents")):
        field = file.field(name)
        if field is not None:
            frequencies = field.frequencies(0, len(field.documents))
            return np.bincount(field.documents, frequencies, file.documents).astype(np.uint32)
    return None


class TermPostings:
    """The postings of one term. ``documents``: their numbers, in order; all else an item a document."""

    def __init__(self, field: FieldPostings, number: int) -> None:
        self._field = field
        self._number = number
        self._first = int(field.field.starts[number])
        self.documents, self._frequencies = field.field.postings(number)

    def __len__(self) -> int:
        return len(self.documents)

    @cached_property
    def weights(self) -> Array:
        """The weights, as numbers of 32 bits."""
        weights = self._field.weights
        if weights is None:
            return self._frequencies.astype(np.float32)
        return weights[self._first : self._first + len(self)]

    @cached_property
    def lengths(self) -> Array:
        """The rounded length of the field in each document; 0 where nobody counted."""
        lengths = self._field.lengths
        return np.zeros(len(self), np.int64) if lengths is None else lengths.take(self.documents)

    @cached_property
    def _places(self) -> tuple[Array, Array]:
        ends = np.cumsum(self._frequencies, dtype=np.intp)
        return self._field.field.positions(self._number), np.concatenate(([0], ends))

    def has_places(self) -> bool:
        """Whether there are places to be read as arrays."""
        return self._field.field.has_places

    def places(self, at: int) -> list[int]:
        """Where the term stands in the document of posting ``at``."""
        places, starts = self._places
        found: list[int] = places[starts[at] : starts[at + 1]].tolist()
        return found

    def value(self, at: int, format_: Any) -> bytes:
        """The bytes that Whoosh's format has for posting ``at``."""
        values = self._field.values
        if values is not None:
            return values[self._first + at]
        if self.has_places():
            return bytes(format_.encode(self.places(at)))
        if isinstance(format_, formats.Frequency):
            return bytes(pack_uint(int(self._frequencies[at])))
        return b""

    def info(self) -> ColumnarTermInfo:
        """What Whoosh's formulas ask of a term."""
        return ColumnarTermInfo(self)


def _shortest(lengths: Array) -> int:
    return int(lengths.min(where=lengths > 0, initial=np.iinfo(np.int64).max)) if lengths.any() else 0


class ColumnarTermInfo(TermInfo):
    """Statistics of a term, worked out when they are asked for."""

    def __init__(self, postings: TermPostings) -> None:
        # Whoosh adds to these two itself, where it counts documents through several segments.
        TermInfo.__init__(self, minid=int(postings.documents[0]), maxid=int(postings.documents[-1]))
        self._postings = postings

    def weight(self) -> float:
        """All weights together, in 32 bits as Whoosh keeps them."""
        return float(np.float32(self._postings.weights.sum(dtype=np.float64)))

    def doc_frequency(self) -> int:
        """In how many documents it stands, those deleted included."""
        return len(self._postings)

    def min_length(self) -> int:
        """The shortest of the documents that it stands in, 0 where nobody counted."""
        return _shortest(self._postings.lengths)

    def max_length(self) -> int:
        """The longest of the documents that it stands in."""
        return int(self._postings.lengths.max(initial=0))

    def max_weight(self) -> float:
        """Its largest weight."""
        return float(self._postings.weights.max(initial=0))


class Stretches:
    """What is best in each stretch of a term's postings, so that a search for the best leaves out the others.

    Largest weight, shortest and longest document, and the last document of each.
    """

    def __init__(self, postings: TermPostings, size: int) -> None:
        starts = np.arange(0, len(postings), size)
        lengths = postings.lengths
        known = np.where(lengths > 0, lengths, np.iinfo(np.int64).max)
        shortest = np.minimum.reduceat(known, starts)
        self.weights: list[float] = np.maximum.reduceat(postings.weights, starts).tolist()
        self.longest: list[int] = np.maximum.reduceat(lengths, starts).tolist()
        self.shortest: list[int] = np.where(self.longest, shortest, 0).tolist()
