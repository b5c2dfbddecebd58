"""What would be stored of a page, field by field, and what looks wrong about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from crawler.errors import ExtractionError, FetchError
from crawler.extract.extract import extract
from crawler.extract.page import Hints, Page
from crawler.source import FeedSource
from crawler.sources.candidates import Candidate, candidates

if TYPE_CHECKING:
    from crawler.extract.page import Extracted
    from crawler.fetch import Fetcher
    from crawler.source import FetchedSource, Selectors, Source

SHORT = 200
"""Characters of text below which a page is more likely a list, a login or a picture than a document."""
_SHOWN = 160
"""Characters of a paragraph that are shown: two lines of a terminal."""


@dataclass(frozen=True, slots=True)
class Preview:
    """One page. ``found`` is ``None`` where nothing would be stored; ``problems`` say why, or what looks wrong."""

    url: str
    found: Extracted | None
    problems: tuple[str, ...] = field(default=())

    def to_json(self) -> dict[str, Any]:
        """All fields, flat; those of the document are ``None`` where there would be none."""
        found, date = self.found, self.found.date if self.found else None
        return {
            "url": self.url,
            "stored": found is not None,
            "title": found.title if found else None,
            "date": str(date) if date else None,
            "date_precision": date.precision.value if date else None,
            "date_basis": date.basis.value if date else None,
            "author": found.author if found else None,
            "language": found.language if found else None,
            "charset": found.charset if found else None,
            "canonical_url": found.url if found else None,
            "paragraphs": len(found.paragraphs) if found else 0,
            "first_paragraph": found.paragraphs[0] if found and found.paragraphs else None,
            "last_paragraph": found.paragraphs[-1] if found and found.paragraphs else None,
            "problems": list(self.problems),
        }


def hints_of(source: Source) -> Hints:
    """What a source says of its pages."""
    return Hints(source.selectors, source.date_format, source.language)


def check(fetcher: Fetcher, source: FetchedSource, limit: int) -> tuple[Preview, ...]:
    """What a crawl would store of the first ``limit`` pages of a source; empty where its lists name no page to keep.

    Raises :class:`ConfigError` where none of its lists can be read.
    """
    found = candidates(fetcher, source, limit)
    return tuple(preview(source, each, fetch_page(fetcher, source, each)) for each in found)


def fetch_page(fetcher: Fetcher, source: FetchedSource, candidate: Candidate) -> Page | FetchError:
    """What a document would be read out of: the page, or the feed's own text where the source says so."""
    if isinstance(source, FeedSource) and source.full_content and candidate.entry:
        return page_of(candidate)
    try:
        answer = fetcher.get(candidate.url)
    except FetchError as error:
        return error
    return Page(answer.body, answer.url, answer.media_type, answer.charset)


def page_of(candidate: Candidate) -> Page:
    """The feed's own text of an entry, as a page."""
    content = candidate.entry.content if candidate.entry else None
    return Page((content or "").encode(), candidate.url, "text/html", "utf-8")


def preview(source: FetchedSource, candidate: Candidate, page: Page | FetchError) -> Preview:
    """What ``page``, found as ``candidate``, would be stored as."""
    if isinstance(page, FetchError):
        return Preview(candidate.url, None, (page.reason,))
    url, hints = page.url or candidate.url, hints_of(source)
    try:
        found = extract(page, hints)
    except ExtractionError as error:
        return Preview(url, None, (error.reason,))
    if found.date is None and candidate.entry and candidate.entry.date:
        found = replace(found, date=candidate.entry.date)
    return Preview(url, found, tuple(_problems(page, found, hints)))


def _problems(page: Page, found: Extracted, hints: Hints) -> Iterator[str]:
    if found.date is None:
        yield "no date found: name where it stands with selectors.date"
    if sum(map(len, found.paragraphs)) < SHORT:
        yield "hardly any text: is this a document? name where the text stands with selectors.body"
    if page.media_type in ("text/html", "application/xhtml+xml"):
        yield from (f"selectors.{key}: {css} matched nothing" for key, css in _unmatched(page, found, hints.selectors))


def _unmatched(page: Page, found: Extracted, selectors: Selectors) -> Iterator[tuple[str, str]]:
    given = [(key, css) for key in ("title", "body", "date", "author") if (css := getattr(selectors, key))]
    given += [("drop", css) for css in selectors.drop]
    if not given:
        return
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(page.body, "lxml", from_encoding=found.charset)
    yield from ((key, css) for key, css in given if soup.select_one(css) is None)


def as_lines(previews: Sequence[Preview]) -> list[str]:
    """Lines for people: each page with its fields below each other."""
    lines: list[str] = []
    for each in previews:
        lines += ["", each.url, *(f"  {name:<11}{value}" for name, value in _fields(each))]
    return lines


def _fields(preview: Preview) -> Iterator[tuple[str, str]]:
    found = preview.found
    if found is not None:
        date = found.date
        yield "title", found.title
        yield "date", f"{date} ({date.precision}, from {_BASES[date.basis]})" if date else "unknown"
        yield "language", found.language or "unknown"
        yield "charset", found.charset or "-"
        if found.author:
            yield "author", found.author
        yield "address", found.url or "-"
        yield "paragraphs", f"{len(found.paragraphs)}"
        if found.paragraphs:
            yield "first", _shorten(found.paragraphs[0])
            yield "last", _shorten(found.paragraphs[-1])
    for problem in preview.problems:
        yield "note" if found else "not stored", problem


_BASES = {
    "metadata": "the page's metadata",
    "url": "the address",
    "text": "the text",
    "feed": "the feed",
    "given": "the file",
}


def _shorten(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN].rsplit(" ", 1)[0] + " …"
