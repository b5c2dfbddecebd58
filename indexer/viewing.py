"""From a document to what is shown of it."""

from __future__ import annotations

from collections.abc import Iterable

from crawler import Document
from indexer.marking import MarkedPassage
from indexer.views import DocumentView, DomainLabel, Passage


def view_of(
    document: Document,
    source_label: str,
    title: MarkedPassage,
    passages: Iterable[MarkedPassage],
    domains: tuple[DomainLabel, ...] = (),
) -> DocumentView:
    """A version of a document to read, its title and passages as they were marked."""
    published = document.date
    return DocumentView(
        id=document.id,
        url=document.url,
        title=document.title,
        title_html=title.html(),
        source=document.source,
        source_label=source_label,
        date=str(published) if published else None,
        date_precision=published.precision.value if published else None,
        date_basis=published.basis.value if published else None,
        language=document.language,
        version=document.version,
        captured_at=document.captured_at,
        passages=tuple(Passage(number, marked.html(), len(marked.ranges)) for number, marked in enumerate(passages, 1)),
        domains=domains,
    )
