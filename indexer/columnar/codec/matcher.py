"""Walks one term's postings the way Whoosh's queries do: one document after the other, or in leaps."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING, Any

from whoosh import formats
from whoosh.matching.mcore import LeafMatcher, ReadTooFar
from whoosh.query.spans import Span

from indexer.columnar.codec.postings import Stretches, TermPostings

if TYPE_CHECKING:
    from collections.abc import Iterator

STRETCH = 128  # postings that are judged together: Whoosh's own size, so a search leaves out the same ones


class ColumnarMatcher(LeafMatcher):
    """A :class:`whoosh.matching.LeafMatcher` over arrays. ``term`` is (field, bytes); ``scorer`` may be ``None``."""

    def __init__(self, postings: TermPostings, format_: Any, term: tuple[str, bytes], scorer: Any = None) -> None:
        self._postings = postings
        self._documents = memoryview(postings.documents)  # type: ignore[arg-type]
        self.format = format_
        self._term = term
        self.scorer = scorer
        self._plain_places = postings.has_places() and type(format_) is formats.Positions
        self.reset()

    def reset(self) -> None:
        """Back to the first document."""
        self._ended = False
        self._load(0)

    def copy(self) -> ColumnarMatcher:
        """Another matcher at the same place."""
        other = type(self)(self._postings, self.format, self._term, self.scorer)
        other._load(self._first)
        other._i = self._i
        other._ended = self._ended
        return other

    def _load(self, first: int) -> None:
        self._first = first
        self._ids: list[int] = self._documents[first : first + STRETCH].tolist()
        self._weights: list[float] | None = None
        self._i = 0

    def is_active(self) -> bool:
        """Whether there is a document here."""
        return not self._ended

    def id(self) -> int:
        """The document here. (Whoosh asks matchers that have ended, too: they give the last that they saw.)"""
        return self._ids[self._i]

    def all_ids(self) -> Iterator[int]:
        """All documents, from the first."""
        return iter(self._documents.tolist())

    def weight(self) -> float:
        """The weight here."""
        if self._weights is None:
            self._weights = self._postings.weights[self._first : self._first + STRETCH].tolist()
        return self._weights[self._i]

    def value(self) -> bytes:
        """The bytes that the field's format has here."""
        return self._postings.value(self._first + self._i, self.format)

    def value_as(self, astype: str) -> Any:
        """The value as ``positions``, ``frequency``, …: whatever the format knows."""
        if self._plain_places and astype == "positions":
            return self._postings.places(self._first + self._i)
        return LeafMatcher.value_as(self, astype)

    def spans(self) -> list[Span]:
        """The places here."""
        if self._plain_places:
            return list(map(Span, self._postings.places(self._first + self._i)))
        spans: list[Span] = LeafMatcher.spans(self)
        return spans

    def next(self) -> bool:  # type: ignore[override]  # as Whoosh's own leaves do
        """Go on to the next document; true where a new stretch begins."""
        if self._ended:
            raise ReadTooFar
        if self._i + 1 < len(self._ids):
            self._i += 1
            return False
        self._leap(self._first + STRETCH)
        return True

    def _leap(self, first: int) -> None:
        if first < len(self._documents):
            self._load(first)
        else:
            self._ended = True

    def skip_to(self, id: int) -> None:
        """Go on to the first document that is ``id`` or behind it."""
        if self._ended:
            raise ReadTooFar
        if id <= self._ids[self._i]:
            return
        if id > self._ids[-1]:
            at = bisect_left(self._documents, id, self._first + len(self._ids))
            self._leap(at - at % STRETCH if at < len(self._documents) else at)
            if self._ended:
                return
        self._i = bisect_left(self._ids, id, self._i)

    def skip_to_quality(self, minquality: float) -> int:
        """Go on to the next stretch that may have a better score than ``minquality``; how many were left out."""
        skipped = 0
        while not self._ended and self.scorer.block_quality(self) <= minquality:
            self._leap(self._first + STRETCH)
            skipped += 1
        return skipped

    @cached_property
    def _stretches(self) -> Stretches:
        return Stretches(self._postings, STRETCH)

    def block_min_id(self) -> int:
        """The first document of the stretch."""
        return self._ids[0]

    def block_max_id(self) -> int:
        """The last document of the stretch."""
        return self._ids[-1]

    def block_min_length(self) -> int:
        """The shortest document of the stretch."""
        return self._stretches.shortest[self._first // STRETCH]

    def block_max_length(self) -> int:
        """The longest document of the stretch."""
        return self._stretches.longest[self._first // STRETCH]

    def block_max_weight(self) -> float:
        """The largest weight of the stretch."""
        return self._stretches.weights[self._first // STRETCH]
