"""What crosses the border from the indexer to the web interface: the answer to a search.

Every text here is plain text, except the fields named ``html``: in those, hits stand between ``<mark>`` and ``</mark>``
and everything else is HTML-escaped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crawler import Document


class Sort(StrEnum):
    """The order of hits. Ties: newer first, then id. Undated documents come last in both date orders."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search: the query as typed, and the filters beside it.

    Several values of one filter mean any of them; different filters must all hold. A domain takes its sub-domains in.
    ``since`` and ``until`` are both included. ``page`` counts from 1, ``limit`` is hits a page. ``fold``: show near
    copies of one text as one hit. ``explain``: say of each hit what its score is made of.
    """

    query: str
    limit: int = 10
    page: int = 1
    sources: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    sort: Sort = Sort.RELEVANCE
    fold: bool = True
    explain: bool = False


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a passage around its hits. ``passage`` counts from 1: the anchor is ``p{passage}``."""

    html: str
    passage: int


@dataclass(frozen=True, slots=True)
class AlsoAt:
    """Another place with the same story: a near copy of a document. ``date`` has its known parts (ISO 8601)."""

    id: str
    url: str | None
    title: str
    source: str
    date: str | None

    def to_json(self) -> dict[str, Any]:
        """The fields by name."""
        return {"id": self.id, "url": self.url, "title": self.title, "source": self.source, "date": self.date}


class Evident(StrEnum):
    """What a part of a score rests on."""

    WORDS = "words"
    """A part of the query that stands in the document: a word, a phrase, a pattern."""
    PASSAGE = "passage"
    """One place in the document that has most of the query's words."""
    PAIRS = "pairs"
    """Words of the query that stand next to each other in the document as well."""
    LETTERS = "letters"
    """Words of the document that share groups of letters with those of the query."""


@dataclass(frozen=True, slots=True)
class ScorePart:
    """A part of a hit's score. For ``words``: how often ``text`` stands in title and body, in how many documents."""

    kind: Evident
    score: float
    text: str = ""
    title: int = 0
    body: int = 0
    documents: int = 0

    def to_json(self) -> dict[str, Any]:
        """The fields by name; those that say nothing about a kind are left out."""
        record: dict[str, Any] = {"kind": self.kind.value, "score": round(self.score, 6)}
        if self.kind is Evident.WORDS:
            record |= {"text": self.text, "title": self.title, "body": self.body, "documents": self.documents}
        return record


@dataclass(frozen=True, slots=True)
class Hit:
    """One document found. ``domains`` are ids of the taxonomy, strongest first; ``partial``: not all words occur.

    ``also_at``: the near copies that were found too and are shown here, best first. ``parts``: what the score is made
    of, largest first, where that was asked for.
    """

    id: str
    url: str | None
    title: str
    title_html: str
    date: str | None
    date_precision: str | None
    source: str
    domains: tuple[str, ...]
    language: str | None
    score: float
    snippets: tuple[Snippet, ...]
    partial: bool = False
    also_at: tuple[AlsoAt, ...] = ()
    parts: tuple[ScorePart, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The keys that the design promises, ``passages`` (the anchor of each snippet) and ``also_at``.

        ``score_parts`` is there where the search was to be explained.
        """
        parts = {"score_parts": [part.to_json() for part in self.parts]} if self.parts else {}
        return parts | {
            "id": self.id,
            "url": self.url,
            "title": self.title,
            "date": self.date,
            "date_precision": self.date_precision,
            "source": self.source,
            "domains": list(self.domains),
            "language": self.language,
            "score": round(self.score, 6),
            "snippets": [snippet.html for snippet in self.snippets],
            "passages": [f"p{snippet.passage}" for snippet in self.snippets],
            "also_at": [place.to_json() for place in self.also_at],
        }


@dataclass(frozen=True, slots=True)
class FacetRow:
    """A value, how people call it, and how many hits have it. ``depth`` is 0 but for nodes below a domain's root."""

    value: str
    label: str
    count: int
    depth: int = 0

    def to_json(self) -> dict[str, Any]:
        """``{"value", "label", "count"}``."""
        return {"value": self.value, "label": self.label, "count": self.count}


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts over all documents found, those folded into another hit too, not only over the page.

    A facet that is filtered on counts as if its own filter were off, so the other values can be chosen as well.
    ``domain`` is in the order of the taxonomy (each root, then what is below it), ``source`` and ``language`` by
    count, ``year`` by year; the undated stand in ``year`` as the value ``unknown``.
    """

    source: tuple[FacetRow, ...] = ()
    domain: tuple[FacetRow, ...] = ()
    language: tuple[FacetRow, ...] = ()
    year: tuple[FacetRow, ...] = ()

    def to_json(self) -> dict[str, list[dict[str, Any]]]:
        """A list of rows a facet."""
        return {
            name: [row.to_json() for row in getattr(self, name)] for name in ("source", "domain", "language", "year")
        }


@dataclass(frozen=True, slots=True)
class Note:
    """Something about the query that its writer should know; ``position`` counts characters from 0."""

    message: str
    position: int | None = None

    def to_json(self) -> dict[str, Any]:
        """``{"message", "position"}``."""
        return {"message": self.message, "position": self.position}


@dataclass(frozen=True, slots=True)
class Relaxation:
    """The query asked for all words, few documents have them: partial matches follow from hit ``all_words`` on."""

    all_words: int
    some_words: int

    def to_json(self) -> dict[str, int]:
        """``{"all_words", "some_words"}``: how many hits of each kind."""
        return {"all_words": self.all_words, "some_words": self.some_words}


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a :class:`SearchRequest`. ``explanation`` says in words how the query was read.

    ``total`` counts hits: stories, where near copies were folded. ``articles`` counts the documents in them.
    """

    query: str
    total: int
    took_ms: float
    page: int
    limit: int
    hits: tuple[Hit, ...]
    facets: Facets
    documents: int
    generation: str
    explanation: str
    relaxed: Relaxation | None = None
    corrected: str | None = None
    undated_left_out: int = 0
    notes: tuple[Note, ...] = ()
    articles: int = 0

    @property
    def folded(self) -> bool:
        """Whether a hit stands for several documents."""
        return self.articles > self.total

    @property
    def pages(self) -> int:
        """How many pages the hits fill; 0 where there are none."""
        return -(-self.total // self.limit)

    def to_json(self) -> dict[str, Any]:
        """The JSON of ``concord search --json`` and of ``/api/v1/search``."""
        return {
            "query": self.query,
            "total": self.total,
            "articles": self.articles,
            "took_ms": round(self.took_ms, 1),
            "relaxed": self.relaxed.to_json() if self.relaxed else None,
            "corrected": self.corrected,
            "undated_left_out": self.undated_left_out,
            "notes": [note.to_json() for note in self.notes],
            "facets": self.facets.to_json(),
            "results": [hit.to_json() for hit in self.hits],
        }


@dataclass(frozen=True, slots=True)
class FoundText:
    """A hit with its whole text. ``hit`` draws its marks and snippets: most of the work of telling a hit.

    ``attribution`` and ``licence`` are what the config says of its source.
    """

    document: Document
    source_label: str
    attribution: str | None
    licence: str | None
    domains: tuple[str, ...]
    score: float
    partial: bool
    hit: Callable[[], Hit]


@dataclass(frozen=True, slots=True)
class AllHits:
    """All hits of a search, in its order; to be gone through once. The rest says what answered, and how.

    ``total`` counts the hits to come, ``some_words`` those of them that are partial. ``generation``, ``built_at``,
    ``archive``, ``change``, ``taxonomy`` and ``documents`` are the facts of the index. ``corrected``: what was meant,
    only where there is no hit.
    """

    hits: Iterator[FoundText]
    total: int
    some_words: int
    explanation: str
    notes: tuple[Note, ...]
    undated_left_out: int
    generation: str
    built_at: str
    archive: str
    change: int
    taxonomy: str
    documents: int
    corrected: str | None = None

    def __iter__(self) -> Iterator[FoundText]:
        return self.hits
