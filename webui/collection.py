"""What the pages need of an index; ``indexer.Collection`` is the one that ``concord serve`` uses."""

from __future__ import annotations

from typing import Protocol

from indexer import Coverage, DocumentView, Results, SearchRequest, SimilarDocument, Suggestions


class SearchableCollection(Protocol):
    """Documents that can be searched and read, from many threads at once.

    Each method raises ``IndexMissing``, ``IndexIncompatible`` or ``IndexDamaged`` where there is nothing to read;
    the pages answer 503 then, and work again as soon as the index does.
    """

    def search(self, request: SearchRequest) -> Results:
        """Called by the search page, the front page and the API; raises ``UnknownValue`` for a filter it lacks."""
        ...

    def document(self, document_id: str, query: str = "") -> DocumentView:
        """Called by the document page and the API; raises ``UnknownDocument``."""
        ...

    def suggest(self, text: str, limit: int = 8) -> Suggestions:
        """Called by the API while a query is being typed; any text gets an answer."""
        ...

    def similar(self, document_id: str, limit: int = 5) -> tuple[SimilarDocument, ...]:
        """Called by the document page and the API; raises ``UnknownDocument``."""
        ...

    def coverage(self) -> Coverage:
        """Called by the front page, the page about the collection and the readiness check."""
        ...
