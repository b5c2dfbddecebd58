"""Documents that tell one story: near copies, each of which names the document that leads them."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from itertools import chain, compress
from typing import TYPE_CHECKING

import numpy as np

from indexer.columnar.generation import Generation
from indexer.columnar.segment import SegmentFile

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.intp]

ALONE = -1
_FOUND = 50  # finding a document by its id takes as long as reading so many ids


class Stories:
    """The stories with more than one document, numbered.

    ``of``: the story of each document, :data:`ALONE` for one that shares it with none (and for those deleted).
    ``fronts``: a mask of the documents that lead their story, or are alone.
    """

    def __init__(self, generation: Generation) -> None:
        self._own = np.arange(generation.size)
        named = self._named(generation)
        documents = np.bincount(named.take(generation.numbers), minlength=int(named.max(initial=0)) + 1)
        shared = np.flatnonzero(documents > 1)
        numbers = np.full(len(documents), ALONE)
        numbers[shared] = np.arange(len(shared))
        self.count = len(shared)
        self.of: Numbers = numbers.take(named)
        if generation.live is not None:
            self.of[~generation.live] = ALONE
        self.fronts: NDArray[np.bool_] = (named == self._own) | (self.of == ALONE)

    def _named(self, generation: Generation) -> Numbers:
        """A number for the story of each document: that of its lead, or one beyond all for a lead that isn't there."""
        parts = [_leads(segment) for segment in generation.segments]
        leads = dict.fromkeys(chain.from_iterable(names for _, names in parts))
        named = self._own.copy()
        numbers = _numbers(generation, leads)
        for number, lead in enumerate(leads, generation.size):
            numbers.setdefault(lead, number)
        for base, (places, names) in zip(generation.bases, parts, strict=False):
            named[places + base] = np.fromiter(map(numbers.__getitem__, names), np.intp, len(names))
        return named

    def members(self, document: int) -> Numbers:
        """All documents of a document's story, itself included; in the order of their numbers."""
        story = int(self.of[document])
        if story == ALONE:
            return self._own[document : document + 1]
        order, starts = self._by_story
        return order[starts[story] : starts[story + 1]]

    @cached_property
    def _by_story(self) -> tuple[Numbers, Numbers]:
        shared = np.flatnonzero(self.of != ALONE)
        stories = self.of.take(shared)
        order = shared.take(np.argsort(stories, kind="stable"))
        return order, np.concatenate(([0], np.cumsum(np.bincount(stories, minlength=self.count))))


def _numbers(generation: Generation, ids: Collection[bytes]) -> dict[bytes, int]:
    """The numbers of those of the documents with these ids that are there."""
    if len(ids) * _FOUND < generation.size:
        found = ((each, generation.number(each.decode())) for each in ids)
        return {each: number for each, number in found if number is not None}
    numbers: dict[bytes, int] = {}
    for base, segment in zip(generation.bases, generation.segments, strict=False):
        field = segment.field("id")
        if field is not None:
            there = [(at, term) for at, term in enumerate(field.terms) if term in ids]
            last = field.starts[[at + 1 for at, _ in there]] - np.uint64(1)
            documents = field.documents[last].astype(np.intp) + base
            live = np.ones(len(there), np.bool_) if generation.live is None else generation.live.take(documents)
            numbers |= zip(compress((term for _, term in there), live.tolist()), documents[live].tolist(), strict=True)
    return numbers


def _leads(segment: SegmentFile) -> tuple[Numbers, list[bytes]]:
    """The documents of a segment that name a lead, and which."""
    table = segment.strings("lead")
    places = np.flatnonzero(table.starts[1:] != table.starts[:-1])
    data, begins, ends = bytes(table.data), table.starts[places].tolist(), table.starts[places + 1].tolist()
    return places, [data[begin:end] for begin, end in zip(begins, ends, strict=True)]
