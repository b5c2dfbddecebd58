"""Reading RSS, Atom and CDF feeds (feedparser) and JSON Feed, from bytes that somebody else fetched."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate
from io import BytesIO
from time import struct_time
from typing import Any

from crawler.document import DateBasis, DatePrecision, PublicationDate
from crawler.errors import DiscoveryError
from crawler.extract.dates.find import AHEAD, EPOCH
from crawler.extract.dates.written import FIRST_YEAR
from crawler.foreign import joined, read_json

MAX_ENTRIES = 10_000
"""Of one feed: a hundred times what feeds hold, so that a made-up one ends somewhere."""

_YEAR = re.compile(r"\d{4}", re.ASCII)
_ISO = re.compile(r"\s*(\d{4})-(\d{2})(?:-(\d{2}))?(?![\d])")
_JSON_FEED = re.compile(rb'^\s*\{.{0,2000}?"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org', re.DOTALL)
_DATES = ("published", "created", "updated")  # what stands first says most about the day of publication


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: title and link as the feed has them (``None`` where it doesn't).

    ``date`` is the calendar day as it is written, whatever its time zone. ``content`` is HTML, cleaned of scripts.
    ``fingerprint`` changes whenever the feed says anything else about the entry.
    """

    id: str | None
    link: str | None
    title: str | None
    date: PublicationDate | None
    author: str | None
    content: str | None
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's title and its entries, in its order."""

    title: str | None
    entries: tuple[Entry, ...]


def is_json_feed(body: bytes) -> bool:
    """Whether the bytes say that they are a JSON Feed."""
    return _JSON_FEED.match(body) is not None


def read_feed(body: bytes, url: str, content_type: str | None = None) -> Feed:
    """The feed in ``body``, which was found at ``url``; raises :class:`DiscoveryError` for what is no feed.

    ``content_type`` is the whole header: its charset matters where the feed names none.
    """
    if is_json_feed(body):
        return _read_json(body, url)
    import feedparser

    headers = {"content-location": url, **({"content-type": content_type} if content_type else {})}
    # A stream: what is handed over as bytes or text, feedparser takes for an address or a file's name first.
    parsed = feedparser.parse(BytesIO(body), response_headers=headers, sanitize_html=True, resolve_relative_uris=True)
    if not parsed.get("version") and not parsed.entries:
        raise DiscoveryError(url, "not a feed (RSS, Atom or JSON Feed)")
    return Feed(parsed.feed.get("title"), tuple(_entry(each) for each in parsed.entries[:MAX_ENTRIES]))


def _entry(entry: Mapping[str, Any]) -> Entry:
    content = _content(entry)
    said = [entry.get(key) for key in ("id", "link", "title", "updated", "published", "summary") if key in entry]
    return Entry(
        id=entry.get("id"),
        link=entry.get("link"),
        title=entry.get("title"),
        date=_date(entry),
        author=entry.get("author"),
        content=content,
        fingerprint=_fingerprint([*said, content]),
    )


def _content(entry: Mapping[str, Any]) -> str | None:
    parts = [part.get("value") for part in entry.get("content") or ()]
    return max((part for part in parts if part), key=len, default=None) or entry.get("summary")


def _date(entry: Mapping[str, Any]) -> PublicationDate | None:
    for key in _DATES:
        # feedparser answers "updated" with "published" where only that stands; asking whether it is there does not.
        parsed = entry.get(f"{key}_parsed") if f"{key}_parsed" in entry else None
        if parsed:
            return written_date(str(entry.get(key) or ""), parsed)
    return None


def written_date(text: str, parsed: struct_time) -> PublicationDate | None:
    """The day that ``text`` names, whatever its time zone; ``parsed`` is what feedparser made of it, in UTC."""
    try:
        utc = date(*parsed[:3])
        found = _written_day(text)
    except ValueError:
        return None
    if found is not None and _near(found, utc):
        return _plausible(found)
    # feedparser fills in what it is not told: a time of day becomes today, a year its first day.
    if (
        str(utc.day) not in [number.lstrip("0") for number in re.findall(r"\d+", text)]
        or f"{utc.year % 100:02}" not in text
    ):
        return None
    return _plausible(PublicationDate(utc, DatePrecision.DAY, DateBasis.FEED))


def _near(found: PublicationDate, utc: date) -> bool:
    return found.first.toordinal() - 1 <= utc.toordinal() <= found.last.toordinal() + 1


def _plausible(found: PublicationDate) -> PublicationDate | None:
    """``None`` for what programs write where they have no date, and for what hasn't come yet."""
    latest = date.today() + AHEAD  # it may be tomorrow already where the feed was written
    sound = found.first.year >= FIRST_YEAR and found.first != EPOCH and found.first <= latest
    return found if sound else None


def _written_day(text: str) -> PublicationDate | None:
    if _YEAR.fullmatch(text.strip()):
        return PublicationDate(date(int(text), 1, 1), DatePrecision.YEAR, DateBasis.FEED)
    if iso := _ISO.match(text):
        year, month, day = iso.groups()
        precision = DatePrecision.DAY if day else DatePrecision.MONTH
        return PublicationDate(date(int(year), int(month), int(day or 1)), precision, DateBasis.FEED)
    if mail := parsedate(text):
        return PublicationDate(date(*mail[:3]), DatePrecision.DAY, DateBasis.FEED)
    return None


def _fingerprint(parts: list[Any]) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, default=str).encode()).hexdigest()[:16]


def _read_json(body: bytes, url: str) -> Feed:
    """JSON Feed 1.1 (jsonfeed.org/version/1.1)."""
    try:
        feed = read_json(body)
    except (ValueError, RecursionError) as error:
        raise DiscoveryError(url, f"not a sound JSON Feed: {error}") from None
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise DiscoveryError(url, "not a sound JSON Feed: it has no list of items")
    return Feed(_text(feed.get("title")), tuple(_json_entries(items[:MAX_ENTRIES], url)))


def _json_entries(items: list[Any], url: str) -> Iterator[Entry]:
    for item in items:
        if isinstance(item, dict):
            link = _text(item.get("url")) or _text(item.get("external_url"))
            yield Entry(
                id=_text(item.get("id")),
                link=joined(url, link) if link else None,
                title=_text(item.get("title")),
                date=_json_date(_text(item.get("date_published")) or _text(item.get("date_modified"))),
                author=_json_author(item),
                content=_json_content(item),
                fingerprint=_fingerprint([item]),
            )


def _text(value: Any) -> str | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)  # version 1 lets an id be a number
    return value if isinstance(value, str) and value else None


def _json_date(text: str | None) -> PublicationDate | None:
    try:
        found = _written_day(text or "")
    except ValueError:
        return None
    return _plausible(found) if found else None


def _json_author(item: Mapping[str, Any]) -> str | None:
    authors = item.get("authors")
    people = [item.get("author"), *(authors if isinstance(authors, list) else [])]
    names = [_text(person.get("name")) for person in people if isinstance(person, dict)]
    return ", ".join(name for name in names if name) or None


def _json_content(item: Mapping[str, Any]) -> str | None:
    if html := _text(item.get("content_html")):
        return html
    if text := _text(item.get("content_text")):
        import html as escaping

        return "".join(f"<p>{escaping.escape(part)}</p>" for part in re.split(r"\n\s*\n", text) if part.strip())
    return None
