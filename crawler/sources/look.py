"""Looking at a site: its feeds, its sitemaps, its links, what it calls itself. A dozen requests at most."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from crawler.errors import DiscoveryError, FetchError
from crawler.foreign import joined

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

    from crawler.discovery.feeds import Entry
    from crawler.fetch import Fetcher, Response

MAX_FEEDS = 3
"""Feeds that are tried: the first ones that a page names are the general ones."""
MAX_SITEMAPS = 4
"""Files of sitemaps that are read: an index and enough of what it names to see the shapes of addresses."""
COMMON_FEEDS = ("/rss.xml", "/feed/", "/feed.xml", "/atom.xml")
"""Where feeds are when no page names them: Drupal, WordPress, Jekyll and Hugo, Movable Type."""
_FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json", "application/json"})
_HTML = frozenset({"text/html", "application/xhtml+xml"})


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed with entries that lead to pages."""

    url: str
    title: str | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class FoundSitemaps:
    """``files`` are those to configure; ``pages`` a part of what they name."""

    files: tuple[str, ...]
    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """What was found. ``title`` is what the site calls itself; ``links`` are those of the page, to its own host."""

    url: str
    title: str | None
    language: str | None
    feeds: tuple[FoundFeed, ...]
    sitemaps: FoundSitemaps | None
    links: tuple[str, ...]


def look(fetcher: Fetcher, url: str) -> Look:
    """Look at the page, feed or sitemap at ``url``; raises :class:`FetchError` where it can't be fetched."""
    page = fetcher.get(url)
    if feed := _as_feed(page):
        return Look(page.url, feed.title, None, (feed,), None, ())
    if sitemaps := _as_sitemap(fetcher, page):
        return Look(page.url, None, None, (), sitemaps, ())
    if page.media_type not in _HTML:
        raise FetchError(url, f"of type {page.media_type}: name a web page, a feed or a sitemap")
    soup = _soup(page)
    feeds = tuple(_feeds(fetcher, page, soup))
    sitemaps = None if feeds else _sitemaps(fetcher, page)
    return Look(page.url, _site_name(soup), _language(soup), feeds, sitemaps, _links(page))


def _soup(page: Response) -> BeautifulSoup:
    from bs4 import BeautifulSoup

    return BeautifulSoup(page.body, "lxml", from_encoding=page.charset)


def _links(page: Response) -> tuple[str, ...]:
    from crawler.discovery.links import read_links

    host = urlsplit(page.url).netloc
    return tuple(
        link.url for link in read_links(page.body, page.url, page.charset) if urlsplit(link.url).netloc == host
    )


def _site_name(soup: BeautifulSoup) -> str | None:
    meta = soup.select_one('meta[property="og:site_name"]')
    named = str(meta.get("content") or "") if meta else ""
    title = soup.title.get_text() if soup.title else ""
    return " ".join((named or title).split()) or None


def _language(soup: BeautifulSoup) -> str | None:
    from crawler.checks import is_language

    said = str(soup.html.get("lang") or "") if soup.html else ""
    code = said.strip().lower().replace("_", "-").partition("-")[0]
    return code if is_language(code) else None


def _feeds(fetcher: Fetcher, page: Response, soup: BeautifulSoup) -> Iterator[FoundFeed]:
    named = list(dict.fromkeys(_named_feeds(soup, page.url)))[:MAX_FEEDS]
    for url in named or [urljoin(page.url, path) for path in COMMON_FEEDS]:
        found = _try(fetcher, url)
        if found and (feed := _as_feed(found)):
            yield feed
            if not named:
                return


def _named_feeds(soup: BeautifulSoup, base: str) -> Iterator[str]:
    """The feeds that a page names, without those of comments."""
    for link in soup.find_all("link", rel="alternate", href=True):
        if str(link.get("type") or "").lower() in _FEED_TYPES and "comment" not in str(link["href"]):
            yield from filter(None, [joined(base, str(link["href"]))])
    for link in soup.find_all("a", href=True):
        address = joined(base, str(link["href"]))
        path = urlsplit(address).path.lower() if address else ""
        if address and path.endswith(
            (".rss", "/rss", "rss.xml", "atom.xml", "feed.xml", "/feed", "/feed/", ".atom", "feed.json")
        ):
            yield address


def _as_feed(page: Response) -> FoundFeed | None:
    from crawler.discovery.feeds import read_feed

    if page.media_type in _HTML:
        return None
    try:
        feed = read_feed(page.body, page.url, page.headers.get("content-type"))
    except DiscoveryError:
        return None
    entries = tuple(entry for entry in feed.entries if entry.link)
    return FoundFeed(page.url, feed.title, entries) if entries else None


def _sitemaps(fetcher: Fetcher, page: Response) -> FoundSitemaps | None:
    named = [url for url in fetcher.robots(page.url).sitemaps if url.startswith(("http://", "https://"))]
    files: list[str] = []
    pages: list[str] = []
    for url in (named or [urljoin(page.url, "/sitemap.xml")])[:MAX_SITEMAPS]:
        answer = _try(fetcher, url)
        found = _as_sitemap(fetcher, answer) if answer else None
        if found:
            files += found.files
            pages += found.pages
    return FoundSitemaps(tuple(files), tuple(dict.fromkeys(pages))) if pages else None


def _as_sitemap(fetcher: Fetcher, page: Response) -> FoundSitemaps | None:
    from crawler.discovery.sitemaps import read_sitemap

    if page.media_type in _HTML:
        return None
    try:
        found = read_sitemap(page.body, page.url)
        inner = found.sitemaps
        pages = [location.url for location in found.pages]
        for location in inner[: MAX_SITEMAPS - 1]:
            if answer := _try(fetcher, location.url):
                pages += [each.url for each in read_sitemap(answer.body, answer.url).pages]
    except DiscoveryError:
        return None
    return FoundSitemaps((page.url,), tuple(pages)) if pages else None


def _try(fetcher: Fetcher, url: str) -> Response | None:
    try:
        return fetcher.get(url)
    except FetchError:
        return None
