"""The postings of a field of several segments as those of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.columnar.blocks import BlockWriter
from indexer.columnar.merging.ranges import ranges
from indexer.columnar.merging.sources import Source
from indexer.columnar.merging.spool import Spools
from indexer.columnar.postings import LARGE, Field, Postings, narrow
from indexer.columnar.strings import bounds

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]


def merge_field(writer: BlockWriter, name: str, found: Sequence[Source], spools: Spools, memory: int) -> None:
    """Write a field of all segments; ``ValueError`` where some have places of it and some don't."""
    sources = [source for source in found if source.file.field(name) is not None]
    fields = [field for source in sources if (field := source.file.field(name)) is not None]
    if len({field.has_places for field in fields}) > 1:
        raise ValueError(f"field {name} has places in one segment, and none in another one")
    documents = sum(source.documents for source in found)
    weighted = any(f"{name}/weights" in source.file.file for source in sources)
    merged = _SpooledField(spools, narrow(max(documents - 1, 0)), places=fields[0].has_places, weighted=weighted)
    for step in ranges(fields, memory):
        parts = [
            _Part.read(field, source, first, last, weighted=weighted)
            for field, source, (first, last) in zip(fields, sources, step, strict=True)
            if first < last
        ]
        merged.add(_joined(parts))
        for source in sources:
            source.file.file.forget()
    merged.write(writer, name)


@dataclass(frozen=True)
class _Part:
    """Some terms of a segment. ``weights``: of each posting, where a segment has others than the frequencies."""

    terms: Sequence[bytes]
    postings: Postings
    weights: Array | None

    @classmethod
    def read(cls, field: Field, source: Source, first: int, last: int, *, weighted: bool) -> _Part:
        part = field.part(first, last)
        weights = None
        if weighted:
            block = f"{field.name}/weights"
            begin, end = int(field.starts[first]), int(field.starts[last])
            weights = source.file.file[block][begin:end] if block in source.file.file else part.frequencies
            weights = weights.astype(np.float32, copy=False)
            weights = weights if source.live is None else weights[source.live.take(part.documents)]
        return cls(field.terms[first:last], _left(part, source), weights)


def _left(postings: Postings, source: Source) -> Postings:
    """Without deleted documents, and with the new numbers of the others; a term may have no postings left."""
    documents = source.numbers.take(postings.documents)
    if source.live is None:
        return Postings(postings.starts, documents, postings.frequencies, postings.occurrences, postings.positions)
    kept = source.live.take(postings.documents)
    starts, frequencies = _kept_before(kept)[postings.starts], postings.frequencies[kept]
    if postings.occurrences is None or postings.positions is None:
        return Postings(starts, documents[kept], frequencies)
    places = np.repeat(kept, postings.frequencies)
    occurrences = _kept_before(places)[postings.occurrences]
    return Postings(starts, documents[kept], frequencies, occurrences, postings.positions[places])


def _kept_before(kept: NDArray[np.bool_]) -> NDArray[np.uint64]:
    return bounds(kept)


def _joined(parts: Sequence[_Part]) -> _Part:
    """Term by term what the parts have of it, in their order; terms without postings are left out."""
    terms = sorted(set[bytes]().union(*(part.terms for part in parts)))
    ranks = {term: rank for rank, term in enumerate(terms)}
    rows = [np.fromiter(map(ranks.__getitem__, part.terms), np.intp, len(part.terms)) for part in parts]
    each = [part.postings for part in parts]
    starts, lay = _laid_out(len(terms), rows, [postings.starts for postings in each])
    documents = lay([postings.documents for postings in each])
    frequencies = lay([postings.frequencies for postings in each])
    weights = lay([part.weights for part in parts]) if parts[0].weights is not None else None
    there = np.diff(starts) > 0
    left = [term for term, kept in zip(terms, there.tolist(), strict=True) if kept]
    begin = np.concatenate((starts[:-1][there], starts[-1:]))
    inside = [postings.occurrences for postings in each if postings.occurrences is not None]
    if not inside:
        return _Part(left, Postings(begin, documents, frequencies), weights)
    occurrences, lay = _laid_out(len(terms), rows, inside)
    positions = lay([postings.positions for postings in each if postings.positions is not None])
    within = np.concatenate((occurrences[:-1][there], occurrences[-1:]))
    return _Part(left, Postings(begin, documents, frequencies, within, positions), weights)


def _laid_out(terms: int, rows: Sequence[NDArray[np.intp]], starts: Sequence[NDArray[np.uint64]]) -> tuple[Any, Any]:
    """Where each term begins, and what lays the items of the parts there.

    ``rows``: the term of each row of a part, ``starts``: where the rows begin in the part's items.
    """
    counts = [np.diff(each).astype(np.intp) for each in starts]
    total = np.zeros(terms, np.intp)
    for row, count in zip(rows, counts, strict=True):
        total[row] += count
    begin = bounds(total)
    free = begin[:-1].astype(np.intp)
    targets = []
    for row, count, start in zip(rows, counts, starts, strict=True):
        shift = free[row] - start[:-1].astype(np.intp)
        targets.append(np.repeat(shift, count) + np.arange(int(start[-1])))
        free[row] += count

    def lay(items: Sequence[Array]) -> Array:
        if len(items) == 1:
            return items[0]
        laid = np.empty(int(begin[-1]), np.result_type(*items))
        for target, values in zip(targets, items, strict=True):
            laid[target] = values
        return laid

    return begin, lay


class _SpooledField:
    def __init__(self, spools: Spools, documents: np.dtype[Any], *, places: bool, weighted: bool) -> None:
        self._terms = spools.new(np.uint64), spools.new(np.uint8)
        self._starts = spools.new(np.uint64)
        self._documents = spools.new(documents)
        self._frequencies = spools.new(np.uint8)
        self._large = spools.new(np.uint64), spools.new(np.uint32)
        self._places = (spools.new(np.uint64), spools.new(np.uint32)) if places else None
        self._weights = spools.new(np.float32) if weighted else None
        self._ends = [0, 0, 0]
        self._counted = False
        self._last_place = 0
        for spool in (self._terms[0], self._starts, *(self._places or ())[:1]):
            spool.append(np.zeros(1, np.uint64))

    def add(self, part: _Part) -> None:
        """The terms that follow."""
        terms, postings = part.terms, part.postings
        ends = bounds(np.fromiter(map(len, terms), np.uint64, len(terms)))
        self._ends[0] = self._grow(self._terms[0], ends, self._ends[0])
        self._terms[1].append(np.frombuffer(b"".join(terms), np.uint8))
        self._add_frequencies(postings.frequencies)
        self._ends[1] = self._grow(self._starts, postings.starts, self._ends[1])
        self._documents.append(postings.documents)
        if self._weights and part.weights is not None:
            self._weights.append(part.weights)
        if self._places and postings.occurrences is not None and postings.positions is not None:
            self._ends[2] = self._grow(self._places[0], postings.occurrences, self._ends[2])
            self._places[1].append(postings.positions)
            self._last_place = max(self._last_place, int(postings.positions.max(initial=0)))

    @staticmethod
    def _grow(spool: Any, starts: NDArray[np.uint64], end: int) -> int:
        spool.append(starts[1:] + np.uint64(end))
        return end + int(starts[-1])

    def _add_frequencies(self, frequencies: Array) -> None:
        large = np.flatnonzero(frequencies >= LARGE)
        self._counted = self._counted or bool(np.any(frequencies > 1))
        self._large[0].append(large + self._documents.items)
        self._large[1].append(frequencies[large])
        self._frequencies.append(np.minimum(frequencies, LARGE))

    def write(self, writer: BlockWriter, name: str) -> None:
        """Write the field, if it has terms left."""
        if not self._documents.items:
            return
        self._terms[0].write(writer, f"{name}/terms.starts")
        self._terms[1].write(writer, f"{name}/terms.bytes")
        self._starts.write(writer, f"{name}/postings")
        self._documents.write(writer, f"{name}/documents")
        if self._counted:
            self._frequencies.write(writer, f"{name}/frequencies")
            self._large[0].write(writer, f"{name}/large")
            self._large[1].write(writer, f"{name}/large_frequencies")
        if self._weights:
            self._weights.write(writer, f"{name}/weights")
        if self._places:
            self._places[0].write(writer, f"{name}/occurrences")
            self._places[1].write(writer, f"{name}/positions", narrow(self._last_place))
