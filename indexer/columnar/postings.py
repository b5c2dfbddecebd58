"""The postings of a field as arrays: which documents have a term, how often, and at which places.

One row a field: the postings of its terms one behind the other, in the order of terms, documents and places.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.columnar.blocks import BlockFile, BlockWriter
from indexer.columnar.errors import FileDamaged
from indexer.columnar.strings import StringTable, write_strings

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

_SPARSE = 50  # so many terms between two that are looked for: fewer are read in one go
LARGE = 255  # a frequency of a byte; one that is larger stands in a list of its own


def stretched(firsts: NDArray[np.intp], lengths: Array) -> NDArray[np.intp]:
    """The numbers from each of ``firsts`` on, so many each, one behind the other."""
    ends = np.cumsum(lengths, dtype=np.intp)
    total = int(ends[-1]) if len(ends) else 0
    return np.repeat(firsts - (ends - lengths), lengths) + np.arange(total)


def narrow(largest: int) -> np.dtype[Any]:
    """The smallest type for numbers from 0 to ``largest``: reading half the bytes costs half the time."""
    return np.min_scalar_type(largest)


@dataclass(frozen=True)
class Postings:
    """Postings in memory, of terms that all occur, numbered in their order.

    ``starts``: where the postings of each term begin in ``documents`` (and the end), ``frequencies`` their counts (at
    least 1); ``occurrences``: where its places begin in ``positions``, which has ``frequencies`` items a posting.
    ``positions`` is ``None`` for a field without places.
    """

    starts: NDArray[np.uint64]
    documents: Array
    frequencies: Array
    occurrences: NDArray[np.uint64] | None = None
    positions: Array | None = None


def invert(terms: NDArray[np.uint32], starts: NDArray[np.intp], *, places: bool) -> Postings:
    """From texts to postings. ``terms``: the number of the term at each place of all texts, numbers 0 to n all occur.

    ``starts``: where each document begins, and the end of the last.

    One sort of numbers that have term and place in them: numpy sorts those with the processor's vectors.
    """
    where, term = _sorted_places(terms)
    owner = np.repeat(np.arange(len(starts) - 1, dtype=np.uint32), np.diff(starts)).take(where)
    new = np.ones(len(term), np.bool_)
    new[1:] = (term[1:] != term[:-1]) | (owner[1:] != owner[:-1])
    first = np.flatnonzero(new)
    documents, postings = owner.take(first), _changes(term.take(first))
    frequencies = np.empty(len(first), np.uint32)
    np.subtract(first[1:], first[:-1], out=frequencies[:-1], casting="unsafe")
    frequencies[-1:] = len(term) - first[-1:]
    del first, new
    if not places:
        return Postings(postings, documents, frequencies)
    where -= starts.astype(np.uint32).take(owner)
    return Postings(postings, documents, frequencies, _changes(term), where)


def _sorted_places(terms: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """The places in the order of their terms, and the term of each: with one large array, as memory is full of them."""
    keys = terms.astype(np.uint64)
    keys <<= np.uint64(32)
    keys |= np.arange(len(terms), dtype=np.uint32)
    keys.sort()
    where = keys.astype(np.uint32)
    keys >>= np.uint64(32)
    return where, keys.astype(np.uint32)


def _changes(terms: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """Where each term begins in a row of terms in order that all occur, and the end."""
    changes = np.flatnonzero(terms[1:] != terms[:-1]) + 1
    return np.concatenate(([0] if len(terms) else [], changes, [len(terms)])).astype(np.uint64)


class PostingsWriter:
    """Writes the postings of a field, some terms after the other: blocks grow side by side in memory or on disk.

    ``documents``: how many there are; ``longest``: the words of the longest text, ``None`` for a field without places.
    """

    def __init__(self, documents: int, longest: int | None) -> None:
        self._documents = narrow(max(documents - 1, 0))
        self._places = None if longest is None else narrow(max(longest - 1, 0))
        self._parts: list[Postings] = []

    def add(self, postings: Postings) -> None:
        """The postings of the terms that follow."""
        places = postings.positions
        if self._places is not None and places is not None:
            places = places.astype(self._places, copy=False)
        documents = postings.documents.astype(self._documents, copy=False)
        self._parts.append(Postings(postings.starts, documents, postings.frequencies, postings.occurrences, places))

    def write(self, writer: BlockWriter, field: str) -> None:
        """Write them all."""
        self._starts(writer, f"{field}/postings", [part.starts for part in self._parts])
        with writer.block(f"{field}/documents", self._documents) as block:
            for part in self._parts:
                block.append(part.documents)
        self._frequencies(writer, field)
        if self._places is not None:
            starts = [part.occurrences for part in self._parts if part.occurrences is not None]
            self._starts(writer, f"{field}/occurrences", starts)
            with writer.block(f"{field}/positions", self._places) as block:
                for part in self._parts:
                    if part.positions is not None:
                        block.append(part.positions)

    @staticmethod
    def _starts(writer: BlockWriter, name: str, parts: Sequence[NDArray[np.uint64]]) -> None:
        with writer.block(name, np.uint64) as block:
            block.append(np.zeros(1, np.uint64))
            end = np.uint64(0)
            for part in parts:
                block.append(part[1:] + end)
                end += part[-1]

    def _frequencies(self, writer: BlockWriter, field: str) -> None:
        if all(np.all(part.frequencies == 1) for part in self._parts):
            return
        large: list[Array] = []
        at = 0
        with writer.block(f"{field}/frequencies", np.uint8) as block:
            for part in self._parts:
                block.append(np.minimum(part.frequencies, LARGE))
                large.append(np.flatnonzero(part.frequencies >= LARGE) + at)
                at += len(part.frequencies)
        numbers = [part.frequencies[part.frequencies >= LARGE] for part in self._parts]
        writer.add(f"{field}/large", np.concatenate(large).astype(np.uint64))
        writer.add(f"{field}/large_frequencies", np.concatenate(numbers).astype(np.uint32))


class Field:
    """The terms and postings of one field of a segment, as they lie in its file."""

    def __init__(self, file: BlockFile, name: str) -> None:
        self.name = name
        self.terms = StringTable.read(file, f"{name}/terms")
        self.starts = file[f"{name}/postings"]
        self.documents = file[f"{name}/documents"]
        if len(self.starts) != len(self.terms) + 1 or self.starts[-1] != len(self.documents):
            raise FileDamaged(file.path, f"block {name}/postings doesn't lead through terms and documents")
        self._file = file
        self._starts = self.starts.data
        self._counted = f"{name}/frequencies" in file
        self.has_places = f"{name}/positions" in file

    @cached_property
    def _frequencies(self) -> NDArray[np.uint8]:
        return self._file[f"{self.name}/frequencies"]

    @cached_property
    def _large(self) -> tuple[Array, Array]:
        return self._file[f"{self.name}/large"], self._file[f"{self.name}/large_frequencies"]

    @cached_property
    def _occurrences(self) -> memoryview:
        return self._file[f"{self.name}/occurrences"].data

    @cached_property
    def _positions(self) -> Array:
        return self._file[f"{self.name}/positions"]

    def __len__(self) -> int:
        return len(self.terms)

    def count(self, term: int) -> int:
        """In how many documents a term stands, deleted ones too."""
        return self._starts[term + 1] - self._starts[term]

    def counts(self, first: int, last: int) -> NDArray[np.intp]:
        """The same of the terms ``first`` to ``last`` (exclusive)."""
        return np.diff(self.starts[first : last + 1]).astype(np.intp)

    def postings(self, term: int) -> tuple[Array, Array]:
        """The documents of a term, and how often it stands in each."""
        first, last = self._starts[term], self._starts[term + 1]
        if not first < last <= len(self.documents):
            raise IndexError(f"field {self.name}: term {term} has no place among the postings")
        return self.documents[first:last], self.frequencies(first, last)

    def frequencies(self, first: int, last: int) -> Array:
        """The frequencies of the postings ``first`` to ``last`` (exclusive)."""
        if not self._counted:
            return np.ones(last - first, np.uint8)
        found = self._frequencies[first:last]
        where, numbers = self._large
        if not len(where):
            return found
        begin, end = np.searchsorted(where, (first, last))
        if begin == end:
            return found
        full = found.astype(np.uint32)
        full[(where[begin:end] - np.uint64(first)).astype(np.intp)] = numbers[begin:end]
        return full

    @property
    def occurrences(self) -> NDArray[np.uint64]:
        """Where the places of each term begin, and the end of the last. Of a field with places."""
        return self._file[f"{self.name}/occurrences"]

    def numbers(self, terms: Sequence[bytes]) -> NDArray[np.intp]:
        """The numbers of those of many terms, in order, that there are."""
        if not terms:
            return np.zeros(0, np.intp)
        first, last = self.terms.place(terms[0]), min(self.terms.place(terms[-1]) + 1, len(self))
        if last - first > _SPARSE * len(terms):
            found = (self.terms.find(term) for term in terms)
            return np.array([number for number in found if number >= 0], np.intp)
        wanted = frozenset(terms)
        return np.array([at for at, term in enumerate(self.terms[first:last], first) if term in wanted], np.intp)

    def postings_of(self, terms: NDArray[np.intp]) -> tuple[Array, Array]:
        """The documents of several terms, one behind the other, and how often each term stands in them."""
        if not len(terms):
            return self.documents[:0], np.zeros(0, np.uint8)
        first, last = int(terms[0]), int(terms[-1]) + 1
        if last - first == len(terms):
            begin, end = self._starts[first], self._starts[last]
            return self.documents[begin:end], self.frequencies(begin, end)
        starts = self.starts[terms].astype(np.intp)
        places = stretched(starts, self.starts[terms + 1].astype(np.intp) - starts)
        if not self._counted:
            return self.documents.take(places), np.ones(len(places), np.uint8)
        frequencies = self._frequencies.take(places)
        large = np.flatnonzero(frequencies == LARGE)
        if len(large):
            where, numbers = self._large
            frequencies = frequencies.astype(np.uint32)
            frequencies[large] = numbers[np.searchsorted(where, places[large].astype(np.uint64))]
        return self.documents.take(places), frequencies

    def positions(self, term: int) -> Array:
        """The places of a term in its documents, as many a document as its frequency there."""
        first, last = self._occurrences[term], self._occurrences[term + 1]
        if not first < last <= len(self._positions):
            raise IndexError(f"field {self.name}: term {term} has no place among the positions")
        return self._positions[first:last]

    def total(self, term: int) -> int:
        """How often a term stands in all documents."""
        if self.has_places:
            return int(self._occurrences[term + 1] - self._occurrences[term])
        return int(self.postings(term)[1].sum(dtype=np.int64))

    def part(self, first: int, last: int) -> Postings:
        """The postings of the terms ``first`` to ``last`` (exclusive), as they are written."""
        begin, end = self._starts[first], self._starts[last]
        starts = self.starts[first : last + 1] - np.uint64(begin)
        documents, frequencies = self.documents[begin:end], self.frequencies(begin, end)
        if not self.has_places:
            return Postings(starts, documents, frequencies)
        occurrences = self._file[f"{self.name}/occurrences"][first : last + 1]
        places = self._positions[int(occurrences[0]) : int(occurrences[-1])]
        return Postings(starts, documents, frequencies, occurrences - occurrences[0], places)


def write_field(
    writer: BlockWriter, name: str, terms: Sequence[bytes], postings: Postings, documents: int, longest: int | None
) -> None:
    """Write a field whose postings are all in memory; ``terms`` are in order."""
    write_strings(writer, f"{name}/terms", terms)
    parts = PostingsWriter(documents, longest)
    parts.add(postings)
    parts.write(writer, name)


def field_names(file: BlockFile) -> Iterator[str]:
    """The fields that a file has postings of."""
    return (name.removesuffix("/postings") for name in file if name.endswith("/postings"))
