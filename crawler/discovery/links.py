"""The links of an HTML page, in the order of the page, with those that lead to the next page of a list marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from scrapy.linkextractors import IGNORED_EXTENSIONS

from crawler.foreign import joined

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_LINKS = 5_000
"""Of one page: lists of a whole archive have a few thousand."""
MAX_LENGTH = 2_000
"""Of an address; longer ones are traps or session data (Scrapy draws the line at 2,083)."""

_READABLE = {"pdf", "docx"}
_UNREADABLE = frozenset(IGNORED_EXTENSIONS) - _READABLE


@dataclass(frozen=True, slots=True)
class Link:
    """An absolute address without fragment; ``onward``: the page says that the list goes on there (rel="next")."""

    url: str
    onward: bool = False


def read_links(body: bytes, url: str, charset: str | None = None) -> tuple[Link, ...]:
    """Each address once. Links marked nofollow and those to pictures, archives and the like are left out."""
    from lxml.etree import HTMLParser, LxmlError, fromstring

    try:
        root = fromstring(body, HTMLParser(encoding=charset, recover=True, remove_comments=True, remove_pis=True))
    except (LxmlError, LookupError, ValueError):
        return ()
    if root is None:
        return ()
    found: dict[str, Link] = {}
    for link in _links(root, url):
        if link.url not in found or link.onward:
            found[link.url] = link
        if len(found) >= MAX_LINKS:
            break
    return tuple(found.values())


def _links(root: _Element, url: str) -> Iterator[Link]:
    base = next((joined(url, each.get("href", "")) for each in root.iter("base") if each.get("href")), url) or url
    for element in root.iter("a", "area", "link"):
        rel = (element.get("rel") or "").lower().split()
        href = (element.get("href") or "").strip()
        onward = "next" in rel
        if not href or "nofollow" in rel or (element.tag == "link" and not onward):
            continue
        address = _absolute(base, href)
        if address and address != url:
            yield Link(address, onward)


def _absolute(base: str, href: str) -> str | None:
    try:
        address = urljoin(base, href).partition("#")[0]
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or len(address) > MAX_LENGTH:
        return None
    extension = parts.path.rpartition("/")[2].rpartition(".")
    return None if extension[0] and extension[2].lower() in _UNREADABLE else address
