"""How likely it is that one word was typed where another was meant.

A noisy channel (Kernighan, Church & Gale 1990, "A spelling correction program based on a noisy channel model"): of the
words near to what was typed the one is meant whose frequency, times the chance of these slips, is largest. The table
below stands for the chances; its order is that of Pollock & Zamora 1984, "Automatic spelling correction in scientific
and scholarly text": a letter left out is the most frequent slip, and first letters are nearly always right.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, pairwise

# Costs are natural logarithms: 1 more is made up for by a word 2.7 times as frequent.
SLIP = 4.0  # any slip at all: a word one letter off must be 50 times as frequent to come before what stands nearer
LEFT_OUT = 0.0  # "extradtion"
SWAPPED = 0.0  # "extraditoin"
DOUBLED = 0.5  # a letter typed twice, "extraddition"
NEIGHBOUR = 1.5  # a key beside the right one, alone or together with it; there are about five
OTHER = 3.0  # any other letter; there are about twenty
FIRST_LETTER = 1.5  # on top, where the first letter would have been wrong

_KEYBOARDS = (
    ("qwertyuiop", "asdfghjkl", "zxcvbnm"),
    ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"),
    ("ضصثقفغعهخحجد", "شسيبلاتنمكط", "ئءؤرلاىةوزظ"),
)


def _beside(rows: Sequence[str]) -> Iterable[tuple[str, str]]:
    for row in rows:
        yield from pairwise(row)
    for upper, lower in pairwise(rows):
        yield from zip(upper, lower, strict=False)
        yield from zip(upper[1:], lower, strict=False)


_NEIGHBOURS = frozenset(frozenset(pair) for pair in chain.from_iterable(map(_beside, _KEYBOARDS)))


@lru_cache(maxsize=20_000)
def slips(typed: str, meant: str) -> float:
    """The cost of the likeliest slips that make ``typed`` out of ``meant``: 0 where they are the same.

    Optimal string alignment (Damerau 1964; Wagner & Fischer 1974): letters are left out, added, changed, or swapped
    with the next, none twice.
    """
    before: list[float] = []
    row = [float("inf")] * (len(typed) + 1)
    for m in range(len(meant) + 1):
        above, row = row, [0.0] * (len(typed) + 1)
        for t in range(len(typed) + 1):
            row[t] = min(_ways(typed, meant, t, m, before, above, row), default=0.0)
        before = above
    first_differs = typed[:1] != meant[:1]
    return row[-1] + FIRST_LETTER * first_differs


def _ways(
    typed: str, meant: str, t: int, m: int, before: Sequence[float], above: Sequence[float], row: Sequence[float]
) -> Iterable[float]:
    """What it costs to come to letter ``t`` of one word and ``m`` of the other, by each last step."""
    if m:
        yield above[t] + SLIP + LEFT_OUT
    if t:
        yield row[t - 1] + SLIP + _added(typed, t - 1, meant[max(m - 1, 0) : m + 1])
    if m and t:
        same = typed[t - 1] == meant[m - 1]
        yield above[t - 1] + (0.0 if same else SLIP + _changed(typed[t - 1], meant[m - 1]))
        if m > 1 and t > 1 and typed[t - 2 : t] == meant[m - 2 : m][::-1]:
            yield before[t - 2] + SLIP + SWAPPED


def _added(typed: str, at: int, around: str) -> float:
    if typed[at] in around:
        return DOUBLED
    return NEIGHBOUR if any(frozenset((typed[at], near)) in _NEIGHBOURS for near in around) else OTHER


def _changed(typed: str, meant: str) -> float:
    return NEIGHBOUR if frozenset((typed, meant)) in _NEIGHBOURS else OTHER
