"""Postings as Whoosh's writer hands them over, in order, as the arrays of a segment's fields."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh import formats
from whoosh.codec.base import FieldWriter, OutOfOrderError
from whoosh.fields import SpellField

from indexer.columnar.blocks import BlockWriter
from indexer.columnar.codec.names import block_name
from indexer.columnar.postings import Postings, write_field
from indexer.columnar.strings import bounds, write_strings

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indexer.columnar.codec.segment import ColumnarSegment

    Items = Iterable[tuple[str, bytes, int, float, bytes | None]]


class FieldsWriter(FieldWriter):
    """A :class:`whoosh.codec.base.FieldWriter`; it writes the segment's file once all postings are there."""

    def __init__(self, path: Path, segment: ColumnarSegment) -> None:
        self._path = path
        self._segment = segment
        self.is_closed = False

    def add_postings(self, schema: Any, lengths: Any, items: Items) -> None:
        """Write the segment: its documents, then ``items`` (field, term, document, weight, value), which are in order.

        Raises ``OutOfOrderError`` where they are not; no file is left then.
        """
        draft = self._segment.draft
        if draft is None:
            raise ValueError(f"segment {self._segment.segid} is written already")
        try:
            with BlockWriter(self._path) as writer:
                documents = draft.write(writer)
                last = ""
                for name, found in groupby(items, key=itemgetter(0)):
                    if name < last:
                        raise OutOfOrderError(f"field {last} came before {name}")
                    last = name
                    _gather(name, schema[name], found).write(writer, block_name(name), documents)
        except BaseException:
            self._path.unlink(missing_ok=True)
            raise

    def close(self) -> None:
        """Nothing follows. (A writer that is given up closes without postings: then there is no file.)"""
        self._segment.draft = None
        self.is_closed = True


@dataclass
class _Gathered:
    format: Any
    terms: list[bytes] = field(default_factory=list)
    counts: array[int] = field(default_factory=lambda: array("Q"))
    documents: array[int] = field(default_factory=lambda: array("I"))
    weights: array[float] = field(default_factory=lambda: array("f"))
    values: list[bytes] | None = field(default_factory=list)

    def write(self, writer: BlockWriter, name: str, documents: int) -> None:
        if not self.terms:
            return
        frequencies, places, values = self._read_values()
        starts = bounds(np.frombuffer(self.counts, np.uint64))
        numbers = np.frombuffer(self.documents, np.uint32)
        postings = Postings(starts, numbers, frequencies)
        longest = None
        if places is not None:
            occurrences = bounds(frequencies)[starts.astype(np.intp)]
            postings = Postings(starts, numbers, frequencies, occurrences, places)
            longest = int(places.max(initial=0)) + 1
        write_field(writer, name, self.terms, postings, documents, longest)
        weights = np.frombuffer(self.weights, np.float32)
        if not np.array_equal(weights, frequencies.astype(np.float32)):
            writer.add(f"{name}/weights", weights)
        if values is not None:
            write_strings(writer, f"{name}/values", values)

    def _read_values(self) -> tuple[NDArray[np.uint32], NDArray[np.uint32] | None, list[bytes] | None]:
        """Frequencies, and what the values are beside: places, bytes of a kind that is Whoosh's alone, or nothing."""
        ones = np.ones(len(self.documents), np.uint32)
        if self.values is None or self.format.fixed_value_size() == 0:
            return ones, None, None
        if type(self.format) is formats.Positions:
            places = _places(self.format, self.values)
            if places is not None:
                counts = np.fromiter(map(len, places), np.uint32, len(places))
                return counts, np.fromiter(chain.from_iterable(places), np.uint32), None
        counts = np.fromiter(map(self.format.decode_frequency, self.values), np.uint32, len(self.values))
        if type(self.format) is formats.Frequency and counts.all():
            return counts, None, None
        return np.maximum(counts, 1), None, self.values


def _gather(name: str, kind: Any, items: Items) -> _Gathered:
    found = _Gathered(kind.format)
    if isinstance(kind, SpellField):
        found.values = None  # Whoosh's writer gives these postings the value of another field's
    for term, postings in groupby(items, key=itemgetter(1)):
        if found.terms and term < found.terms[-1]:
            raise OutOfOrderError(f"term {name}:{found.terms[-1]!r} came before {term!r}")
        before = len(found.documents)
        for document, weight, value in _once_a_document(found, postings):
            found.documents.append(document)
            found.weights.append(weight)
            if found.values is not None:
                found.values.append(value)
        if len(found.documents) > before:
            found.terms.append(term)
            found.counts.append(len(found.documents) - before)
    return found


def _once_a_document(found: _Gathered, postings: Items) -> Iterator[tuple[int, float, bytes]]:
    """A term's postings; several in one document (a list of numbers has them) are added up.

    Documents of number -1 are how old writers marked words for spelling: no postings.
    """
    for document, several in groupby(postings, key=itemgetter(2)):
        if document < 0:
            continue
        here = list(several)
        values: Sequence[bytes] = [value or b"" for _, _, _, _, value in here]
        combined = values[0] if len(values) == 1 or found.values is None else found.format.combine(values)
        yield document, sum(weight for _, _, _, weight, _ in here), combined


def _places(format_: Any, values: Sequence[bytes]) -> list[list[int]] | None:
    """The places in each value; ``None`` where arrays can't hold them: they don't grow, or the bytes say more."""
    places = []
    for value in values:
        here = format_.decode_positions(value)
        if here != sorted(here) or not here or here[0] < 0 or format_.encode(here) != value:
            return None
        places.append(here)
    return places
