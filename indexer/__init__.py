"""Labels, index, query and search over the documents of the archive."""

from indexer.build import IndexReport, update_index
from indexer.collection import Collection
from indexer.errors import (
    IndexDamaged,
    IndexerError,
    IndexIncompatible,
    IndexLocked,
    IndexMissing,
    TaxonomyError,
    UnknownDocument,
    UnknownValue,
)
from indexer.facets import language_name
from indexer.results import (
    AlsoAt,
    Coverage,
    DocumentView,
    DomainLabel,
    Evidence,
    FacetRow,
    Facets,
    Hit,
    Note,
    Passage,
    Relaxation,
    Results,
    SearchRequest,
    SimilarDocument,
    Snippet,
    Sort,
    SourceCoverage,
)
from indexer.settings import load_index_settings
from indexer.suggest import Suggestions, TitleSuggestion, WordSuggestion

__all__ = [
    "AlsoAt",
    "Collection",
    "Coverage",
    "DocumentView",
    "DomainLabel",
    "Evidence",
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
