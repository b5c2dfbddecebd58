"""From all matches to a page: filters, facet counts, order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import chain

from indexer.engines.protocol import FacetCounts, Filters
from indexer.engines.whoosh.table import Row
from indexer.query.nodes import DateWithin
from indexer.results import Sort


@dataclass(frozen=True, slots=True)
class Verdict:
    """Which filters a row passes."""

    source: bool
    domain: bool
    language: bool
    date: bool

    @property
    def all(self) -> bool:
        """Whether it passes them all."""
        return self.source and self.domain and self.language and self.date


@dataclass(frozen=True, slots=True)
class Selection:
    """The rows that pass all filters, and the facets."""

    rows: list[Row]
    counts: FacetCounts


def select(rows: Iterable[Row], filters: Filters) -> Selection:
    """Apply the filters; each facet counts as if its own filter were off."""
    return _filtered(rows, filters) if filters != Filters() else _unfiltered(list(rows))


def _unfiltered(rows: list[Row]) -> Selection:
    counts = FacetCounts(
        Counter(row.source for row in rows),
        Counter(chain.from_iterable(row.domains for row in rows)),
        Counter(row.language for row in rows),
        Counter(row.published[:4] or "unknown" for row in rows),
    )
    return Selection(rows, counts)


def _filtered(rows: Iterable[Row], filters: Filters) -> Selection:
    verdict = _judge(filters)
    counts = FacetCounts()
    kept: list[Row] = []
    for row in rows:
        passed = verdict(row)
        if passed.all:
            kept.append(row)
        if passed.domain and passed.language and passed.date:
            counts.source[row.source] += 1
        if passed.source and passed.language and passed.date:
            counts.domain.update(row.domains)
        if passed.source and passed.domain and passed.date:
            counts.language[row.language] += 1
        if passed.source and passed.domain and passed.language:
            counts.year[row.published[:4] or "unknown"] += 1
    return Selection(kept, counts)


def _judge(filters: Filters) -> Callable[[Row], Verdict]:
    interval = DateWithin(filters.since, filters.until) if filters.since or filters.until else None

    def judge(row: Row) -> Verdict:
        return Verdict(
            source=not filters.sources or row.source in filters.sources,
            domain=not filters.domains or not filters.domains.isdisjoint(row.domains),
            language=not filters.languages or row.language in filters.languages,
            date=interval is None or (not row.undated and interval.overlaps(*row.days)),
        )

    return judge


def best(rows: Iterable[Row], scores: Mapping[int, float], partial: Mapping[int, float], number: int) -> list[Row]:
    """The first of :func:`order` by relevance."""
    return nsmallest(number, rows, key=_by_relevance(scores, partial))


def order(rows: Iterable[Row], scores: Mapping[int, float], partial: Mapping[int, float], sort: Sort) -> list[Row]:
    """Best first; full matches before partial ones; ties newer first, then by id; the undated last in date orders."""
    if sort == Sort.RELEVANCE:
        return sorted(rows, key=_by_relevance(scores, partial))
    oldest = sort == Sort.OLDEST
    return sorted(
        rows, key=lambda row: (row.number in partial, row.undated, row.first if oldest else -row.first, row.id)
    )


def _by_relevance(
    scores: Mapping[int, float], partial: Mapping[int, float]
) -> Callable[[Row], tuple[bool, float, int, str]]:
    return lambda row: (row.number in partial, -scores[row.number], -row.first, row.id)


def fold(
    ranked: Sequence[Row], partial: Container[int], stories: Collection[str]
) -> tuple[list[Row], dict[int, list[Row]]]:
    """One hit a story, in its own place, and by its number the other rows of the story, in their order.

    The hit is the lead, unless the query didn't find it, or found all its words in a copy only: then it is the best
    row. ``stories`` are those with more than one document.
    """
    if not stories:
        return list(ranked), {}
    groups: dict[str, list[Row]] = {}
    for row in ranked:
        if row.story in stories:
            groups.setdefault(row.story, []).append(row)
    copies: dict[int, list[Row]] = {}
    for group in groups.values():
        hit = _hit(group, partial)
        copies[hit.number] = [row for row in group if row is not hit]
    return [row for row in ranked if row.number in copies or row.story not in groups], copies


def _hit(group: Sequence[Row], partial: Container[int]) -> Row:
    best = group[0]
    leads = (row for row in group if row.id == row.story and (row.number in partial) == (best.number in partial))
    return next(leads, best)
