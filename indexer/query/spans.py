"""Where in a text the leaves of a query match, from where their words stand.

A span is ``(first, last)``: the positions of its first and last word, counting every word of the text from 0. All lists
of spans here are sorted and without doubles. Everything is plain arithmetic on positions, so that searching (over
postings) and marking hits (over one text) give the same answer.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

Span = tuple[int, int]


def phrase_spans(elements: Sequence[Sequence[Span]]) -> list[Span]:
    """The elements one right behind the other, in order."""
    chains: list[Span] = list(elements[0])
    for element in elements[1:]:
        ends: dict[int, list[int]] = {}
        for first, last in element:
            ends.setdefault(first, []).append(last)
        chains = [(first, end) for first, last in chains for end in ends.get(last + 1, ())]
    return sorted(set(chains))


def near_spans(left: Sequence[Span], right: Sequence[Span], distance: int) -> list[Span]:
    """Two spans that don't overlap, in either order, at most ``distance`` words from the end of one to the next.

    Each left span is joined with its nearest partner on each side.
    """
    found: set[Span] = set()
    starts = [first for first, _ in right]
    by_end = sorted(right, key=lambda span: span[1])
    ends = [last for _, last in by_end]
    for first, last in left:
        after = bisect_right(starts, last)
        if after < len(starts) and starts[after] - last <= distance:
            found.add((first, right[after][1]))
        before = bisect_left(ends, first)
        if before and first - ends[before - 1] <= distance:
            found.add((by_end[before - 1][0], last))
    return sorted(found)


def window_spans(elements: Sequence[Sequence[Span]], distance: int) -> list[Span]:
    """All elements in any order, at most ``distance`` words from the first to the last; the tightest ones.

    Elements must stand at different places: ``"very very"~3`` needs two of them.
    """
    starts = [[first for first, _ in element] for element in elements]
    places = sorted(set().union(*starts))
    shared = len(places) < sum(map(len, starts))
    found: list[Span] = []
    for first in places:
        nexts = [bisect_left(element, first) for element in starts]
        if any(at == len(element) for at, element in zip(nexts, elements, strict=True)):
            break  # from here on, one element is missing
        end = _own_places_end(elements, nexts) if shared else _end(elements, nexts)
        if end is None or end > first + distance:
            continue
        if found and found[-1][1] == end:
            found.pop()  # the window that starts later is tighter
        found.append((first, end))
    return found


def _end(elements: Sequence[Sequence[Span]], nexts: Sequence[int]) -> int:
    return max(element[at][1] for at, element in zip(nexts, elements, strict=True))


def _own_places_end(elements: Sequence[Sequence[Span]], nexts: Sequence[int]) -> int | None:
    """The first end by which each element has had a place of its own."""
    # The others can take all but one of an element's next places, so no more than that need a look.
    near = [element[at : at + len(elements)] for at, element in zip(nexts, elements, strict=True)]
    ends = sorted({last for element in near for _, last in element})
    at = bisect_left(ends, True, key=lambda end: _have_own_places([[f for f, last in e if last <= end] for e in near]))
    return ends[at] if at < len(ends) else None


def _have_own_places(places: Sequence[Sequence[int]]) -> bool:
    """Whether each element can have a place of its own (bipartite matching by augmenting paths, Kuhn 1955)."""
    owner: dict[int, int] = {}

    def settle(element: int, tried: set[int]) -> bool:
        for place in places[element]:
            if place not in tried:
                tried.add(place)
                if place not in owner or settle(owner[place], tried):
                    owner[place] = element
                    return True
        return False

    return all(settle(element, set()) for element in range(len(places)))
