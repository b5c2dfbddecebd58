"""Which segments an update writes together, so that it costs what changed and searches meet few segments.

Segments stand in tiers by the number of their documents. Once a tier is full, its segments and all smaller ones become
one, of the next tier: a document is rewritten once a tier, so the work over many updates is in proportion to what
changed, times the logarithm of what is there (O'Neil et al. 1996, "The log-structured merge-tree").
"""

from __future__ import annotations

from collections.abc import Sequence

SMALLEST_TIER = 100  # documents: writing so few takes no longer than opening their segments
TIER_FACTOR = 4  # a tier is four times the one below; four segments fill it. Some eight segments at 20,000 documents
DEAD_SHARE = 1 / 3  # a segment is rewritten when so much of it is deleted: two documents written for each change


def to_merge(sizes: Sequence[tuple[int, int]]) -> set[int]:
    """Which segments to write together, by their places in ``sizes``: documents of each, those deleted and all."""
    wasteful = {at for at, (dead, every) in enumerate(sizes) if dead > every * DEAD_SHARE}
    tiers = [_tier(every - dead) for dead, every in sizes]
    full = [tier for tier in set(tiers) if tiers.count(tier) >= TIER_FACTOR]
    small = {at for at, tier in enumerate(tiers) if full and tier <= max(full)}
    return wasteful | small


def _tier(documents: int) -> int:
    tier = 0
    while documents >= SMALLEST_TIER * TIER_FACTOR**tier:
        tier += 1
    return tier
