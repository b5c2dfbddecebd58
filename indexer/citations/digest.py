"""The digest of a text: what a citation names so that anyone can tell whether the text is still the one cited."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from crawler import Document

PREFIX = "sha256:"


def canonical_text(title: str, paragraphs: Iterable[str]) -> str:
    """Title and passages with a blank line between them, nothing before and nothing after.

    A passage has no line breaks, so different passages never make the same text.
    """
    return "\n\n".join((title, *paragraphs))


def text_digest(document: Document) -> str:
    """``sha256:`` and the SHA-256 (64 small hex digits) of the canonical text in UTF-8.

    The address, the date and whatever else is known of a document are no part of it.
    """
    text = canonical_text(document.title, document.paragraphs)
    return PREFIX + hashlib.sha256(text.encode()).hexdigest()
