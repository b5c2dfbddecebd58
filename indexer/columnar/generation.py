"""The segments of a generation as one: documents are counted through all of them, those deleted included.

Documents keep the order of their segments, so what is in order in each is in order in all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from indexer.columnar.columns import Codes
from indexer.columnar.postings import Field, stretched
from indexer.columnar.segment import SegmentFile

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]
    Numbers = NDArray[np.intp]

TEXTS = ("title", "body")


class Hits(NamedTuple):
    """The documents that something stands in, in order, and how often in each."""

    documents: Numbers
    frequencies: Array


NO_HITS = Hits(np.zeros(0, np.intp), np.zeros(0, np.uint8))


class Generation:
    """Open segments, and what is deleted of each: numbers within the segment."""

    def __init__(self, segments: Sequence[SegmentFile], deleted: Sequence[Iterable[int]] = ()) -> None:
        self.segments = tuple(segments)
        self.bases = tuple(accumulate((segment.documents for segment in segments), initial=0))
        self.size = self.bases[-1]
        self.live = self._live(deleted)
        """Which documents aren't deleted; ``None`` where none is."""
        self.documents = self.size if self.live is None else int(np.count_nonzero(self.live))
        self._numbers: dict[str, Array] = {}
        self._codes: dict[str, Codes] = {}
        self._starts: dict[str, Numbers] = {}

    def _live(self, deleted: Sequence[Iterable[int]]) -> NDArray[np.bool_] | None:
        gone = [base + number for base, numbers in zip(self.bases, deleted, strict=False) for number in numbers]
        if not gone:
            return None
        live = np.ones(self.size, np.bool_)
        live[gone] = False
        return live

    @cached_property
    def numbers(self) -> Numbers:
        """The numbers of the documents that aren't deleted."""
        return np.arange(self.size) if self.live is None else np.flatnonzero(self.live)

    def hits(self, field: str, term: str) -> Hits:
        """Where a term stands, in documents that aren't deleted."""
        parts = [hits for _, _, hits in self._in_segments(field, term)]
        if not parts:
            return NO_HITS
        documents, frequencies = parts[0] if len(parts) == 1 else _joined(parts)
        if self.live is None:
            return Hits(documents, frequencies)
        kept = self.live.take(documents)
        return Hits(documents, frequencies) if kept.all() else Hits(documents[kept], frequencies[kept])

    def _in_segments(self, field: str, term: str) -> Iterator[tuple[Field, int, Hits]]:
        """Of each segment that has a term: the field, the term's number in it, and where it stands."""
        for base, known, number in self._numbered(field, term):
            documents, frequencies = known.postings(number)
            numbers = documents.astype(np.intp)
            if base:
                numbers += base
            yield known, number, Hits(numbers, frequencies)

    def _numbered(self, field: str, term: str) -> Iterator[tuple[int, Field, int]]:
        text = term.encode()
        for base, segment in zip(self.bases, self.segments, strict=False):
            known = segment.field(field)
            number = known.terms.find(text) if known else -1
            if known is not None and number >= 0:
                yield base, known, number

    def hits_of_many(self, field: str, terms: Sequence[str]) -> Hits:
        """Where any of many terms stands: a document for each term that it has, in no order."""
        wanted = sorted(term.encode() for term in terms)
        parts = []
        for base, segment in zip(self.bases, self.segments, strict=False):
            known = segment.field(field)
            if known is not None:
                documents, frequencies = known.postings_of(known.numbers(wanted))
                parts.append(Hits(documents.astype(np.intp) + base, frequencies))
        if not parts:
            return NO_HITS
        documents, frequencies = _joined(parts)
        if self.live is None:
            return Hits(documents, frequencies)
        kept = np.flatnonzero(self.live.take(documents))
        return Hits(documents.take(kept), frequencies.take(kept))

    def document_frequency(self, field: str, term: str) -> int:
        """In how many documents that aren't deleted a term stands."""
        if self.live is not None:
            return len(self.hits(field, term).documents)
        return self.bound(field, term)

    def bound(self, field: str, term: str) -> int:
        """The same with those deleted, which costs no reading of postings."""
        return sum(known.count(number) for _, known, number in self._numbered(field, term))

    def starts(self, text: str) -> Numbers:
        """Where each document begins in the row of all words of ``title`` or ``body``, and the end of the last."""
        if text not in self._starts:
            starts = np.zeros(self.size + 1, np.intp)
            np.cumsum(self.column(f"{text}_length"), out=starts[1:])
            self._starts[text] = starts
        return self._starts[text]

    def places(self, text: str, field: str, term: str, within: Numbers | None = None) -> Numbers:
        """Where a term of a field of ``text`` stands in the row of all words of it; none in deleted documents.

        ``within``: only in these documents, in order.
        """
        found = self._in_segments(field, term)
        parts = [self._placed(text, hits, known.positions(number), within) for known, number, hits in found]
        if not parts:
            return NO_HITS.documents
        return parts[0] if len(parts) == 1 else np.concatenate(parts)

    def _placed(self, text: str, hits: Hits, positions: Array, within: Numbers | None) -> Numbers:
        numbers, frequencies = hits
        kept = self._chosen(numbers, within)
        if kept is not None:
            ends = np.cumsum(frequencies, dtype=np.intp)[kept]
            numbers, frequencies = numbers[kept], frequencies[kept]
            positions = positions.take(stretched(ends - frequencies, frequencies))
        places = np.repeat(self.starts(text).take(numbers), frequencies)
        places += positions
        return places

    def _chosen(self, documents: Numbers, within: Numbers | None) -> Numbers | None:
        """The places in a list of documents of those that are asked for and aren't deleted; ``None``: all."""
        if within is not None:
            if not len(documents):
                return documents
            at = np.searchsorted(documents, within)
            found: Numbers = at[documents.take(at, mode="clip") == within]
            return found
        if self.live is None:
            return None
        kept = self.live.take(documents)
        return None if kept.all() else np.flatnonzero(kept)

    def column(self, name: str) -> Array:
        """A column of numbers, a value a document."""
        if name not in self._numbers:
            parts = [segment.numbers(name) for segment in self.segments]
            self._numbers[name] = np.concatenate(parts) if len(parts) > 1 else parts[0] if parts else np.zeros(0)
        return self._numbers[name]

    def codes(self, name: str) -> Codes:
        """A column of few different values; those of all segments, in order."""
        if name not in self._codes:
            self._codes[name] = self._joined_codes([segment.codes(name) for segment in self.segments])
        return self._codes[name]

    @staticmethod
    def _joined_codes(parts: Sequence[Codes]) -> Codes:
        if len(parts) == 1:
            return parts[0]
        values = sorted(set[bytes]().union(*(part.values for part in parts)))
        numbers = {value: number for number, value in enumerate(values)}
        codes = [np.array([numbers[value] for value in part.values], np.uint32).take(part.codes) for part in parts]
        return Codes(np.concatenate(codes) if codes else np.zeros(0, np.uint32), values)

    def raw(self, column: str, number: int) -> bytes:
        """What a column of bytes has of a document."""
        at, inside = self._place(number)
        return self.segments[at].strings(column)[inside]

    def string(self, column: str, number: int) -> str:
        """The same as text."""
        return self.raw(column, number).decode()

    def texts(self, column: str, numbers: Iterable[int]) -> list[str]:
        """The same of several documents."""
        if len(self.segments) > 1:
            return [self.string(column, number) for number in numbers]
        table = self.segments[0].strings(column) if self.segments else ()
        return [table[number].decode() for number in numbers]

    def stored(self, number: int) -> bytes:
        """What is stored of a document."""
        at, inside = self._place(number)
        return self.segments[at].stored[inside]

    def number(self, document_id: str) -> int | None:
        """The number of the document with this id, ``None`` where there is none."""
        found = self.hits("id", document_id).documents
        return int(found[-1]) if len(found) else None

    def _place(self, number: int) -> tuple[int, int]:
        at = len(self.segments) - 1
        while number < self.bases[at]:
            at -= 1
        return at, number - self.bases[at]

    def close(self) -> None:
        """Let go of the files."""
        for segment in self.segments:
            segment.close()


def _joined(parts: Sequence[Hits]) -> tuple[Numbers, Array]:
    documents = np.concatenate([part.documents for part in parts])
    return documents, np.concatenate([part.frequencies for part in parts])
