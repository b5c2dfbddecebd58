"""Trends: what was found period by period, measured against what there is of each period.

A period of which nothing is in the collection says nothing about the query, so it has no rates: it is told as not
collected, never as silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from indexer.domains import Taxonomy
from indexer.engines.protocol import Period
from indexer.instruments.requests import TrendBy, TrendSplit, TrendsRequest
from indexer.instruments.scope import About, Asked

UNDATED = "unknown"
_MILLION = 1_000_000
_THOUSAND = 1_000


@dataclass(frozen=True, slots=True)
class TrendPeriod:
    """A period, and what was found of ``documents`` and their ``words``: ``matching`` documents, and ``hits`` in them.

    A document that has what was asked for in its title only is found, and has no hit.

    ``period``: ``2008``, ``2008-11`` or ``unknown``; in a trend by month, ``2008`` are the documents that are dated to
    that year only. ``collected``: whether there is any document; ``None`` for a month without one in a year that has
    documents without a month: it is not known.
    """

    period: str
    collected: bool | None
    matching: int = 0
    hits: int = 0
    documents: int = 0
    words: int = 0

    @property
    def hits_per_million_words(self) -> float | None:
        """``None`` where there are no words."""
        return self.hits * _MILLION / self.words if self.words else None

    @property
    def documents_per_thousand(self) -> float | None:
        """Of a thousand documents, how many are found; ``None`` where there are none."""
        return self.matching * _THOUSAND / self.documents if self.documents else None

    def to_json(self) -> dict[str, Any]:
        """The fields by name; rates with two decimals, ``null`` where nothing was collected."""
        return {"period": self.period, "collected": self.collected} | self.counts()

    def counts(self) -> dict[str, Any]:
        """Counts and rates by name."""
        return {
            "documents_found": self.matching,
            "hits": self.hits,
            "documents": self.documents,
            "words": self.words,
            "hits_per_million_words": _rounded(self.hits_per_million_words),
            "documents_found_per_thousand": _rounded(self.documents_per_thousand),
        }


def _rounded(rate: float | None) -> float | None:
    return None if rate is None else round(rate, 2)


@dataclass(frozen=True, slots=True)
class Trend:
    """The periods of all documents (``value`` is ``None``), or of those of one source or domain.

    Every period from the first to the last one of the collection is there, in order; the undated come last.
    """

    value: str | None
    label: str
    periods: tuple[TrendPeriod, ...]

    @property
    def whole(self) -> TrendPeriod:
        """All periods together."""
        matching, hits = sum(each.matching for each in self.periods), sum(each.hits for each in self.periods)
        documents, words = sum(each.documents for each in self.periods), sum(each.words for each in self.periods)
        return TrendPeriod("all", documents > 0, matching, hits, documents, words)

    def to_json(self) -> dict[str, Any]:
        """``value``, ``label``, the sums and the periods."""
        periods = [each.to_json() for each in self.periods]
        return {"value": self.value, "label": self.label} | self.whole.counts() | {"periods": periods}


@dataclass(frozen=True, slots=True)
class Trends:
    """The trend of all documents looked at, then ``parts``: that of each source or domain, where it was split.

    A document under several domains is in the part of each.
    """

    COLUMNS: ClassVar = ("value", "label", *TrendPeriod("", None).to_json())

    about: About
    by: TrendBy
    split: TrendSplit | None
    total: Trend
    parts: tuple[Trend, ...]

    def rows(self) -> Iterator[Mapping[str, object]]:
        """The periods of every trend as rows of a table."""
        for trend in (self.total, *self.parts):
            for period in trend.periods:
                yield {"value": trend.value, "label": trend.label} | period.to_json()

    def to_json(self) -> dict[str, Any]:
        """The JSON of ``concord trends --json``."""
        return self.about.to_json() | {
            "by": self.by.value,
            "split": self.split.value if self.split else None,
            "total": self.total.to_json(),
            "parts": [part.to_json() for part in self.parts],
        }


def trends(request: TrendsRequest, asked: Asked, taxonomy: Taxonomy, sources: Mapping[str, str]) -> Trends:
    """The trend that ``request`` asks for; ``sources`` are names and their labels.

    A split by domain is by roots, or by the children of the domains that are chosen beside the query.
    """
    found = _timeline(request, asked, None)
    periods = _calendar([each.when for each in found], request.by)
    total = Trend(None, "all documents", _filled(found, periods))
    labels = _domains(taxonomy, request.domains) if request.split is TrendSplit.DOMAIN else sources
    parts = _parts(request.split, _timeline(request, asked, request.split), labels, periods) if request.split else ()
    return Trends(asked.about(total.whole.hits), request.by, request.split, total, parts)


def _timeline(request: TrendsRequest, asked: Asked, split: TrendSplit | None) -> Sequence[Period]:
    by_month = request.by is TrendBy.MONTH
    return asked.engine.timeline(asked.scope, by_month=by_month, split=split.value if split else None)


def _parts(
    split: TrendSplit, found: Iterable[Period], labels: Mapping[str, str], periods: Sequence[str]
) -> tuple[Trend, ...]:
    """Sources by their hits, domains (only those with a label) in the order of the taxonomy."""
    groups = _grouped(found)
    if split is TrendSplit.DOMAIN:
        return tuple(
            Trend(value, label, _filled(groups[value], periods)) for value, label in labels.items() if value in groups
        )
    parts = [Trend(value, labels.get(value, value), _filled(group, periods)) for value, group in groups.items()]
    return tuple(sorted(parts, key=lambda part: (-part.whole.hits, part.value or "")))


def _domains(taxonomy: Taxonomy, chosen: Sequence[str]) -> dict[str, str]:
    """The domains that a trend is split by, with their names, in the order of the taxonomy."""
    parents = {node.parent for node in taxonomy.nodes}
    childless = {value for value in chosen if value not in parents}
    wanted = frozenset(chosen) if chosen else frozenset({None})
    return {node.id: node.name for node in taxonomy.nodes if node.parent in wanted or node.id in childless}


def _grouped(found: Iterable[Period]) -> dict[str, list[Period]]:
    groups: dict[str, list[Period]] = {}
    for period in found:
        groups.setdefault(period.group, []).append(period)
    return groups


def _calendar(found: Sequence[str], by: TrendBy) -> list[str]:
    """All periods from the first to the last that there is, with those of documents without a month, in order."""
    dated = sorted(when for when in found if when != UNDATED)
    if not dated:
        return list(found)
    between = _months(dated) if by is TrendBy.MONTH else map("{:04}".format, range(int(dated[0]), int(dated[-1]) + 1))
    return [*sorted({*between, *dated}), *(when for when in found if when == UNDATED)]


def _months(dated: Sequence[str]) -> Iterator[str]:
    """From the first month that a date may mean to the last."""
    first = min(when if len(when) > 4 else f"{when}-01" for when in dated)
    last = max(when if len(when) > 4 else f"{when}-12" for when in dated)
    for year in range(int(first[:4]), int(last[:4]) + 1):
        months = (f"{year:04}-{month:02}" for month in range(1, 13))
        yield from (month for month in months if first <= month <= last)


def _filled(found: Iterable[Period], periods: Iterable[str]) -> tuple[TrendPeriod, ...]:
    there = {period.when: period for period in found}
    return tuple(_period(when, there) for when in periods)


def _period(when: str, there: Mapping[str, Period]) -> TrendPeriod:
    period = there.get(when)
    if period is None:
        return TrendPeriod(when, None if when[:4] in there else False)
    return TrendPeriod(when, True, period.matching, period.hits, period.documents, period.words)
