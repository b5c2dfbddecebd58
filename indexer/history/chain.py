"""The heaviest chain of pairs that keep their order on both sides.

Heaviest increasing subsequence (Jacobson and Vo, "Heaviest increasing/common subsequence problems", 1992), with the
best chains so far in a Fenwick tree: n log n for n pairs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def heaviest_chain(pairs: Iterable[tuple[int, int, float]]) -> list[tuple[int, int]]:
    """Of pairs (i, j, weight) those with growing i and j that weigh most together."""
    ordered = sorted(pairs, key=lambda pair: (pair[0], -pair[1]))
    ranks = {j: rank for rank, j in enumerate(sorted({j for _, j, _ in ordered}), 1)}
    best: list[tuple[float, int]] = [(0.0, -1)] * (len(ranks) + 1)
    before: list[int] = []
    for number, (_, j, weight) in enumerate(ordered):
        total, last = _heaviest(best, ranks[j] - 1)
        before.append(last)
        _note(best, ranks[j], (total + weight, number))
    _, at = _heaviest(best, len(ranks))
    chain = []
    while at >= 0:
        chain.append(ordered[at][:2])
        at = before[at]
    return chain[::-1]


def _heaviest(best: Sequence[tuple[float, int]], rank: int) -> tuple[float, int]:
    found = (0.0, -1)
    while rank:
        if best[rank][0] > found[0]:
            found = best[rank]
        rank &= rank - 1
    return found


def _note(best: list[tuple[float, int]], rank: int, entry: tuple[float, int]) -> None:
    while rank < len(best):
        if entry[0] > best[rank][0]:
            best[rank] = entry
        rank += rank & -rank
