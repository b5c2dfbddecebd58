"""The records of a frontier: addresses, what is known of them, and what becomes of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What is at an address: something that names others, or a page that becomes a document."""

    FEED = "feed"
    SITEMAP = "sitemap"
    LIST = "list"
    PAGE = "page"


class State(StrEnum):
    """What became of an address when it was last asked for."""

    PENDING = "pending"
    DONE = "done"
    ABSENT = "absent"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Offer:
    """An address that was found.

    ``address`` is canonical, ``url`` the one to ask for; ``key`` is what the variants of a page (http and https, print
    views) have in common, and a source has each key once. ``hint`` changes when what is there does (a sitemap's
    lastmod, the fingerprint of a feed's entry). ``about``: what a feed says of the page.
    """

    key: str
    address: str
    url: str
    host: str
    role: Role = Role.PAGE
    depth: int = 0
    hint: str | None = None
    about: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """An address whose turn it is.

    ``etag`` and ``last_modified`` are those of the last answer, for a conditional GET; ``document`` is the address of
    the document that it showed then, ``reason`` why it showed none.
    """

    id: int
    address: str
    url: str
    host: str
    role: Role
    depth: int
    about: Mapping[str, str]
    document: str | None
    etag: str | None
    last_modified: str | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """What came of a task; ``etag`` and ``last_modified`` count only where it is done."""

    state: State
    status: int | None = None
    reason: str | None = None
    document: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    keeps_validators: bool = False


@dataclass(frozen=True, slots=True)
class Crawl:
    """One pass over a source; ``resumed`` where it goes on after an interruption. Counts are of what was asked for."""

    id: int
    resumed: bool
    pages: int
    lists: int


@dataclass(frozen=True, slots=True)
class Offered:
    """How many of the addresses offered are new, are asked for again, and are known to be unchanged unasked."""

    new: int = 0
    again: int = 0
    unchanged: int = 0
