"""Why a document is under its domains: for each, the passages that speak of it and the words found there."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from typing import Any

from crawler import Document
from indexer.analysis import CJK
from indexer.engines.protocol import LabelledDocument
from indexer.marking import MarkedPassage
from indexer.snippets import snippets
from indexer.views import TITLE, DomainLabel, Evidence


@dataclass(frozen=True, slots=True)
class ExplainedPassage:
    """A passage, or the title, that speaks of a domain.

    ``html`` is the part of it around the words, marked; each of ``terms`` adds the one of ``weights`` in its place.
    """

    anchor: str
    html: str
    terms: tuple[str, ...]
    weights: tuple[float, ...]

    def to_json(self) -> dict[str, Any]:
        """``{"passage", "snippet", "terms", "weights"}``."""
        return {
            "passage": self.anchor,
            "snippet": self.html,
            "terms": list(self.terms),
            "weights": list(self.weights),
        }


@dataclass(frozen=True, slots=True)
class ExplainedDomain:
    """A domain of a document, ``weight`` between 0 and 1; no ``passages`` where the document's source gives it."""

    id: str
    name: str
    weight: float
    passages: tuple[ExplainedPassage, ...]

    @property
    def given(self) -> bool:
        """Whether the source says so, whatever the text says."""
        return not self.passages

    def to_json(self) -> dict[str, Any]:
        """``{"id", "name", "weight", "given", "evidence"}``."""
        return {
            "id": self.id,
            "name": self.name,
            "weight": round(self.weight, 4),
            "given": self.given,
            "evidence": [passage.to_json() for passage in self.passages],
        }


@dataclass(frozen=True, slots=True)
class Explanation:
    """A document with its domains, strongest first; ``date`` has its known parts (ISO 8601)."""

    id: str
    title: str
    source: str
    date: str | None
    domains: tuple[ExplainedDomain, ...]

    def only(self, domains: Container[str]) -> Explanation:
        """The same without all other domains."""
        return replace(self, domains=tuple(domain for domain in self.domains if domain.id in domains))

    def to_json(self) -> dict[str, Any]:
        """The fields by name."""
        return {
            "id": self.id,
            "title": self.title,
            "source": self.source,
            "date": self.date,
            "domains": [domain.to_json() for domain in self.domains],
        }


def explain_labels(entry: LabelledDocument) -> Explanation:
    """Explain the labels that a document was indexed with."""
    document = entry.document
    return Explanation(
        document.id,
        document.title,
        document.source,
        str(document.date) if document.date else None,
        tuple(_domain(document, label) for label in entry.labels),
    )


def _domain(document: Document, label: DomainLabel) -> ExplainedDomain:
    passages = tuple(_passage(document, evidence) for evidence in label.evidence)
    return ExplainedDomain(label.id, label.name, label.weight, passages)


def _passage(document: Document, evidence: Evidence) -> ExplainedPassage:
    text = document.title if evidence.passage == TITLE else document.paragraphs[evidence.passage - 1]
    marked = MarkedPassage(evidence.passage, text, _places(text, evidence.terms), {})
    (snippet,) = snippets([marked], {})
    return ExplainedPassage(evidence.anchor, snippet.html, evidence.terms, evidence.weights)


def _places(text: str, terms: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Where the words stand, longer phrases first; white space was squeezed in ``terms``."""
    written = (r"\s+".join(map(re.escape, term.split())) for term in sorted(terms, key=len, reverse=True))
    # Chinese has no borders between words; elsewhere "art" isn't marked in "article".
    pattern = rf"(?<![^\W{CJK}])(?:{'|'.join(written)})(?![^\W{CJK}])"
    return tuple(match.span() for match in re.finditer(pattern, text, re.IGNORECASE))
