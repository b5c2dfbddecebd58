"""Which addresses of a source are wanted, as what, and under which canonical address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from crawler.archive.addresses import Offer, Role
from crawler.extract.canonical import canonical, canonical_of, page_key
from crawler.source import FeedSource, SitemapSource, SiteSource

if TYPE_CHECKING:
    from crawler.archive.addresses import Task
    from crawler.discovery.links import Link
    from crawler.source import FetchedSource

REMEMBERED = 5_000
"""Addresses whose names are remembered: the menu of a site stands on each of its pages."""


def without_credentials(url: str) -> str:
    """The address without user name and password: they are neither stored nor logged."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2])) if "@" in parts.netloc else url


def host_of(url: str) -> str:
    """The host's name in small letters; empty where there is none."""
    return urlsplit(url).hostname or ""


def site_of(url: str) -> str:
    """The host without ``www.``, which most sites answer with and without."""
    return host_of(url).removeprefix("www.")


class Places:
    """The patterns of a source, compiled."""

    def __init__(self, source: FetchedSource) -> None:
        self.source = source
        self._keep = _any_of(source.keep)
        self._skip = _any_of(source.skip)
        self._follow = _any_of(source.follow) if isinstance(source, SiteSource) else None
        self._sites = {site_of(url) for url in source.start} if isinstance(source, SiteSource) else None

    def wants(self, url: str) -> bool:
        """Whether what is at ``url`` is to become a document."""
        return (self._keep is None or bool(self._keep.search(url))) and not self._skips(url)

    def _skips(self, url: str) -> bool:
        return self._skip is not None and bool(self._skip.search(url))

    def is_inside(self, url: str) -> bool:
        """Whether links may lead there: a site's links stay on its hosts."""
        return self._sites is None or site_of(url) in self._sites

    def seeds(self) -> list[Offer]:
        """What a crawl begins with."""
        match self.source:
            case FeedSource(feeds=urls):
                return [offer(url, Role.FEED) for url in urls]
            case SitemapSource(sitemaps=urls):
                return [offer(url, Role.SITEMAP) for url in urls]
            case SiteSource(start=urls):
                return [offer(url, Role.PAGE if self.wants(url) else Role.LIST) for url in urls]

    def linked(self, links: Iterable[Link], depth: int) -> Iterator[Offer]:
        """The links of a site's page at ``depth`` that are to be followed or kept; a list's next page is as near."""
        if not isinstance(self.source, SiteSource):
            return
        for link in links:
            nearness = depth if link.onward else depth + 1
            if nearness > self.source.depth or not self.is_inside(link.url) or self._skips(link.url):
                continue
            role = Role.PAGE if self.wants(link.url) else Role.LIST
            if role is Role.PAGE or self._follow is None or self._follow.search(link.url):
                yield from found(link.url, role, nearness)

    def document_address(self, task: Task, answered: str, stated: str | None) -> str:
        """The address of a page's document: what the page itself states, where that can be believed.

        Some sites state their home page, or another site's page, as the canonical address of every page.
        """
        own = self._own_address(task, answered)
        address = canonical_of(answered, without_credentials(stated)) if stated else None
        if address is None or key_of(address) == key_of(own) or not self.wants(address):
            return own
        return address if site_of(address) in (site_of(answered), site_of(task.url)) else own

    @staticmethod
    def _own_address(task: Task, answered: str) -> str:
        """A document keeps its address when its site moves from http to https, or www. comes or goes."""
        key = key_of(answered)
        for known in (task.document, task.address):
            if known and key_of(known) == key:
                return known
        return _canonical(answered)


def offer(url: str, role: Role, depth: int = 0, **more: Any) -> Offer:
    """An address to be asked for, under its canonical name; raises ``ValueError`` for what is no web address."""
    url = without_credentials(url)
    return Offer(key_of(url), _canonical(url), url, host_of(url), role, depth, **more)


@lru_cache(REMEMBERED)
def key_of(url: str) -> str:
    """What the variants of a page have in common."""
    return page_key(url)


@lru_cache(REMEMBERED)
def _canonical(url: str) -> str:
    return canonical(url)


def found(url: str, role: Role, depth: int = 0, **more: Any) -> Iterator[Offer]:
    """The same for an address that somebody else wrote: nothing where it is none."""
    with suppress(ValueError):
        yield offer(url, role, depth, **more)


def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns)) if patterns else None
