"""When which version of a document was present, and when it was absent, as far as captures tell.

Between two captures nothing is known. A failed fetch is no capture and no absence: it leaves nothing here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from crawler import Archive
from indexer.errors import UnknownVersion

Clock = Callable[[datetime], str]
"""Shows a moment."""

_EXACT = "%Y-%m-%d %H:%M:%S.%f UTC"
_PRECISIONS = ("%Y-%m-%d", "%Y-%m-%d %H:%M UTC", "%Y-%m-%d %H:%M:%S UTC", _EXACT)


@dataclass(frozen=True, slots=True)
class Stay:
    """From ``first`` to ``last`` every capture showed ``version``, or every one noted an absence (``None``).

    ``status``: the HTTP status (404, 410) of the first of the absences.
    """

    version: int | None
    first: datetime
    last: datetime
    status: int | None = None

    def told(self, shown: Clock) -> str:
        """``present on 2015-03-01``, ``absent from 2015-03-01 to 2015-05-10 (HTTP 404)``."""
        first, last = shown(self.first), shown(self.last)
        when = f"on {first}" if self.first == self.last else f"from {first} to {last}"
        return f"present {when}" if self.version is not None else f"absent {when} (HTTP {self.status})"

    def to_json(self) -> dict[str, Any]:
        """``from`` and ``to``, with the status of an absence."""
        times = {"from": self.first.isoformat(), "to": self.last.isoformat()}
        return times if self.status is None else times | {"status": self.status}


def stays(archive: Archive, document_id: str) -> tuple[Stay, ...]:
    """What the captures of a document showed, in the order of time; raises ``UnknownDocumentId``."""
    seen = [Stay(each.version, each.moment, each.moment) for each in archive.sightings(document_id)]
    gone = [Stay(None, each.noted_at, each.noted_at, each.status) for each in archive.absences(document_id)]
    found: list[Stay] = []
    # Sorting keeps the order of sightings at one moment; an absence noted then comes behind them.
    for stay in sorted([*seen, *gone], key=lambda stay: stay.first):
        if found and found[-1].version == stay.version:
            found.append(_until(found.pop(), stay.last))
        else:
            found.append(stay)
    return tuple(found)


def _until(stay: Stay, last: datetime) -> Stay:
    return Stay(stay.version, stay.first, last, stay.status)


def order_of_versions(stays: Iterable[Stay]) -> list[int]:
    """The versions in the order of time; one that came back stands there again, absences play no part."""
    order: list[int] = []
    for stay in stays:
        if stay.version is not None and order[-1:] != [stay.version]:
            order.append(stay.version)
    return order


def last_two(archive: Archive, document_id: str) -> tuple[int, int] | None:
    """The last two versions in the order of time; ``None`` where there was one only."""
    order = order_of_versions(stays(archive, document_id))
    return (order[-2], order[-1]) if len(order) > 1 else None


def check_version(document_id: str, version: int, known: Sequence[int]) -> None:
    """Raise :class:`UnknownVersion` for a number that is not among those known."""
    if version not in known:
        raise UnknownVersion(document_id, version, known)


def clock(*documents: Iterable[datetime]) -> Clock:
    """What shows moments as days in UTC, with as much of the time as it takes to tell those of a document apart.

    Moments of several documents are all shown in one precision.
    """
    known = [set(moments) for moments in documents]
    precision = next((each for each in _PRECISIONS if all(_tells_apart(each, moments) for moments in known)), _EXACT)
    return lambda moment: _shown(moment, precision)


def clock_of(*documents: Iterable[Stay]) -> Clock:
    """The :func:`clock` of all beginnings and ends."""
    return clock(*((moment for stay in stays for moment in (stay.first, stay.last)) for stays in documents))


def _tells_apart(precision: str, moments: Collection[datetime]) -> bool:
    return len({_shown(moment, precision) for moment in moments}) == len(moments)


def _shown(moment: datetime, precision: str) -> str:
    return moment.astimezone(UTC).strftime(precision)
