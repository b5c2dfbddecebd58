"""A collection in memory, for pages: it finds words as they are and lets a test arrange what an index rarely does."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from html import escape

from indexer import (
    AlsoAt,
    Coverage,
    DocumentView,
    DomainLabel,
    Evidence,
    FacetRow,
    Facets,
    Hit,
    Passage,
    Results,
    SearchRequest,
    SimilarDocument,
    Snippet,
    Sort,
    SourceCoverage,
    Suggestions,
    TitleSuggestion,
    UnknownDocument,
    UnknownValue,
    WordSuggestion,
)

NAMES = {"judicial": "Judicial and police affairs", "judicial/extradition": "Extradition", "culture": "Culture"}
MOMENT = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)


@dataclass(frozen=True)
class FakeDocument:
    id: str
    title: str
    paragraphs: tuple[str, ...] = ("Nothing.",)
    source: str = "xinhua"
    date: str | None = "2008-11-05"
    precision: str | None = "day"
    language: str | None = "en"
    url: str | None = "https://example.org/page"
    domains: tuple[str, ...] = ()
    also_at: tuple[AlsoAt, ...] = ()


@dataclass
class FakeCollection:
    """Keeps the last request; ``error`` is raised by every call; ``change`` has the last word on an answer."""

    documents: list[FakeDocument] = field(default_factory=list)
    error: Exception | None = None
    change: dict[str, object] = field(default_factory=dict)
    requests: list[SearchRequest] = field(default_factory=list)

    def search(self, request: SearchRequest) -> Results:
        self._fail()
        self.requests.append(request)
        self._refuse_unknown(request)
        words = _words(request.query)
        found = [document for document in self.documents if _matches(document, words)]
        kept = _ordered([document for document in found if _passes(document, request)], request.sort)
        start = (request.page - 1) * request.limit
        results = Results(
            query=request.query,
            total=len(kept),
            took_ms=1.5,
            page=request.page,
            limit=request.limit,
            hits=tuple(_hit(document, words) for document in kept[start : start + request.limit]),
            facets=_facets(found),
            documents=len(self.documents),
            generation="g1",
            explanation=" and ".join(words),
            articles=len(kept) + request.fold * sum(len(document.also_at) for document in kept),
            undated_left_out=_undated(found) if request.since or request.until else 0,
        )
        return replace(results, **self.change)  # type: ignore[arg-type]

    def document(self, document_id: str, query: str = "") -> DocumentView:
        self._fail()
        for document in self.documents:
            if document.id == document_id:
                return _view(document, _words(query))
        raise UnknownDocument(document_id)

    def suggest(self, text: str, limit: int = 8) -> Suggestions:
        self._fail()
        *before, last = text.split(" ")
        kept = " ".join((*before, ""))[: len(text) - len(last)]
        words = Counter(word for document in self.documents for word in set(_words(document.title)))
        fitting = [WordSuggestion(word, f"{kept}{word}", count) for word, count in words.items() if _begins(word, last)]
        titles = [
            TitleSuggestion(document.id, document.title, document.source, document.date)
            for document in self.documents
            if _matches(document, _words(text))
        ]
        return Suggestions(text, tuple(fitting[:limit]), tuple(titles[:limit]))

    def similar(self, document_id: str, limit: int = 5) -> tuple[SimilarDocument, ...]:
        """The documents that share words of the title with one."""
        words = set(_words(self.document(document_id).title))
        found = []
        for document in self.documents:
            shared = tuple(sorted(words.intersection(_words(document.title))))
            if shared and document.id != document_id:
                found.append(
                    SimilarDocument(
                        document.id,
                        document.url,
                        document.title,
                        document.source,
                        document.date,
                        document.language,
                        float(len(shared)),
                        shared,
                    )
                )
        return tuple(found[:limit])

    def coverage(self) -> Coverage:
        self._fail()
        counts = Counter(document.source for document in self.documents)
        return Coverage("g1", MOMENT, len(self.documents), tuple(self._source(*item) for item in counts.items()))

    def _source(self, name: str, count: int) -> SourceCoverage:
        mine = [document for document in self.documents if document.source == name]
        dates = sorted(document.date for document in mine if document.date)
        return SourceCoverage(
            name, name.capitalize(), count, _undated(mine), *((dates[0], dates[-1]) if dates else (None, None))
        )

    def _fail(self) -> None:
        if self.error is not None:
            raise self.error

    def _refuse_unknown(self, request: SearchRequest) -> None:
        known = (
            ("source", request.sources, {document.source for document in self.documents}),
            ("domain", request.domains, set(NAMES)),
            ("language", request.languages, {document.language or "und" for document in self.documents}),
        )
        for kind, asked, has in known:
            for value in asked:
                if value not in has:
                    raise UnknownValue(kind, value, sorted(has))


def _words(query: str) -> list[str]:
    return [word.lower() for word in re.findall(r"\w+", query)]


def _begins(word: str, prefix: str) -> bool:
    return bool(prefix) and word.startswith(prefix.lower())


def _matches(document: FakeDocument, words: Iterable[str]) -> bool:
    text = " ".join((document.title, *document.paragraphs)).lower()
    return all(word in text for word in words)


def _passes(document: FakeDocument, request: SearchRequest) -> bool:
    if request.since or request.until:
        if document.date is None:
            return False
        first = (document.date + "-01-01")[:10]
        if request.since and first < request.since.isoformat():
            return False
        if request.until and first > request.until.isoformat():
            return False
    below = tuple(f"{domain}/" for domain in request.domains)
    return (
        (not request.sources or document.source in request.sources)
        and (not request.languages or document.language in request.languages)
        and (not below or any(f"{domain}/".startswith(below) for domain in document.domains))
    )


def _ordered(documents: list[FakeDocument], sort: Sort) -> list[FakeDocument]:
    if sort is Sort.RELEVANCE:
        return documents
    dated = sorted((document for document in documents if document.date), key=lambda document: document.date or "")
    undated = [document for document in documents if not document.date]
    return (dated if sort is Sort.OLDEST else dated[::-1]) + undated


def _undated(documents: Iterable[FakeDocument]) -> int:
    return sum(document.date is None for document in documents)


def _mark(text: str, words: list[str]) -> str:
    if not words:
        return escape(text)
    parts = re.split(f"({'|'.join(map(re.escape, words))})", text, flags=re.IGNORECASE)
    return "".join(f"<mark>{escape(part)}</mark>" if index % 2 else escape(part) for index, part in enumerate(parts))


def _hit(document: FakeDocument, words: list[str]) -> Hit:
    marked = [(number, _mark(text, words)) for number, text in enumerate(document.paragraphs, 1)]
    best = [Snippet(html, number) for number, html in marked if "<mark>" in html] or [Snippet(marked[0][1], 1)]
    return Hit(
        id=document.id,
        url=document.url,
        title=document.title,
        title_html=_mark(document.title, words),
        date=document.date,
        date_precision=document.precision,
        source=document.source,
        domains=document.domains,
        language=document.language,
        score=1.0,
        snippets=tuple(best[:3]),
        also_at=document.also_at,
    )


def _facets(documents: list[FakeDocument]) -> Facets:
    def rows(values: Iterable[str], label: dict[str, str] | None = None) -> tuple[FacetRow, ...]:
        counts = Counter(values)
        return tuple(
            FacetRow(value, (label or {}).get(value, value.capitalize()), count, value.count("/"))
            for value, count in sorted(counts.items())
        )

    def with_parents(document: FakeDocument) -> set[str]:
        return {
            "/".join(domain.split("/")[: end + 1])
            for domain in document.domains
            for end in range(domain.count("/") + 1)
        }

    return Facets(
        source=rows(document.source for document in documents),
        domain=rows((domain for document in documents for domain in with_parents(document)), NAMES),
        language=rows((document.language or "und" for document in documents), {"en": "English", "ar": "Arabic"}),
        year=rows((document.date or "unknown")[:4] if document.date else "unknown" for document in documents),
    )


def _view(document: FakeDocument, words: list[str]) -> DocumentView:
    marked = [_mark(text, words) for text in document.paragraphs]
    return DocumentView(
        id=document.id,
        url=document.url,
        title=document.title,
        title_html=_mark(document.title, words),
        source=document.source,
        source_label=document.source.capitalize(),
        date=document.date,
        date_precision=document.precision,
        date_basis="text" if document.date else None,
        language=document.language,
        version=1,
        captured_at=MOMENT,
        passages=tuple(Passage(number, html, html.count("<mark>")) for number, html in enumerate(marked, 1)),
        domains=tuple(
            DomainLabel(domain, NAMES[domain], domain.split("/")[0], 0.5, (Evidence(1, ("extradition",)),))
            for domain in document.domains
        ),
        also_at=document.also_at,
    )
