"""Facets as links: what can be chosen, with its count, and what is chosen already, to be taken away again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indexer import FacetRow, Facets, language_name
from webui.addresses import address
from webui.state import Filter, SearchState
from webui.text import date_in_words, readable_id

SHOWN = 8  # rows of a list before the rest is folded away: the usual height of a screen holds four such lists
UNKNOWN_YEAR = "unknown"


@dataclass(frozen=True, slots=True)
class FacetLink:
    """A value to choose or, where it is chosen, to take away; ``depth`` as in ``FacetRow``."""

    label: str
    count: int
    href: str
    chosen: bool
    depth: int = 0


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """A row and the narrower ones below it, which are folded away unless ``open``."""

    row: FacetLink
    narrower: tuple[FacetLink, ...] = ()
    open: bool = False


@dataclass(frozen=True, slots=True)
class FacetList:
    """One facet: the groups that are shown, and those behind "more"."""

    title: str
    slug: str
    shown: tuple[FacetGroup, ...]
    more: tuple[FacetGroup, ...] = ()


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is set; its link takes it away."""

    kind: str
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Labels:
    """How people call the values of the filters, whether or not the hits have them; ``sources`` are all there are."""

    facets: Facets
    sources: Mapping[str, str]

    def source(self, name: str) -> str:
        """The label of a source."""
        return self.sources.get(name, name)

    def domain(self, value: str) -> str:
        """The name of a domain; a domain that no hit has is called by its id."""
        return next((row.label for row in self.facets.domain if row.value == value), None) or readable_id(value)

    def of(self, kind: Filter, value: str) -> str:
        """The label of a value of any filter."""
        return {"sources": self.source, "domains": self.domain, "languages": language_name}[kind](value)


def facet_lists(state: SearchState, labels: Labels) -> tuple[FacetList, ...]:
    """The facets beside the hits; those with nothing to choose from are left out."""
    facets = labels.facets
    languages = _flat(state, "languages", facets.language, labels)
    lists = (
        _list("Domain", "domain", _domain_groups(state, facets.domain, labels)),
        _list("Source", "source", _flat(state, "sources", facets.source, labels)),
        _list("Language", "lang", languages if len(languages) > 1 or state.languages else []),
    )
    return tuple(facet for facet in lists if facet.shown)


def year_list(state: SearchState, rows: Sequence[FacetRow]) -> FacetList:
    """The years, newest first, the undated last."""
    dated = [row for row in rows if row.value != UNKNOWN_YEAR and row.count]
    groups = [FacetGroup(_year(state, row)) for row in sorted(dated, key=lambda row: row.value, reverse=True)]
    undated = [row for row in rows if row.value == UNKNOWN_YEAR and row.count]
    listed = _list("Date", "date", groups)
    return FacetList(
        listed.title, listed.slug, (*listed.shown, *(_undated(state, row) for row in undated)), listed.more
    )


def chips(state: SearchState, labels: Labels) -> tuple[Chip, ...]:
    """Each filter that is set."""
    kinds: tuple[tuple[str, Filter], ...] = (
        ("Domain", "domains"),
        ("Source", "sources"),
        ("Language", "languages"),
    )
    found = [
        Chip(name, labels.of(kind, value), _keep_asking(state, state.toggled(kind, value)))
        for name, kind in kinds
        for value in getattr(state, kind)
    ]
    if state.since:
        found.append(Chip("From", date_in_words(state.since), _keep_asking(state, state.between("", state.until))))
    if state.until:
        found.append(Chip("Until", date_in_words(state.until), _keep_asking(state, state.between(state.since, ""))))
    return tuple(found)


def _keep_asking(before: SearchState, after: SearchState) -> str:
    """The address of ``after``; the last filter taken away still leaves results, not the front page."""
    return address(after if after.asks else after.sorted_by(before.order))


def _link(state: SearchState, kind: Filter, row: FacetRow) -> FacetLink:
    chosen = row.value in getattr(state, kind)
    return FacetLink(row.label, row.count, _keep_asking(state, state.toggled(kind, row.value)), chosen, row.depth)


def _flat(state: SearchState, kind: Filter, rows: Sequence[FacetRow], labels: Labels) -> list[FacetGroup]:
    return [FacetGroup(_link(state, kind, row)) for row in _with_chosen(state, kind, rows, labels)]


def _with_chosen(state: SearchState, kind: Filter, rows: Sequence[FacetRow], labels: Labels) -> list[FacetRow]:
    """The rows that have hits, and the chosen ones even where they have none."""
    chosen: tuple[str, ...] = getattr(state, kind)
    kept = [row for row in rows if row.count or row.value in chosen]
    listed = {row.value for row in kept}
    return kept + [FacetRow(value, labels.of(kind, value), 0) for value in chosen if value not in listed]


def _domain_groups(state: SearchState, rows: Sequence[FacetRow], labels: Labels) -> list[FacetGroup]:
    kept = _with_chosen(state, "domains", rows, labels)
    few = len(kept) <= 2 * SHOWN
    trees: list[tuple[FacetRow, list[FacetRow]]] = []
    for row in kept:
        if row.depth and trees:
            trees[-1][1].append(row)
        else:
            trees.append((row, []))
    return [
        FacetGroup(
            _link(state, "domains", root),
            tuple(_link(state, "domains", row) for row in below),
            open=few or any(row.value in state.domains for row in (root, *below)),
        )
        for root, below in trees
    ]


def _list(title: str, slug: str, groups: Sequence[FacetGroup]) -> FacetList:
    """Folds what comes after the first few away, but never a single row and never a chosen one."""
    if len(groups) <= SHOWN + 1:
        return FacetList(title, slug, tuple(groups))
    chosen = [group for group in groups[SHOWN:] if group.row.chosen or any(row.chosen for row in group.narrower)]
    rest = tuple(group for group in groups[SHOWN:] if group not in chosen)
    return FacetList(title, slug, (*groups[:SHOWN], *chosen), rest)


def _year(state: SearchState, row: FacetRow) -> FacetLink:
    chosen = state.since == state.until == row.value
    other = state.between("", "") if chosen else state.between(row.value, row.value)
    return FacetLink(row.label, row.count, _keep_asking(state, other), chosen)


def undated_address(state: SearchState) -> str:
    """The address of the same search among the undated alone."""
    # "date:unknown" is part of the query language; a query that is more than words goes into parentheses before it.
    words = all(char.isalnum() or char.isspace() for char in state.query)
    query = f"{state.query if words else f'({state.query})'} date:unknown".strip()
    return address(state.between("", "").asking(query))


def _undated(state: SearchState, row: FacetRow) -> FacetGroup:
    return FacetGroup(FacetLink("Undated", row.count, undated_address(state), chosen=False))
