"""Which host may be asked now: one source at a time, not more at once than it allows, not while the host rests.

All sources of a crawl share one :class:`Hosts`, so that two of them together ask a host no more often than one would.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta


@dataclass(slots=True)
class _Host:
    owner: str = ""
    active: int = 0
    free_at: float = 0.0
    rests_until: float = 0.0


@dataclass
class Hosts:
    """The hosts of all sources being crawled; ``clock`` is in seconds and only grows."""

    clock: Callable[[], float] = time.monotonic
    _hosts: dict[str, _Host] = field(default_factory=dict)

    def take(self, name: str, owner: str, limit: int) -> bool:
        """Begin a request to a host, where that is possible now."""
        host = self._hosts.setdefault(name, _Host())
        now = self.clock()
        if now < host.rests_until or (host.active >= limit and host.owner == owner):
            return False
        if host.owner != owner and (host.active or now < host.free_at):
            return False
        host.owner = owner
        host.active += 1
        return True

    def give_back(self, name: str, pause: float) -> None:
        """A request to a host has ended; another source's may begin after ``pause`` seconds."""
        host = self._hosts[name]
        host.active -= 1
        host.free_at = self.clock() + pause

    def rest(self, name: str, seconds: float) -> None:
        """Leave a host alone for some seconds from now, or for longer where it asked for longer before."""
        host = self._hosts.setdefault(name, _Host())
        host.rests_until = max(host.rests_until, self.clock() + seconds)

    def resting(self, longer_than: float = 0.0) -> dict[str, float]:
        """The hosts that rest for more than some seconds from now, and for how many."""
        now = self.clock()
        left = {name: host.rests_until - now for name, host in self._hosts.items()}
        return {name: seconds for name, seconds in left.items() if seconds > longer_than}

    def remember(self, resting: Mapping[str, datetime]) -> None:
        """Take over the rests that an earlier crawl noted."""
        for name, until in resting.items():
            self.rest(name, (until - datetime.now(UTC)).total_seconds())


def until(seconds: float) -> datetime:
    """The moment some seconds from now."""
    return datetime.now(UTC) + timedelta(seconds=seconds)
