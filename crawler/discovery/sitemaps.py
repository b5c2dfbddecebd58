"""Reading sitemaps (sitemaps.org 0.9), sitemap indexes, text sitemaps, and the sitemaps that a robots.txt names.

Scrapy's readers do the work; what bounds them stands here. docs/decisions/0011-sitemaps-without-gpl.md says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit

from crawler.errors import DiscoveryError

MAX_LOCATIONS = 100_000
"""Of one file; the protocol allows 50,000, and some sites take twice that."""
MAX_UNPACKED = 100_000_000
"""Bytes of one file after gunzip; the protocol allows 52,428,800."""

_GZIP = b"\x1f\x8b\x08"


@dataclass(frozen=True, slots=True)
class Location:
    """An address that a sitemap names; ``lastmod`` as it stands there."""

    url: str
    lastmod: str | None = None


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The sitemaps and the pages that one file names, each in its order."""

    sitemaps: tuple[Location, ...] = ()
    pages: tuple[Location, ...] = ()


def read_sitemap(body: bytes, url: str) -> Sitemap:
    """The sitemap, index, text sitemap or robots.txt in ``body``; raises :class:`DiscoveryError` for anything else."""
    from scrapy.utils.sitemap import sitemap_urls_from_robots

    body = _unpacked(body, url)
    if urlsplit(url).path.endswith("/robots.txt"):
        # A line at a time: one address that can't be one makes the function raise.
        lines = [line for line in body.splitlines() if b":" in line][:MAX_LOCATIONS]
        named = (found for line in lines for found in _suppressed(sitemap_urls_from_robots, line, url))
        return Sitemap(sitemaps=tuple(map(Location, named)))
    if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _read_xml(body, url)
    return _read_text(body, url)


def _suppressed(read: Callable[[bytes, str], Iterable[str]], line: bytes, url: str) -> list[str]:
    try:
        return list(read(line, url))
    except ValueError:
        return []


def _unpacked(body: bytes, url: str) -> bytes:
    if not body.startswith(_GZIP):
        return body
    from scrapy.utils.gz import gunzip

    try:
        return gunzip(body, max_size=MAX_UNPACKED)
    except ValueError:
        raise DiscoveryError(url, f"more than {MAX_UNPACKED:,} bytes when unpacked") from None
    except (OSError, EOFError):
        raise DiscoveryError(url, "not a sound gzip file") from None


def _read_xml(body: bytes, url: str) -> Sitemap:
    from lxml.etree import LxmlError
    from scrapy.utils.sitemap import Sitemap as Reader

    try:
        reader = Reader(body)
        found = tuple(
            Location(each["loc"], each.get("lastmod") or None)
            for each in islice(reader, MAX_LOCATIONS)
            if each["loc"].startswith(("http://", "https://"))
        )
    except (LxmlError, StopIteration) as error:
        raise DiscoveryError(url, f"not a sound sitemap: {error}") from None
    if reader.type == "sitemapindex":
        return Sitemap(sitemaps=found)
    if reader.type == "urlset":
        return Sitemap(pages=found)
    raise DiscoveryError(url, f"not a sitemap: its root is <{reader.type}>")


def _read_text(body: bytes, url: str) -> Sitemap:
    lines = body.decode("utf-8-sig", "replace").split()
    if not lines or not all(line.startswith(("http://", "https://")) for line in lines):
        raise DiscoveryError(url, "not a sitemap: neither XML nor a list of addresses")
    return Sitemap(pages=tuple(map(Location, lines[:MAX_LOCATIONS])))
