"""What the formats' readers are told, and what they yield."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.extract.page import Hints

if TYPE_CHECKING:
    from datetime import datetime

    from crawler.document import PublicationDate
    from crawler.errors import LoadError


@dataclass(frozen=True, slots=True)
class SourceHints:
    """What the source of a file knows: how its pages are read, and which addresses of a web archive it keeps.

    ``keep`` are regular expressions, one of which must be found in an address; none means all.
    """

    page: Hints = field(default_factory=Hints)
    keep: tuple[str, ...] = ()


NO_HINTS = SourceHints()
"""For files of no source."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document as its file has it: the bytes it was read from, and what they say; ``None`` where they don't.

    ``line`` counts from 1 in files of several documents. ``address`` is what it was fetched from, where that is known,
    with the moment (``captured_at``) and the facts that came with it (``headers``).
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
    author: str | None = None
    pages: tuple[int, ...] = ()
    address: str | None = None
    captured_at: datetime | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a web archive tells of an address without its bytes.

    It was gone (``status`` 404 or 410), or still had the bytes that it had at ``unchanged_since``.
    """

    address: str
    moment: datetime
    status: int
    unchanged_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A record of a web archive that is no document; ``why`` is a status or a media type."""

    why: str


Reader = Callable[[Path, SourceHints], Iterator["Parsed | Seen | PassedOver | LoadError"]]
"""Yields what a file has. Raises :class:`LoadError` where it can't be read any further."""
