"""What other packages may import from ``indexer``."""

from __future__ import annotations

import indexer

PUBLIC = [
    "AlsoAt",
    "Collection",
    "Coverage",
    "DocumentView",
    "DomainLabel",
    "Evidence",
    "Evident",
    "FacetRow",
    "Facets",
    "Hit",
    "IndexDamaged",
    "IndexIncompatible",
    "IndexLocked",
    "IndexMissing",
    "IndexReport",
    "IndexerError",
    "Note",
    "Passage",
    "Relaxation",
    "Results",
    "ScorePart",
    "SearchRequest",
    "SimilarDocument",
    "Snippet",
    "Sort",
    "SourceCoverage",
    "Suggestions",
    "TaxonomyError",
    "TitleSuggestion",
    "UnknownDocument",
    "UnknownValue",
    "WordSuggestion",
    "language_name",
    "load_index_settings",
    "update_index",
]


def test_the_public_names_are_these() -> None:
    assert indexer.__all__ == PUBLIC


def test_every_public_name_is_there() -> None:
    assert [name for name in indexer.__all__ if not hasattr(indexer, name)] == []
