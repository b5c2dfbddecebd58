"""In how many documents each form of a generation stands; the most frequent of many, whatever segments they are in.

The counts of a range of terms are a slice of an array. Where several lists of counts say how frequent a term is (two
fields, several segments), the best are found as Fagin, Lotem & Naor 2003 do ("Optimal aggregation algorithms for
middleware", the threshold algorithm): the best of each list, until no other term can be as frequent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.columnar.generation import Generation
from indexer.columnar.postings import Field

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.intp]

_KEPT = 50_000  # single counts that are kept
_FIRST = 512  # terms of each list that are looked at first: more than anybody shows
_MORE = 4  # times as many, where these don't decide
_FEW = 64  # deleted documents looked up one by one are this much slower than those read in a row


@dataclass(frozen=True)
class Table:
    """The terms of a field in one segment; ``text``: the number of the field among those of its lexicon."""

    text: int
    field: Field
    base: int
    live: NDArray[np.bool_] | None
    dead: NDArray[Any]

    def documents(self, number: int) -> int:
        """In how many documents that aren't deleted a term stands."""
        count = self.field.count(number)
        if self.live is None:
            return count
        documents, _ = self.field.postings(number)
        if len(self.dead) * _FEW > count:
            return int(np.count_nonzero(self.live.take(documents)))
        at = np.searchsorted(documents, self.dead)
        return count - int(np.count_nonzero(documents.take(at, mode="clip") == self.dead))


class DocumentCounts:
    """The lexicons of a generation: the forms anywhere, and those of titles."""

    def __init__(self, generation: Generation) -> None:
        self.anywhere = Lexicon(generation, ("title_exact", "body_exact"))
        self.titles = Lexicon(generation, ("title_exact",))


class Lexicon:
    """The terms of some fields with the documents that they stand in, in the field where those are most."""

    def __init__(self, generation: Generation, fields: Sequence[str]) -> None:
        self._generation = generation
        self._fields = fields
        self._counts: dict[str, int] = {}

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The terms as they lie in the segments."""
        generation = self._generation
        found = []
        for base, segment in zip(generation.bases, generation.segments, strict=False):
            live = None if generation.live is None else generation.live[base : base + segment.documents]
            dead = np.flatnonzero(~live) if live is not None else np.zeros(0, np.intp)
            for text, name in enumerate(self._fields):
                field = segment.field(name)
                if field is not None:
                    gone = dead.astype(field.documents.dtype)
                    found.append(Table(text, field, base, live if len(dead) else None, gone))
        return tuple(found)

    def documents(self, word: str) -> int:
        """In how many documents that aren't deleted a term stands."""
        count = self._counts.get(word)
        if count is None:
            if len(self._counts) >= _KEPT:
                self._counts.clear()
            count = self._counts[word] = self._documents(word.encode())
        return count

    def _documents(self, word: bytes) -> int:
        totals = [0] * len(self._fields)
        for table in self.tables:
            number = table.field.terms.find(word)
            if number >= 0:
                totals[table.text] += table.documents(number)
        return max(totals)

    def most_frequent(self, words: Iterable[str]) -> Iterator[tuple[str, int]]:
        """Terms with their documents, most frequent first, ties alphabetical; those without a document left out."""
        waiting = [(-count, word) for word in words if (count := self.documents(word))]
        heapify(waiting)
        while waiting:
            count, word = heappop(waiting)
            yield word, -count

    def starting_with(self, prefix: str) -> Iterator[tuple[str, int]]:
        """The terms that begin so, with their documents, most frequent first, ties alphabetical. Lazy."""
        start = prefix.encode()
        return self.best_of([np.arange(*table.field.terms.starting_with(start)) for table in self.tables])

    def best_of(self, chosen: Sequence[Numbers]) -> Iterator[tuple[str, int]]:
        """The same of some terms: the numbers of those of each table, in order. A term is among them in all tables."""
        ranked = _Ranking(self.tables, len(self._fields), chosen).by_bound()
        if all(table.live is None for table in self.tables):
            return ((word.decode(), bound) for word, bound in ranked)
        return self._counted(ranked)

    def _counted(self, ranked: Iterator[tuple[bytes, int]]) -> Iterator[tuple[str, int]]:
        """From counts with deleted documents to those without: a term is told when none behind it can have more."""
        waiting: list[tuple[int, str]] = []
        for word, bound in ranked:
            while waiting and -waiting[0][0] > bound:
                count, told = heappop(waiting)
                yield told, -count
            text = word.decode()
            count = self.documents(text)
            if count:
                heappush(waiting, (-count, text))
        while waiting:
            count, told = heappop(waiting)
            yield told, -count


_Best = tuple[list[tuple[bytes, int]], int]
"""The most frequent terms of a table with their counts, and what no other one of it exceeds."""


class _Ranking:
    """Terms of several tables by their counts, deleted documents counted too."""

    def __init__(self, tables: Sequence[Table], texts: int, chosen: Sequence[Numbers]) -> None:
        self._tables = tables
        self._texts = texts
        self._chosen = chosen
        self._counts = [_counts(table.field, numbers) for table, numbers in zip(tables, chosen, strict=True)]

    def by_bound(self) -> Iterator[tuple[bytes, int]]:
        """All of them with their counts, most frequent first, ties in the order of the alphabet."""
        told: set[bytes] = set()
        looked_at = _FIRST
        while True:
            best = [self._best(at, looked_at) for at in range(len(self._tables))]
            sure = self._most([floor for _, floor in best])
            ranked = sorted(self._decided(best, sure, told))
            for bound, word in ranked:
                yield word, -bound
            if not sure:
                return
            told.update(word for _, word in ranked)
            looked_at *= _MORE

    def _best(self, at: int, most: int) -> _Best:
        numbers, counts = self._chosen[at], self._counts[at]
        floor = 0
        if len(numbers) > most:
            order = np.argpartition(counts, len(counts) - most)[len(counts) - most :]
            numbers, counts = numbers[order], counts[order]
            floor = int(counts.min())
        terms = self._tables[at].field.terms
        return list(zip(map(terms.__getitem__, numbers.tolist()), counts.tolist(), strict=True)), floor

    def _decided(self, best: Sequence[_Best], sure: int, told: set[bytes]) -> Iterator[tuple[int, bytes]]:
        """Terms that are more frequent than any that isn't known yet, as what sorts them."""
        if len(self._tables) == len({table.text for table in self._tables}):
            return self._decided_by_one(best, sure, told)
        return self._decided_by_all(best, sure, told)

    def _decided_by_one(self, best: Sequence[_Best], sure: int, told: set[bytes]) -> Iterator[tuple[int, bytes]]:
        """The same where each field has one table: what isn't known of a term there can't be its largest count."""
        known: dict[bytes, int] = {}
        for found, _ in best:
            for word, count in found:
                if count > sure and count > known.get(word, 0):
                    known[word] = count
        return ((-count, word) for word, count in known.items() if word not in told)

    def _decided_by_all(self, best: Sequence[_Best], sure: int, told: set[bytes]) -> Iterator[tuple[int, bytes]]:
        floors = [floor for _, floor in best]
        open_tables = [at for at, floor in enumerate(floors) if floor]
        for word, counts in _by_word(best).items():
            if word in told:
                continue
            lacking = [at for at in open_tables if at not in counts]
            if lacking and self._undecided(counts, lacking, floors, sure):
                for at in lacking:
                    number = self._tables[at].field.terms.find(word)
                    counts[at] = self._tables[at].field.count(number) if number >= 0 else 0
            bound = self._most(counts)
            if bound > sure:
                yield -bound, word

    def _undecided(self, counts: dict[int, int], lacking: Sequence[int], floors: Sequence[int], sure: int) -> bool:
        """Whether what isn't known could make a difference to a term that may be told now."""
        upper = self._most(counts | {at: floors[at] for at in lacking})
        return upper > sure and upper > self._most(counts)

    def _most(self, counts: Sequence[int] | dict[int, int]) -> int:
        totals = [0] * self._texts
        for at, count in counts.items() if isinstance(counts, dict) else enumerate(counts):
            totals[self._tables[at].text] += count
        return max(totals)


def _by_word(best: Sequence[_Best]) -> dict[bytes, dict[int, int]]:
    """What is known of each term: table → count."""
    known: dict[bytes, dict[int, int]] = {}
    for at, (found, _) in enumerate(best):
        for word, count in found:
            known.setdefault(word, {})[at] = count
    return known


def _counts(field: Field, numbers: Numbers) -> Numbers:
    if len(numbers) and int(numbers[-1] - numbers[0]) + 1 == len(numbers):
        return field.counts(int(numbers[0]), int(numbers[-1]) + 1)
    return (field.starts.take(numbers + 1) - field.starts.take(numbers)).astype(np.intp)
