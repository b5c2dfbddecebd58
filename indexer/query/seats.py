"""Giving each word of a window a place of its own, while the window moves along a text."""

from __future__ import annotations

from collections.abc import Hashable, Sequence


class Counts:
    """:class:`Seats` where each place does for one kind: counting is enough."""

    def __init__(self, needs: Sequence[int]) -> None:
        self._lacking = list(needs)
        self._missing = sum(needs)

    @property
    def full(self) -> bool:
        """Whether every kind has its places."""
        return not self._missing

    def enter(self, _place: Hashable, kinds: Sequence[int]) -> None:
        """A place comes that does for the only one of ``kinds``."""
        kind = kinds[0]
        self._missing -= self._lacking[kind] > 0
        self._lacking[kind] -= 1

    def leave(self, _place: Hashable, kinds: Sequence[int]) -> None:
        """A place goes."""
        kind = kinds[0]
        self._lacking[kind] += 1
        self._missing += self._lacking[kind] > 0


class Seats:
    """Places that come and go, and kinds of words that each need some of them.

    A place may do for several kinds (``*a*`` and ``*b*``) and is given to one. As many as possible are seated at any
    time: a maximum bipartite matching, mended by one augmenting path for each place that comes or goes (Kuhn 1955).
    ``needs``: how many places each kind needs.
    """

    def __init__(self, needs: Sequence[int]) -> None:
        self._needs = needs
        self._missing = sum(needs)
        self._seated: list[set[Hashable]] = [set() for _ in needs]
        self._kinds: dict[Hashable, Sequence[int]] = {}
        self._idle: dict[Hashable, None] = {}

    @property
    def full(self) -> bool:
        """Whether every kind has its places."""
        return not self._missing

    def enter(self, place: Hashable, kinds: Sequence[int]) -> None:
        """A place comes that does for ``kinds``."""
        self._kinds[place] = kinds
        if self._missing and self._seat(place, set()):
            self._missing -= 1
        else:
            self._idle[place] = None

    def leave(self, place: Hashable, kinds: Sequence[int]) -> None:
        """A place goes; others move up for it if they can."""
        del self._kinds[place]
        if place in self._idle:
            del self._idle[place]
            return
        for kind in kinds:
            self._seated[kind].discard(place)
        self._missing += 1
        tried: set[int] = set()
        for idle in self._idle:
            if self._seat(idle, tried):
                del self._idle[idle]
                self._missing -= 1
                return

    def _seat(self, place: Hashable, tried: set[int]) -> bool:
        kinds = [kind for kind in self._kinds[place] if kind not in tried]
        for kind in kinds:
            if len(self._seated[kind]) < self._needs[kind]:
                self._seated[kind].add(place)
                return True
        for kind in kinds:
            if kind not in tried:
                tried.add(kind)
                if self._moved(kind, tried):
                    self._seated[kind].add(place)
                    return True
        return False

    def _moved(self, kind: int, tried: set[int]) -> bool:
        """Whether one that is seated for ``kind`` could take another seat."""
        for other in self._seated[kind]:
            if self._seat(other, tried):
                self._seated[kind].remove(other)
                return True
        return False
