"""What goes into an archive and what it tells about itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawler.document import PublicationDate


class Outcome(StrEnum):
    """What storing a capture did to its document."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Capture:
    """The bytes of one document at one moment.

    ``address`` says where in its source the document stands: a URL, the path of a file, or a line's id. ``captured_at``
    must have a time zone. ``headers`` are the facts that came with the bytes: of a response, or the file and line.
    """

    source: str
    address: str
    captured_at: datetime
    body: bytes
    media_type: str
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """What was read out of a capture: the document that it shows, under the id that citations use.

    ``pages``: the page of a paginated original (a PDF) that each paragraph stands on; empty where there are no pages.
    """

    id: str
    url: str | None
    title: str
    paragraphs: tuple[str, ...]
    date: PublicationDate | None
    language: str | None
    author: str | None = None
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Identity:
    """A document without its text: ``version`` is the current one, ``change`` the number of its last change."""

    id: str
    version: int
    change: int


@dataclass(frozen=True, slots=True)
class Presence:
    """A version was there at ``captured_at``, and its bytes were still the same at ``confirmed_at``.

    ``digest`` is the SHA-256 of the bytes, in hex.
    """

    version: int
    captured_at: datetime
    confirmed_at: datetime
    digest: str


@dataclass(frozen=True, slots=True)
class Sighting:
    """A version was there at a moment: the one of a capture, or one at which its bytes were still the same."""

    moment: datetime
    version: int


@dataclass(frozen=True, slots=True)
class Absence:
    """A document was asked for at ``noted_at`` and not there (HTTP ``status`` 404 or 410)."""

    noted_at: datetime
    status: int


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """What an archive holds of one source.

    ``undated``, ``first`` and ``last`` are about the current versions; the dates are as known, in ISO 8601
    (``2008-11-05``, ``2008-11`` or ``2008``). ``last_captured_at`` is the last moment at which anything of the source
    was captured or found unchanged.
    """

    name: str
    captures: int
    documents: int
    versions: int
    undated: int
    first: str | None
    last: str | None
    last_captured_at: datetime
