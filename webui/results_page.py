"""The page of results, put together: from an answer of the index to what the template shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indexer import AlsoAt, Hit, Results, Sort
from webui.addresses import address, document_address
from webui.charts import YearChart, year_chart
from webui.facets import Chip, FacetList, Labels, chips, facet_lists, year_list
from webui.pager import Pager, pager
from webui.query_args import Mistake
from webui.scores import ScoreView, score_view
from webui.state import SearchState
from webui.text import date_in_words, external_link, tied

_DOMAINS_SHOWN = 3  # of a hit: what it is mostly about; the document's page has all
_PLACES_NAMED = 2  # of "also at": the rest is counted, and unfolds with them


@dataclass(frozen=True, slots=True)
class Link:
    """A word to follow."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class SnippetView:
    """A snippet and the address of its passage."""

    html: str
    passage: int
    href: str


@dataclass(frozen=True, slots=True)
class PlaceView:
    """Another place with the same story; ``href`` leads to it here, ``link`` to the original where that is safe."""

    source: str
    title: str
    href: str
    link: str | None
    date: str
    iso_date: str | None


@dataclass(frozen=True, slots=True)
class AlsoAtView:
    """The line "also at": the first few sources by name, how many more places there are, and all of them."""

    sources: str
    more: int
    places: tuple[PlaceView, ...]


@dataclass(frozen=True, slots=True)
class HitView:
    """A hit as the page shows it; ``href`` leads to the passage of its best snippet."""

    title: str
    title_html: str
    href: str
    source: Link
    date: str
    iso_date: str | None
    domains: tuple[Link, ...]
    more_domains: int
    language: str | None
    snippets: tuple[SnippetView, ...]
    also_at: AlsoAtView | None
    score: ScoreView | None


@dataclass(frozen=True, slots=True)
class NoteView:
    """Something its writer should know about the query; where it is about one place, the query cut in three there."""

    message: str
    before: str = ""
    at: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class SortLink:
    """An order to choose."""

    label: str
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """Everything ``search.html`` shows.

    ``partial`` are the hits that have some of the words, not all, below the line ``divider``; where there are such on
    any page, ``with_all_words`` counts the others. ``total`` counts hits, ``articles`` the documents in them.
    ``every_copy`` leads to each near copy as its own hit where some are folded, ``one_a_story`` back. ``scores`` shows
    or hides what each hit's score is made of.
    """

    query: str
    total: int
    articles: int
    with_all_words: int | None
    documents: int
    took_ms: int
    page: int
    pages: int
    explanation: str
    notes: tuple[NoteView, ...]
    correction: Link | None
    undated_left_out: int
    include_undated: str | None
    chips: tuple[Chip, ...]
    clear: str
    sorts: tuple[SortLink, ...]
    facets: tuple[FacetList, ...]
    years: FacetList
    chart: YearChart | None
    hits: tuple[HitView, ...]
    partial: tuple[HitView, ...]
    divider: str
    first: int
    several_languages: bool
    typed_since: str
    typed_until: str
    scores: Link | None
    pager: Pager | None
    everything: str
    every_copy: str | None
    one_a_story: str | None


def results_page(
    state: SearchState,
    results: Results,
    mistakes: Sequence[Mistake],
    sources: Mapping[str, str],
    typed_dates: tuple[str, str] = ("", ""),
) -> ResultsPage:
    """Put the page for ``results`` together.

    ``mistakes`` are what the address had that couldn't be taken, ``sources`` the labels of all sources by their names,
    ``typed_dates`` what stands in the boxes for dates.
    """
    labels = Labels(results.facets, sources)
    views = [(hit.partial, _hit(hit, state, labels)) for hit in results.hits]
    corrected = results.corrected
    return ResultsPage(
        query=state.query,
        total=results.total,
        articles=results.articles,
        with_all_words=results.relaxed.all_words if results.relaxed else None,
        documents=results.documents,
        took_ms=max(1, round(results.took_ms)),
        page=state.page,
        pages=results.pages,
        explanation=results.explanation,
        notes=_notes(results, mistakes),
        correction=Link(corrected, address(state.asking(corrected))) if corrected else None,
        undated_left_out=results.undated_left_out,
        include_undated=_include_undated(state),
        chips=chips(state, labels),
        clear=address(state.without_filters()),
        sorts=_sorts(state),
        facets=facet_lists(state, labels),
        years=year_list(state, results.facets.year),
        chart=year_chart(state, results.facets.year),
        hits=tuple(view for partial, view in views if not partial),
        partial=tuple(view for partial, view in views if partial),
        divider=_divider(state, results),
        first=(state.page - 1) * results.limit + 1,
        several_languages=len([row for row in results.facets.language if row.count]) > 1,
        typed_since=typed_dates[0],
        typed_until=typed_dates[1],
        scores=_scores(state, results),
        pager=pager(state, results.pages),
        everything=address(SearchState(sort=Sort.NEWEST)),
        every_copy=address(state.folded(False)) if results.folded else None,
        one_a_story=None if state.fold else address(state.folded(True)),
    )


def _divider(state: SearchState, results: Results) -> str:
    """The line above the hits that have some of the words."""
    if results.relaxed and not results.relaxed.all_words:
        fitting = " that fits the filters" if state.filtered else ""
        return f"No document{fitting} has all the words: the best partial matches follow"
    if any(not hit.partial for hit in results.hits):
        return "Results with all the words end here: the best partial matches follow"
    return "Partial matches, continued"


def _scores(state: SearchState, results: Results) -> Link | None:
    if not results.hits:
        return None
    label = "Hide what the scores are made of" if state.explain else "Show what each score is made of"
    return Link(label, address(state.explained(not state.explain)))


def _include_undated(state: SearchState) -> str | None:
    """Where to go for the undated too; ``None`` where the dates stand in the query, which is its writer's to change."""
    if not state.dated:
        return None
    undated = state.between("", "")
    return address(undated if undated.asks else undated.sorted_by(state.order))


def _hit(hit: Hit, state: SearchState, labels: Labels) -> HitView:
    snippets = tuple(
        SnippetView(tied(snippet.html), snippet.passage, document_address(hit.id, state.query, snippet.passage))
        for snippet in hit.snippets
    )
    domains = _shown_domains(hit, state)
    return HitView(
        title=hit.title or "Untitled",
        title_html=hit.title_html or "Untitled",
        href=snippets[0].href if snippets else document_address(hit.id, state.query),
        source=Link(labels.source(hit.source), address(SearchState(state.query, sources=(hit.source,)))),
        date=date_in_words(hit.date),
        iso_date=hit.date,
        domains=tuple(
            Link(labels.domain(value), address(SearchState(state.query, domains=(value,)))) for value in domains
        ),
        more_domains=max(0, len(hit.domains) - _DOMAINS_SHOWN),
        language=hit.language,
        snippets=snippets,
        also_at=also_at(hit.also_at, state.query, labels.sources),
        score=score_view(hit),
    )


def also_at(places: Sequence[AlsoAt], query: str, sources: Mapping[str, str]) -> AlsoAtView | None:
    """The other places with a story, ``None`` where there are none; ``sources`` are labels by name."""
    if not places:
        return None
    names = list(dict.fromkeys(sources.get(place.source, place.source) for place in places))[:_PLACES_NAMED]
    views = tuple(
        PlaceView(
            source=sources.get(place.source, place.source),
            title=place.title or "Untitled",
            href=document_address(place.id, query),
            link=external_link(place.url),
            date=date_in_words(place.date),
            iso_date=place.date,
        )
        for place in places
    )
    return AlsoAtView(", ".join(names), len(places) - len(names), views)


def _shown_domains(hit: Hit, state: SearchState) -> list[str]:
    """The first few domains of a hit, those that were filtered on before the others."""
    asked = tuple(f"{domain}/" for domain in state.domains)
    return sorted(hit.domains, key=lambda domain: not f"{domain}/".startswith(asked or "/"))[:_DOMAINS_SHOWN]


def _notes(results: Results, mistakes: Sequence[Mistake]) -> tuple[NoteView, ...]:
    notes = [NoteView(_sentence(mistake.message)) for mistake in mistakes]
    return (*notes, *(note_view(results.query, note.message, note.position) for note in results.notes))


def note_view(query: str, message: str, position: int | None) -> NoteView:
    """A note of the index, with the place in the query that it is about."""
    if position is None or not 0 <= position <= len(query):
        return NoteView(_sentence(message))
    # Two lines of context are enough, and a query can be 2,000 characters long.
    start, end = max(0, position - 60), position + 60
    before = ("…" if start else "") + query[start:position]
    after = query[position + 1 : end] + ("…" if end < len(query) else "")
    return NoteView(_sentence(message), before, query[position : position + 1] or "⏎", after)


def _sentence(message: str) -> str:
    text = message[:1].upper() + message[1:]
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _sorts(state: SearchState) -> tuple[SortLink, ...]:
    orders = [Sort.RELEVANCE, Sort.NEWEST, Sort.OLDEST] if state.query else [Sort.NEWEST, Sort.OLDEST]
    return tuple(
        SortLink(order.value.capitalize(), address(state.sorted_by(order)), order is state.order) for order in orders
    )
