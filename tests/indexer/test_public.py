"""What other packages may import from ``indexer``."""

from __future__ import annotations

import indexer

PUBLIC = [
    "CITATION_FORMATS",
    "AlsoAt",
    "Citation",
    "Collection",
    "Collocate",
    "CollocateOrder",
    "Collocates",
    "CollocatesRequest",
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
    "Kwic",
    "KwicLine",
    "KwicRequest",
    "LineOrder",
    "NeverFound",
    "NoWords",
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
    "Trend",
    "TrendBy",
    "TrendPeriod",
    "TrendSplit",
    "Trends",
    "TrendsRequest",
    "UnknownDocument",
    "UnknownValue",
    "WordSuggestion",
    "cite_all",
    "language_name",
    "load_index_settings",
    "receipt",
    "update_index",
]


def test_the_public_names_are_these() -> None:
    assert indexer.__all__ == PUBLIC


def test_every_public_name_is_there() -> None:
    assert [name for name in indexer.__all__ if not hasattr(indexer, name)] == []
