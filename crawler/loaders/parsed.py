"""What the formats' readers yield."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawler.document import PublicationDate


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document as its file has it: the bytes it was read from, and what they say; ``None`` where they don't.

    ``line`` counts from 1 in files of several documents.
    """

    body: bytes
    media_type: str
    title: str
    paragraphs: tuple[str, ...]
    date: PublicationDate | None
    line: int | None = None
    id: str | None = None
    url: str | None = None
    language: str | None = None
    source: str | None = None
