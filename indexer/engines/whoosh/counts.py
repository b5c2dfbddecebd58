"""In how many documents each form of a generation stands, read where it is asked for.

Reading all forms takes seconds in a large collection; what begins with one letter takes a tenth of one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import heapify, heappop, heapreplace
from itertools import takewhile

from whoosh.reading import IndexReader, TermNotFound

from indexer.analysis import CJK_PREFIX

_KEPT = 50_000  # single counts that are kept


class DocumentCounts:
    """The lexicons of a reader, for one thread at a time: the forms anywhere, those of titles, pairs of characters."""

    def __init__(self, reader: IndexReader) -> None:
        self.anywhere = Lexicon(reader, ("title_exact", "body_exact"))
        self.titles = Lexicon(reader, ("title_exact",))
        self.pairs = Lexicon(reader, ("title", "body"), shelf=len(CJK_PREFIX) + 1)


class Lexicon:
    """The terms of some fields with the documents that they stand in, in the field where those are most.

    ``shelf``: how many characters terms have in common that are read together.
    """

    def __init__(self, reader: IndexReader, fields: Sequence[str], *, shelf: int = 1) -> None:
        self._reader = reader
        self._segments = [segment for segment, _ in reader.leaf_readers()]
        self._deletions = reader.has_deletions()
        self._fields = fields
        self._shelf = shelf
        self._shelves: dict[str, tuple[list[str], dict[str, int]]] = {}
        self._bounds: dict[str, int] = {}
        self._counts: dict[str, int] = {}

    def starting_with(self, prefix: str) -> Sequence[str]:
        """The terms that begin with ``prefix``, which has as many characters as a shelf, in order."""
        words, _ = self._read(prefix[: self._shelf])
        first = bisect_left(words, prefix)
        return words[first : bisect_left(words, f"{prefix}\U0010ffff", first)]

    def _read(self, start: str) -> tuple[list[str], dict[str, int]]:
        if start not in self._shelves:
            bounds: dict[str, int] = {}
            for field in self._fields:
                for word, documents in self._summed(field, start).items():
                    bounds[word] = max(bounds.get(word, 0), documents)
            self._shelves[start] = sorted(bounds), bounds
        return self._shelves[start]

    def _summed(self, field: str, start: str) -> dict[str, int]:
        """The terms of a field that begin so, each with its documents in all segments, replaced ones as well."""
        summed: dict[str, int] = {}
        for segment in self._segments:
            terms = ((term.decode(), info) for term, info in segment.iter_field(field, start))
            for word, info in takewhile(lambda item: item[0].startswith(start), terms):
                summed[word] = summed.get(word, 0) + info.doc_frequency()
        return summed

    def documents(self, word: str) -> int:
        """In how many documents that aren't deleted a term stands."""
        bound = self._bound(word)
        if not bound or not self._deletions:
            return bound
        return self._kept(
            self._counts, word, lambda: max(live_documents(self._segments, field, word) for field in self._fields)
        )

    def _bound(self, word: str) -> int:
        """No more documents than these: replaced ones are counted too."""
        _, bounds = self._shelves.get(word[: self._shelf], ((), None))
        if bounds is not None:
            return bounds.get(word, 0)
        return self._kept(
            self._bounds, word, lambda: max(all_documents(self._segments, field, word) for field in self._fields)
        )

    @staticmethod
    def _kept(counts: dict[str, int], word: str, count: Callable[[], int]) -> int:
        if word not in counts:
            if len(counts) >= _KEPT:
                counts.clear()
            counts[word] = count()
        return counts[word]

    def most_frequent(self, words: Iterable[str]) -> Iterator[tuple[str, int]]:
        """Terms with their documents, most frequent first, ties alphabetical; those without a document left out.

        Lazy: a term is counted only once its upper bound says that it may be next.
        """
        # What isn't counted yet comes first among equals, so that ties are between counted terms only.
        waiting = [(-self._bound(word), False, word) for word in words]
        heapify(waiting)
        while waiting:
            bound, counted, word = waiting[0]
            if counted:
                heappop(waiting)
                yield word, -bound
            elif count := self.documents(word):
                heapreplace(waiting, (-count, True, word))
            else:
                heappop(waiting)


def all_documents(segments: Iterable[IndexReader], field: str, term: str) -> int:
    """In how many documents a term stands, those included that were deleted since."""
    return sum(int(segment.doc_frequency(field, term)) for segment in segments)


def live_documents(segments: Iterable[IndexReader], field: str, term: str) -> int:
    """In how many documents that aren't deleted a term stands. Only segments with deletions are walked."""
    return sum(_in_segment(segment, field, term) for segment in segments)


def _in_segment(segment: IndexReader, field: str, term: str) -> int:
    try:
        if segment.has_deletions():
            return sum(1 for _ in segment.postings(field, term).all_ids())
        return int(segment.doc_frequency(field, term))
    except TermNotFound:
        return 0
