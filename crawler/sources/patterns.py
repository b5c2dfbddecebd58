r"""Learning from many addresses which of them are documents: those that many others look like.

An address is turned into its shape: numbers become ``\d+`` (``\d{4}``, ``\d{8}`` where they read as dates), headlines
become ``[^/?]*-[^/?]+``, everything else stays. Shapes that few addresses have are lists and menus.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

FEWEST = 3
"""Addresses of one shape: two alike are chance, three are a habit."""
MOST = 4
"""Patterns for one source: a site with more kinds of pages is better served by someone who looks at it."""
SHARE = 0.2
"""A further shape must have this share of what the first one has."""
_HEADLINE_WORDS = 4
"""Words with hyphens between them, in an address that ends in a headline; menus have fewer."""
_HEADLINE_LENGTH = 24
"""Characters of a single segment that no menu has."""

_DATED, _NUMBERED, _NAMED = 3.0, 1.5, 1.0
"""How sure a date, a number, a headline in the address make that it is a document."""

_DAY = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_MONTH = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_HASH = re.compile(r"[0-9a-f]{24,64}", re.ASCII)
_SEPARATED_DAY = re.compile(r"(?:19|20)\d{2}[-_/](?:0?[1-9]|1[0-2])(?:[-_/](?:0?[1-9]|[12]\d|3[01]))?(?!\d)")
_PAGING = re.compile(r"(?:page|pag|p|start|offset|index|list|seite|pagina)[=_/-]?\d{1,4}(?:\D|$)", re.IGNORECASE)
_UNLIKELY = re.compile(
    r"/(?:tags?|category|categories|categoria|author|autor|search|login|user|node/add)(?:/|$)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Shape:
    """A pattern, how many of the addresses have it, and how sure it is that they are documents."""

    pattern: str
    count: int
    weight: float

    @property
    def score(self) -> float:
        """What shapes are ranked by."""
        return self.count * self.weight


def learn(addresses: Iterable[str], *, below: str = "/") -> tuple[str, ...]:
    """Patterns of the addresses that look like documents, most of them first; empty where none do.

    ``below``: where paths with this beginning have a shape at all, only those count.
    """
    unique = dict.fromkeys(addresses)
    inside = [address for address in unique if urlsplit(address).path.startswith(below)]
    shapes = _shapes(inside) or _shapes(list(unique))
    if not shapes:
        return ()
    return tuple(shape.pattern for shape in shapes[:MOST] if shape.score >= SHARE * shapes[0].score)


def _shapes(addresses: list[str]) -> list[Shape]:
    groups: dict[str, list[str]] = defaultdict(list)
    for address in addresses:
        if pattern := _pattern(address):
            groups[pattern].append(address)
    shapes = [Shape(pattern, len(group), _weight(group[0])) for pattern, group in groups.items()]
    return sorted((shape for shape in shapes if shape.count >= FEWEST), key=lambda shape: (-shape.score, shape.pattern))


def _pattern(address: str) -> str | None:
    """The shape of an address; ``None`` where nothing in it varies, or where it is the next page of a list."""
    parts = urlsplit(address)
    if _UNLIKELY.search(parts.path) or _PAGING.search(parts.path.rpartition("/")[2] + "?" + parts.query):
        return None
    *folders, last = parts.path.split("/")
    ending = _query(parts.query)
    if not last and folders:
        *folders, last = folders
        ending = "/" + ending
    shaped = [_segment(folder) for folder in folders] + [_segment(last)]
    if shaped == [_escape(part) for part in (*folders, last)] and not _varies(parts.query):
        return None
    return "/".join(shaped) + ending + "$"


def _segment(segment: str) -> str:
    stem, dot, extension = segment.rpartition(".")
    if not dot or not extension.isalnum() or extension.isdigit():
        stem, dot, extension = segment, "", ""
    end = _escape(dot + extension)
    if _is_headline(stem):
        return (r"[^/?]*-[^/?]+" if "-" in stem else r"[^/?]+") + end
    if _HASH.fullmatch(stem):
        return rf"[0-9a-f]{{{len(stem)}}}" + end
    return "".join(_number(part) if part.isdigit() else _escape(part) for part in re.split(r"(\d+)", stem)) + end


def _is_headline(stem: str) -> bool:
    letters = sum(char.isalpha() or char == "%" for char in stem)
    words = re.split(r"[-_]", stem)
    return letters > len(stem) / 2 and (
        (len(words) >= _HEADLINE_WORDS) or (len(words) > 1 and len(stem) >= _HEADLINE_LENGTH)
    )


def _number(digits: str) -> str:
    dated = _DAY.fullmatch(digits) or _MONTH.fullmatch(digits) or _YEAR.fullmatch(digits)
    return rf"\d{{{len(digits)}}}" if dated or len(digits) == 2 else r"\d+"


def _escape(text: str) -> str:
    """As ``re.escape``, but only what has a meaning: people read these patterns, and hyphens are everywhere."""
    return re.sub(r"[.^$*+?{}\[\]\\|()]", r"\\\g<0>", text)


def _varies(query: str) -> bool:
    return any(char.isdigit() for char in query)


def _query(query: str) -> str:
    return r"\?" + re.sub(r"\d+", lambda _: r"\d+", _escape(query)) if query else ""


def _weight(address: str) -> float:
    path = urlsplit(address).path
    numbers = re.findall(r"\d+", path)
    if _SEPARATED_DAY.search(path) or any(_DAY.fullmatch(each) or _MONTH.fullmatch(each) for each in numbers):
        return _DATED
    return _NUMBERED if any(len(each) >= 3 for each in re.findall(r"\d+", address)) else _NAMED
