"""The first pages of a source that a crawl would store: for trying it before it is crawled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from crawler.errors import ConfigError, DiscoveryError, FetchError
from crawler.source import FeedSource, FetchedSource, SitemapSource
from crawler.spider.places import Places

if TYPE_CHECKING:
    from crawler.discovery.feeds import Entry
    from crawler.fetch import Fetcher

MAX_LISTS = 6
"""Feeds, sitemaps or list pages that are read in search of pages: enough for an index, a part of it and its lists."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address that would become a document, with what the feed says of it."""

    url: str
    entry: Entry | None = None


def candidates(fetcher: Fetcher, source: FetchedSource, limit: int) -> tuple[Candidate, ...]:
    """At most ``limit`` candidates; empty where the lists name none that ``keep`` and ``skip`` let through.

    Raises :class:`ConfigError` where no list could be read, with the reason of each.
    """
    visit = _Visit(fetcher, [])
    places = Places(source)
    wanted = (each for each in _find(visit, places) if places.wants(each.url))
    found = tuple(islice(_unique(wanted), limit))
    if not found and visit.failures and visit.read == 0:
        raise ConfigError([f'source "{source.name}": {failure}' for failure in visit.failures])
    return found


@dataclass
class _Visit:
    """A walk over lists: how many were read, and why others were not."""

    fetcher: Fetcher
    failures: list[str]
    read: int = 0


def _find(visit: _Visit, places: Places) -> Iterator[Candidate]:
    source = places.source
    if isinstance(source, FeedSource):
        return _in_feeds(visit, source.feeds)
    if isinstance(source, SitemapSource):
        return _in_sitemaps(visit, list(source.sitemaps))
    return _in_site(visit, places)


def _in_feeds(visit: _Visit, feeds: tuple[str, ...]) -> Iterator[Candidate]:
    from crawler.discovery.feeds import read_feed

    for url in feeds[:MAX_LISTS]:
        try:
            page = visit.fetcher.get(url)
            feed = read_feed(page.body, page.url, page.headers.get("content-type"))
        except (FetchError, DiscoveryError) as error:
            visit.failures.append(str(error))
            continue
        visit.read += 1
        yield from (Candidate(entry.link, entry) for entry in feed.entries if entry.link)


def _in_sitemaps(visit: _Visit, waiting: list[str]) -> Iterator[Candidate]:
    from crawler.discovery.sitemaps import read_sitemap

    while waiting and visit.read + len(visit.failures) < MAX_LISTS:
        url = waiting.pop(0)
        try:
            page = visit.fetcher.get(url)
            found = read_sitemap(page.body, page.url)
        except (FetchError, DiscoveryError) as error:
            visit.failures.append(str(error))
            continue
        visit.read += 1
        # What changed last comes first: the oldest pages of a site are the least like those to come.
        newest = sorted(found.sitemaps, key=lambda each: each.lastmod or "", reverse=True)
        waiting[:0] = [each.url for each in newest]
        pages = sorted(found.pages, key=lambda each: each.lastmod or "", reverse=True)
        yield from (Candidate(each.url) for each in pages)


def _in_site(visit: _Visit, places: Places) -> Iterator[Candidate]:
    from crawler.archive.addresses import Role
    from crawler.discovery.links import read_links

    waiting = places.seeds()
    seen = {each.address for each in waiting}
    while waiting and visit.read + len(visit.failures) < MAX_LISTS:
        place = waiting.pop(0)
        try:
            page = visit.fetcher.get(place.url)
        except FetchError as error:
            visit.failures.append(str(error))
            continue
        visit.read += 1
        if place.role is Role.PAGE:
            yield Candidate(place.url)
        for link in places.linked(read_links(page.body, page.url, page.charset), place.depth):
            if link.role is Role.PAGE:
                yield Candidate(link.url)
            if link.address not in seen:
                seen.add(link.address)
                waiting.append(link)


def _unique(found: Iterator[Candidate]) -> Iterator[Candidate]:
    seen: set[str] = set()
    for each in found:
        if each.url not in seen:
            seen.add(each.url)
            yield each
