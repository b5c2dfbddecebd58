"""What goes into the extraction of a page, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass, field

from crawler.document import PublicationDate
from crawler.source import Selectors


@dataclass(frozen=True, slots=True)
class Page:
    """A body as it was fetched or read.

    ``media_type`` is without parameters, in lower case. ``charset``: what the HTTP header said; ``None`` where it said
    nothing, or where there was no HTTP.
    """

    body: bytes
    url: str | None = None
    media_type: str = "text/html"
    charset: str | None = None


@dataclass(frozen=True, slots=True)
class Hints:
    """What a source knows of its pages: where things stand, how dates are written (``strptime``), the language."""

    selectors: Selectors = field(default_factory=Selectors)
    date_format: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Extracted:
    """The document that stands on a page.

    ``paragraphs`` are in order, none of them empty, each on one line. ``url`` is the canonical address. ``language`` is
    an ISO 639-1 code, ``None`` where it isn't known. ``charset`` is the one that the body was decoded with, ``None``
    for binary formats. ``pages``: the page of the original that each paragraph stands on, where it has pages.
    """

    title: str
    paragraphs: tuple[str, ...]
    date: PublicationDate | None
    language: str | None
    url: str | None
    author: str | None
    charset: str | None
    pages: tuple[int, ...] = ()
