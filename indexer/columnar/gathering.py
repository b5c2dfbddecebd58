"""From many runs to few, so that a merge has few files open at once."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack, closing
from itertools import pairwise
from pathlib import Path

from indexer.columnar.codec.segment import ColumnarSegment
from indexer.columnar.merging import merge
from indexer.columnar.segment import SegmentFile

MOST_AT_ONCE = 64
"""Files that are merged at once. A merge holds some four bytes for each word of each, and an open file: a system may
grant a process 256. With fewer, large builds write everything more often."""


def gathered(folder: Path, runs: Sequence[ColumnarSegment], memory: int) -> list[ColumnarSegment]:
    """At most ``MOST_AT_ONCE`` segments with the documents of all runs, in their order; runs may not be there after it.

    ``memory``: what one :func:`~indexer.columnar.merging.merge` may hold.
    """
    left = list(runs)
    while len(left) > MOST_AT_ONCE:
        left = [_one(folder, group, memory) for group in _groups(left)]
    return left


def _groups(runs: Sequence[ColumnarSegment]) -> list[Sequence[ColumnarSegment]]:
    """Runs that follow each other: as few groups as can be, with as many in each."""
    count = -(-len(runs) // MOST_AT_ONCE)
    ends = [len(runs) * number // count for number in range(count + 1)]
    return [runs[first:last] for first, last in pairwise(ends)]


def _one(folder: Path, runs: Sequence[ColumnarSegment], memory: int) -> ColumnarSegment:
    """The runs as one, which are thrown away then: there is never much more than twice the index on the disk."""
    segment = ColumnarSegment(documents=sum(run.documents for run in runs))
    with ExitStack() as opened:
        files = [opened.enter_context(closing(SegmentFile(run.path(folder)))) for run in runs]
        merge(segment.path(folder), files, memory=memory)
    for run in runs:
        run.path(folder).unlink()
    return segment
