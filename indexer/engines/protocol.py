"""What an engine must do, and the records that it takes and gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from crawler import Document
from indexer.query.nodes import Element, Fuzzy, Leaf, Node, Wildcard
from indexer.results import DomainLabel, Relaxation, Sort


@dataclass(frozen=True, slots=True)
class LabelledDocument:
    """A document as it is indexed: with its domains, and ``domain_ids``: those of the labels and all above them."""

    document: Document
    labels: tuple[DomainLabel, ...]
    domain_ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class Filters:
    """What is chosen beside the query; empty means all. Values of one filter are alternatives."""

    sources: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A search as an engine sees it: ``limit`` hits from ``offset`` on (from 0).

    ``fold``: near copies of one document are one hit.
    """

    tree: Node
    filters: Filters
    sort: Sort
    offset: int
    limit: int
    fold: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A hit before it has snippets; ``copies``: what was folded into it, in the order of hits."""

    entry: LabelledDocument
    score: float
    partial: bool
    copies: tuple[LabelledDocument, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """Hits by value; a facet counts as if its own filter were off. Years are ``2008`` or ``unknown``."""

    source: Counter[str] = field(default_factory=Counter)
    domain: Counter[str] = field(default_factory=Counter)
    language: Counter[str] = field(default_factory=Counter)
    year: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Answer:
    """What an engine found. ``weights``: the idf of each leaf; ``expansions``: what patterns stood for.

    ``total`` counts hits, ``articles`` the documents in them: folded copies count there, and in the facets.
    """

    total: int
    found: tuple[Found, ...]
    counts: FacetCounts
    relaxed: Relaxation | None
    undated_left_out: int
    weights: Mapping[Leaf, float]
    expansions: Mapping[Wildcard | Fuzzy, Sequence[str]]
    cut_off: tuple[Wildcard | Fuzzy, ...]
    articles: int = 0


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """What a generation holds of a source; days are ``date`` objects' ISO forms with their known parts."""

    name: str
    documents: int
    undated: int
    first: str | None
    last: str | None


class Engine(Protocol):
    """One generation, open for reading. Calls may come from several threads at once.

    ``indexer.search.Collection`` is the only caller. Every method may raise ``IndexDamaged``.
    """

    def search(self, plan: Plan) -> Answer:
        """All hits counted, one page of them told."""

    def document(self, document_id: str) -> LabelledDocument | None:
        """One document, ``None`` where the generation has none with this id."""

    def copies(self, document_id: str) -> tuple[LabelledDocument, ...]:
        """The other documents with the same story, by date; none for an id that the generation doesn't have."""

    def sources(self) -> tuple[SourceSummary, ...]:
        """What there is of each source, by name."""

    def languages(self) -> frozenset[str]:
        """The languages of the documents; ``und`` where one isn't known."""

    def forms(self, element: Element) -> Sequence[str]:
        """The forms in the collection that a single-word leaf stands for, most frequent first."""

    def nearest(self, word: str) -> str | None:
        """The word of the collection most like a word that isn't in it, ``None`` where none is near."""

    def close(self) -> None:
        """Let go of the files."""


class EngineWriter(Protocol):
    """Writes one generation into a folder. ``indexer.build`` is the only caller."""

    def add(self, entry: LabelledDocument) -> None:
        """Add a document; in an update, one with the same id is replaced."""

    def commit(self) -> None:
        """Finish: after this the folder can be opened for reading."""

    def cancel(self) -> None:
        """Give up; the folder will be thrown away."""
