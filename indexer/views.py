"""What crosses the border from the indexer to the web interface to be read: a document, documents like it, coverage.

Every text here is plain text, except the fields named ``html``: in those, hits stand between ``<mark>`` and ``</mark>``
and everything else is HTML-escaped.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from indexer.errors import UnknownPassage
from indexer.results import AlsoAt, Note


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph to read; ``number`` counts from 1, ``hits`` is how many marks ``html`` has."""

    number: int
    html: str
    hits: int

    @property
    def anchor(self) -> str:
        """What a citation points at."""
        return f"p{self.number}"


TITLE = 0
"""What stands for the title where passages are counted from 1."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a passage is under a domain: the words found there, and what each adds to what the passage says of it.

    ``passage`` counts from 1; it is :data:`TITLE` for the title.
    """

    passage: int
    terms: tuple[str, ...]
    weights: tuple[float, ...] = ()

    @property
    def anchor(self) -> str:
        """What a citation points at: ``p2``, or ``title``."""
        return "title" if self.passage == TITLE else f"p{self.passage}"


@dataclass(frozen=True, slots=True)
class DomainLabel:
    """A domain that a document was put under, with what it rests on, in the order of the text.

    ``weight`` is between 0 and 1. No ``evidence``: the document's source says so.
    """

    id: str
    name: str
    root: str
    weight: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document to read, its hits marked where a query came with it. ``also_at``: its near copies, oldest first."""

    id: str
    url: str | None
    title: str
    title_html: str
    source: str
    source_label: str
    date: str | None
    date_precision: str | None
    date_basis: str | None
    language: str | None
    version: int
    captured_at: datetime
    passages: tuple[Passage, ...]
    domains: tuple[DomainLabel, ...]
    notes: tuple[Note, ...] = ()
    also_at: tuple[AlsoAt, ...] = ()

    def from_passage(self, number: int) -> DocumentView:
        """The same without the passages before this one; raises ``UnknownPassage``."""
        if not 1 <= number <= len(self.passages):
            raise UnknownPassage(self.id, number, len(self.passages))
        return replace(self, passages=self.passages[number - 1 :])

    @property
    def hits(self) -> int:
        """How many marks the passages have."""
        return sum(passage.hits for passage in self.passages)

    def to_json(self) -> dict[str, Any]:
        """The JSON of ``concord show --json`` and of ``/api/v1/documents/<id>``."""
        return {
            "id": self.id,
            "url": self.url,
            "title": self.title,
            "source": self.source,
            "date": self.date,
            "date_precision": self.date_precision,
            "date_basis": self.date_basis,
            "language": self.language,
            "version": self.version,
            "captured_at": self.captured_at.isoformat(timespec="seconds"),
            "domains": [
                {
                    "id": label.id,
                    "name": label.name,
                    "weight": round(label.weight, 4),
                    "evidence": [
                        {"passage": evidence.anchor, "terms": list(evidence.terms)} for evidence in label.evidence
                    ],
                }
                for label in self.domains
            ],
            "passages": [{"anchor": passage.anchor, "html": passage.html} for passage in self.passages],
            "also_at": [place.to_json() for place in self.also_at],
        }


@dataclass(frozen=True, slots=True)
class SimilarDocument:
    """A document like another: ``words`` are the telling words that both have, as the other writes them, best first."""

    id: str
    url: str | None
    title: str
    source: str
    date: str | None
    language: str | None
    score: float
    words: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The fields by name."""
        return {
            "id": self.id,
            "url": self.url,
            "title": self.title,
            "source": self.source,
            "date": self.date,
            "language": self.language,
            "score": round(self.score, 6),
            "words": list(self.words),
        }


@dataclass(frozen=True, slots=True)
class SourceCoverage:
    """What a generation holds of one source; ``first`` and ``last`` are dates as they are known."""

    name: str
    label: str
    documents: int
    undated: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a generation holds."""

    generation: str
    built_at: datetime
    documents: int
    sources: tuple[SourceCoverage, ...] = field(default=())
