"""From all matches to a page: filters, facet counts, order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import chain

from indexer.columnar.row import Row
from indexer.engines.protocol import FacetCounts, Filters
from indexer.query.nodes import DateWithin
from indexer.results import Sort


@dataclass(frozen=True, slots=True)
class Selection:
    """The rows that pass all filters, and the facets."""

    rows: list[Row]
    counts: FacetCounts


def select(rows: Iterable[Row], filters: Filters) -> Selection:
    """Apply the filters; each facet counts as if its own filter were off."""
    tests = _tests(filters)
    if not tests:
        kept = list(rows)
        return Selection(kept, _counts(kept, {}))
    kept = []
    but_for: dict[str, list[Row]] = {}
    for row in rows:
        failed = [facet for facet, passes in tests.items() if not passes(row)]
        if not failed:
            kept.append(row)
        elif len(failed) == 1:
            but_for.setdefault(failed[0], []).append(row)
    return Selection(kept, _counts(kept, but_for))


def _tests(filters: Filters) -> dict[str, Callable[[Row], bool]]:
    """For each facet that something was chosen of, what a row must pass."""
    tests: dict[str, Callable[[Row], bool]] = {}
    if filters.sources:
        tests["source"] = lambda row: row.source in filters.sources
    if filters.domains:
        tests["domain"] = lambda row: not filters.domains.isdisjoint(row.domains)
    if filters.languages:
        tests["language"] = lambda row: row.language in filters.languages
    if filters.since or filters.until:
        interval = DateWithin(filters.since, filters.until)
        tests["year"] = lambda row: not row.undated and interval.overlaps(*row.days)
    return tests


def passes(filters: Filters) -> Callable[[Row], bool] | None:
    """What says whether a row passes all filters; ``None`` where all rows do."""
    tests = list(_tests(filters).values())
    return (lambda row: all(test(row) for test in tests)) if tests else None


def _counts(kept: Sequence[Row], but_for: Mapping[str, Sequence[Row]]) -> FacetCounts:
    """The facets of rows that pass all filters, and of those that pass all but the facet's own."""

    def rows(facet: str) -> Iterable[Row]:
        return chain(kept, but_for.get(facet, ()))

    return FacetCounts(
        Counter(row.source for row in rows("source")),
        _domains(rows("domain")),
        Counter(row.language for row in rows("language")),
        Counter(row.published[:4] or "unknown" for row in rows("year")),
    )


def _domains(rows: Iterable[Row]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for domains, documents in Counter(row.domains for row in rows).items():  # few sets of domains stand many times
        for domain in domains:
            counts[domain] += documents
    return counts


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
