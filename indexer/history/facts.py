"""What is told of a document beside what became of it."""

from __future__ import annotations

from typing import Any

from crawler import Document


def facts(document: Document) -> dict[str, Any]:
    """Which document it is, where it stands, and its date with where that was read."""
    published = document.date
    return {
        "id": document.id,
        "url": document.url,
        "title": document.title,
        "source": document.source,
        "date": str(published) if published else None,
        "date_basis": published.basis.value if published else None,
    }
