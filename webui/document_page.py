"""The page of one document, put together: the text to read, and beside it what it is and why it was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import url_for

from indexer import DocumentView, DomainLabel, Passage, SimilarDocument
from webui.addresses import address
from webui.query_args import Mistake
from webui.results_page import AlsoAtView, NoteView, also_at, note_view
from webui.state import SearchState
from webui.text import date_in_words, external_link

_WORDS_SHOWN = 4  # that a similar document shares: one line in the margin

_BASES = {
    "metadata": "stated in the page's metadata",
    "url": "read from the address",
    "text": "read in the text",
    "feed": "stated in the feed",
    "given": "given when it was loaded",
}


@dataclass(frozen=True, slots=True)
class Tick:
    """A passage with hits, at its place along the text (0 to 1,000)."""

    passage: int
    anchor: str
    hits: int
    place: int


@dataclass(frozen=True, slots=True)
class DomainView:
    """A domain of the document, and the passages and words that it rests on."""

    label: DomainLabel
    href: str


@dataclass(frozen=True, slots=True)
class SimilarView:
    """A document like this one, and the most telling words that both have."""

    title: str
    href: str
    language: str | None
    source: str
    date: str
    iso_date: str | None
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """Everything ``document.html`` shows. ``link`` is ``url`` where it is safe to follow."""

    query: str
    title: str
    title_html: str
    language: str | None
    source_label: str
    source_href: str
    date: str
    iso_date: str | None
    date_basis: str | None
    captured: str
    version: int
    url: str | None
    link: str | None
    passages: tuple[Passage, ...]
    hits: int
    ticks: tuple[Tick, ...]
    domains: tuple[DomainView, ...]
    also_at: AlsoAtView | None
    similar: tuple[SimilarView, ...]
    notes: tuple[NoteView, ...]
    results: str


def document_page(
    view: DocumentView,
    query: str,
    mistakes: Sequence[Mistake],
    sources: Mapping[str, str],
    similar: Sequence[SimilarDocument] = (),
) -> DocumentPage:
    """Put the page of ``view`` together; ``query`` is what its hits were marked for, ``sources`` labels by name."""
    notes = [NoteView(mistake.message) for mistake in mistakes]
    return DocumentPage(
        query=query,
        title=view.title or "Untitled",
        title_html=view.title_html or "Untitled",
        language=view.language,
        source_label=view.source_label,
        source_href=address(SearchState(sources=(view.source,))),
        date=date_in_words(view.date),
        iso_date=view.date,
        date_basis=_BASES.get(view.date_basis or "", view.date_basis),
        captured=moment_in_words(view.captured_at),
        version=view.version,
        url=view.url,
        link=external_link(view.url),
        passages=view.passages,
        hits=view.hits,
        ticks=_ticks(view.passages),
        domains=tuple(DomainView(label, address(SearchState(query, domains=(label.id,)))) for label in view.domains),
        also_at=also_at(view.also_at, query, sources),
        similar=tuple(_similar(document, sources) for document in similar),
        notes=(*notes, *(note_view(query, note.message, note.position) for note in view.notes)),
        results=address(SearchState(query)),
    )


def _similar(document: SimilarDocument, sources: Mapping[str, str]) -> SimilarView:
    return SimilarView(
        title=document.title or "Untitled",
        href=url_for("document.page", document_id=document.id),
        language=document.language,
        source=sources.get(document.source, document.source),
        date=date_in_words(document.date),
        iso_date=document.date,
        words=document.words[:_WORDS_SHOWN],
    )


def _ticks(passages: Sequence[Passage]) -> tuple[Tick, ...]:
    """Where the hits are, by characters: a tick stands about where the passage stands on the page."""
    total = sum(len(passage.html) for passage in passages) or 1
    ticks, before = [], 0
    for passage in passages:
        if passage.hits:
            ticks.append(Tick(passage.number, passage.anchor, passage.hits, round(1000 * before / total)))
        before += len(passage.html)
    return tuple(ticks)


def moment_in_words(moment: datetime) -> str:
    """``24 November 2026, 07:47 UTC``."""
    utc = moment.astimezone(UTC) if moment.tzinfo else moment
    return f"{date_in_words(utc.date().isoformat())}, {utc:%H:%M} UTC"
