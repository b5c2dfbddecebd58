"""Many runs become few before they are merged, without a change to what comes out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import pytest

from indexer.columnar import gathering
from indexer.columnar.codec.segment import ColumnarSegment
from indexer.columnar.gathering import gathered
from indexer.columnar.merging import merge
from indexer.columnar.runs import Runs
from indexer.columnar.segment import SegmentFile
from indexer.columnar.writing import write_segment
from tests.indexer.columnar.made import made

ENTRIES = made(11, 23)
MEMORY = 1 << 20


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[ColumnarSegment]:
    """A run a document, where three are merged at once."""
    monkeypatch.setattr(gathering, "MOST_AT_ONCE", 3)
    collected = Runs(tmp_path, 1)
    for entry in ENTRIES:
        collected.add(entry)
    return collected.finish()


def test_what_is_gathered_merges_to_the_segment_of_all_documents(tmp_path: Path, runs: list[ColumnarSegment]) -> None:
    assert len(runs) == len(ENTRIES)
    left = [SegmentFile(run.path(tmp_path)) for run in gathered(tmp_path, runs, MEMORY)]
    merge(tmp_path / "merged.ccl", left)
    write_segment(tmp_path / "whole.ccl", ENTRIES)
    assert (tmp_path / "merged.ccl").read_bytes() == (tmp_path / "whole.ccl").read_bytes()


def test_few_runs_are_open_at_once(
    tmp_path: Path, runs: list[ColumnarSegment], monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []

    def counted(
        path: Path, segments: Sequence[SegmentFile], deleted: Sequence[Collection[int]] = (), *, memory: int
    ) -> int:
        sizes.append(len(segments))
        return merge(path, segments, deleted, memory=memory)

    monkeypatch.setattr(gathering, "merge", counted)
    assert len(gathered(tmp_path, runs, MEMORY)) <= 3
    assert max(sizes) <= 3


def test_runs_that_were_gathered_are_thrown_away(tmp_path: Path, runs: list[ColumnarSegment]) -> None:
    left = gathered(tmp_path, runs, MEMORY)
    assert sorted(tmp_path.iterdir()) == sorted(segment.path(tmp_path) for segment in left)


def test_few_runs_stay_as_they_are(tmp_path: Path, runs: list[ColumnarSegment]) -> None:
    assert gathered(tmp_path, runs[:3], MEMORY) == runs[:3]
