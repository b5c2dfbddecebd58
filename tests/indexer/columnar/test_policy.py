"""Which segments are written together."""

from __future__ import annotations

import random

import pytest

from indexer.columnar.merging.policy import DEAD_SHARE, TIER_FACTOR, to_merge


@pytest.mark.parametrize(
    ("sizes", "merged"),
    [
        ([], set()),
        ([(0, 20_000)], set()),
        ([(0, 20_000), (0, 10), (0, 10), (0, 10)], set()),
        ([(0, 20_000), (0, 10), (0, 10), (0, 10), (0, 10)], {1, 2, 3, 4}),
        ([(0, 20_000), (0, 150), (0, 150), (0, 150), (0, 150), (0, 10)], {1, 2, 3, 4, 5}),
        ([(9_000, 20_000), (0, 10)], {0}),
        ([(10, 10), (0, 10)], {0}),
    ],
)
def test_a_full_tier_and_what_is_smaller_and_what_is_mostly_deleted(
    sizes: list[tuple[int, int]], merged: set[int]
) -> None:
    assert to_merge(sizes) == merged


def test_over_many_updates_little_is_written_again_and_segments_stay_few() -> None:
    chance = random.Random(5)
    segments, written, changed, most = [(0, 20_000)], 0, 0, 0
    for _ in range(2_000):
        at = chance.choices(range(len(segments)), [every - dead for dead, every in segments])[0]
        dead, every = segments[at]
        gone = min(10, every - dead)
        segments[at] = (dead + gone, every)
        merged = to_merge(segments)
        rewritten = sum(every - dead for at, (dead, every) in enumerate(segments) if at in merged)
        segments = [each for at, each in enumerate(segments) if at not in merged] + [(0, rewritten + gone)]
        written, changed, most = written + rewritten, changed + gone, max(most, len(segments))
    assert most <= TIER_FACTOR * 4
    assert written / changed < 1 / DEAD_SHARE + 5
