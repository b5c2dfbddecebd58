"""An answer, and the capture and the record that are made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crawler.archive import Capture, Outcome, Record
from crawler.archive.addresses import State, Visit
from crawler.document import DateBasis, PublicationDate
from crawler.loaders.identity import identify
from crawler.loaders.parsed import Parsed

if TYPE_CHECKING:
    from crawler.extract.page import Extracted
    from crawler.source import FetchedSource

COUNTED = {Outcome.NEW: "new", Outcome.CHANGED: "changed", Outcome.UNCHANGED: "unchanged"}
"""What a report calls the outcome of storing."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer. ``url`` is where redirects ended; ``media_type`` is in small letters without parameters."""

    url: str
    status: int
    body: bytes
    media_type: str
    charset: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def moment(self) -> datetime:
        """When it was fetched: its visit follows at once."""
        return datetime.now(UTC)


def capture_of(source: FetchedSource, fetched: Fetched, address: str, moment: datetime) -> Capture:
    """The bytes as they came, with what the server said of them."""
    headers = {**fetched.headers, "url": fetched.url, "status": str(fetched.status)}
    return Capture(source.name, address, moment, fetched.body, fetched.media_type, headers)


def record_of(source: FetchedSource, address: str, extracted: Extracted, about: Mapping[str, str]) -> Record:
    """What the page says; where a feed said it too, and no selector was given for it, the feed's word counts."""
    selectors = source.selectors
    date, title, author = extracted.date, extracted.title, extracted.author
    if "date" in about and not selectors.date:
        date = PublicationDate.parse(about["date"], DateBasis.FEED)
    if "title" in about and not selectors.title:
        title = about["title"]
    if "author" in about and not selectors.author:
        author = about["author"]
    return Record(
        id=identify(Parsed(b"", "", title, (), None, url=address), address, source.name).id,
        url=address,
        title=title,
        paragraphs=extracted.paragraphs,
        date=date,
        language=extracted.language,
        author=author,
        pages=extracted.pages,
    )


def done(fetched: Fetched, document: str | None = None) -> Visit:
    """The end of a task that brought what it was for."""
    return Visit(
        State.DONE,
        fetched.status,
        document=document,
        etag=fetched.headers.get("etag"),
        last_modified=fetched.headers.get("last-modified"),
    )
