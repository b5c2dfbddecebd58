"""The front page, put together: what the collection holds, and ways in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer import Coverage, Facets, Sort, SourceCoverage
from webui.addresses import address
from webui.facets import FacetList, Labels, facet_lists, year_list
from webui.query_args import Mistake
from webui.results_page import Link, NoteView
from webui.state import SearchState
from webui.text import date_in_words

_EXAMPLES = ("extradition", '"judicial assistance"', "drug NEAR/5 crimes", "cooperation date:2008", "security -culture")


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source as a table shows it."""

    label: str
    href: str
    documents: int
    undated: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class FrontPage:
    """Everything ``front.html`` shows."""

    documents: int
    sources: tuple[SourceRow, ...]
    span: str | None
    examples: tuple[Link, ...]
    facets: tuple[FacetList, ...]
    years: FacetList
    browse: str
    notes: tuple[NoteView, ...]


def front_page(coverage: Coverage, facets: Facets, mistakes: Sequence[Mistake]) -> FrontPage:
    """Put the front page together; ``facets`` count all documents."""
    nothing = SearchState()
    return FrontPage(
        documents=coverage.documents,
        sources=tuple(map(source_row, coverage.sources)),
        span=_span(coverage.sources),
        examples=tuple(Link(query, address(SearchState(query))) for query in _EXAMPLES),
        facets=facet_lists(nothing, Labels(facets, source_labels(coverage))),
        years=year_list(nothing, facets.year),
        browse=address(SearchState(sort=Sort.NEWEST)),
        notes=tuple(NoteView(mistake.message) for mistake in mistakes),
    )


def source_labels(coverage: Coverage) -> dict[str, str]:
    """The labels of all sources by their names."""
    return {source.name: source.label for source in coverage.sources}


def source_row(source: SourceCoverage) -> SourceRow:
    """A source with its dates in words."""
    return SourceRow(
        label=source.label,
        href=address(SearchState(sources=(source.name,))),
        documents=source.documents,
        undated=source.undated,
        first=date_in_words(source.first) if source.first else "",
        last=date_in_words(source.last) if source.last else "",
    )


def _span(sources: Sequence[SourceCoverage]) -> str | None:
    """The years from the first to the last date of all sources."""
    years = sorted(date[:4] for source in sources for date in (source.first, source.last) if date)
    if not years:
        return None
    return years[0] if years[0] == years[-1] else f"{years[0]} to {years[-1]}"
