"""Where in a text the leaves of a query match, from where their words stand.

A span is ``(first, last)``: the positions of its first and last word, counting every word of the text from 0. All lists
of spans here are sorted, and no span holds another of its list. Everything is plain arithmetic on positions. Hits are
marked by it; searching has the same on whole arrays (:mod:`indexer.columnar.executor.stretches`), with the same answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from indexer.query.seats import Counts, Seats

Span = tuple[int, int]


def phrase_spans(elements: Sequence[Sequence[Span]]) -> list[Span]:
    """The elements one right behind the other, in order."""
    chains: list[Span] = list(elements[0])
    for element in elements[1:]:
        if not chains:
            break
        ends: dict[int, list[int]] = {}
        for first, last in element:
            ends.setdefault(first, []).append(last)
        chains = [(first, end) for first, last in chains for end in ends.get(last + 1, ())]
    return sorted(set(chains))


def near_spans(left: Sequence[Span], right: Sequence[Span], distance: int) -> list[Span]:
    """Two spans that don't overlap, in either order, at most ``distance`` words from the end of one to the next.

    The tightest ones, so that the sides can be swapped, and chains of many steps don't grow.
    """
    return tightest([*_followed(left, right, distance), *_followed(right, left, distance)])


def _followed(left: Sequence[Span], right: Sequence[Span], distance: int) -> Iterator[Span]:
    """Each left span up to the end of the nearest right one behind it."""
    at = 0
    for first, last in left:
        while at < len(right) and right[at][0] <= last:
            at += 1
        if at == len(right):
            return
        if right[at][0] - last <= distance:
            yield first, right[at][1]


def tightest(found: Iterable[Span]) -> list[Span]:
    """The spans that hold no other one."""
    kept: list[Span] = []
    for first, last in sorted(found):
        if kept and kept[-1][0] == first:
            continue  # it holds the one before
        while kept and kept[-1][1] >= last:
            kept.pop()
        kept.append((first, last))
    return kept


def window_spans(elements: Sequence[Sequence[Span]], distance: int) -> list[Span]:
    """All elements in any order, at most ``distance`` words from the first to the last; the tightest ones.

    Elements must stand at different places: ``"very very"~3`` needs two of them.
    """
    wanted = Counter(map(tuple, elements))
    kinds: dict[Span, list[int]] = {}
    for kind, element in enumerate(wanted):
        for place in element:
            kinds.setdefault(place, []).append(kind)
    needs = list(wanted.values())
    seats = Seats(needs) if any(len(several) > 1 for several in kinds.values()) else Counts(needs)
    places = sorted(kinds)
    found: list[Span] = []
    behind = 0
    for place in places:
        while places[behind][0] < place[1] - distance:
            seats.leave(places[behind], kinds[places[behind]])
            behind += 1
        seats.enter(place, kinds[place])
        while seats.full:
            found.append((places[behind][0], place[1]))
            seats.leave(places[behind], kinds[places[behind]])
            behind += 1
    return tightest(found)
