"""Whether a value of ``config.toml`` can be used: a check returns it as it is, or raises ``ValueError`` with a reason.

Reasons are for the person who wrote the file. They never repeat an address that has a password in it.
"""

from __future__ import annotations

import re
import warnings
from datetime import datetime
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

LOCAL = "local"
"""The built-in source of documents that were loaded by hand and belong to no configured source."""

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,3}", re.ASCII)
_DOMAIN = re.compile(r"[a-z0-9][a-z0-9-]*(?:/[a-z0-9][a-z0-9-]*)*", re.ASCII)
_MAIL = re.compile(r"[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>()]+")
_PRODUCT = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+(?:/[!#$%&'*+.^_`|~0-9A-Za-z-]+)?")
"""``product`` of RFC 9110, section 10.1.5."""
_DAY = datetime(2008, 11, 5, 13, 7, 9)
"""A day that no two parts of a date format read alike."""
_YEARS = ("%Y", "%y", "%G", "%x", "%c")

T = TypeVar("T")


def is_slug(name: str) -> bool:
    """Whether ``name`` can name a source: small letters, digits and hyphens, not starting with a hyphen."""
    return _SLUG.fullmatch(name) is not None


def is_language(code: str) -> bool:
    """Whether ``code`` has the form of an ISO 639 code: two or three small letters."""
    return _LANGUAGE.fullmatch(code) is not None


def name(value: str) -> str:
    """The name of a source."""
    if not is_slug(value):
        raise ValueError('write a short name of small letters, digits and hyphens, such as "un-general-debate"')
    if value == LOCAL:
        raise ValueError(f'"{LOCAL}" is built in, for documents loaded by hand: choose another name')
    return value


def language(value: str) -> str:
    """An ISO 639 code."""
    if not is_language(value):
        raise ValueError(f'"{value}" is not a language code: write two small letters, such as "en" (ISO 639-1)')
    return value


def url(value: str) -> str:
    """A web address: http or https, with a host, without a user's name or password."""
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise ValueError("is not a web address: its host or port can't be read") from None
    if parts.username is not None or parts.password is not None:
        raise ValueError("has a user's name or password in it: take it out, they are never sent")
    if parts.scheme not in ("https", "http") or not value.startswith(("https://", "http://")):
        raise ValueError(f'"{value}" is not a web address: it starts with https:// or http://')
    if not host or any(char.isspace() or not char.isprintable() for char in value):
        raise ValueError(f'"{value}" is not a web address: write one such as https://www.example.org/news')
    return value


def contact(value: str) -> str:
    """Where a site's keeper can reach whoever crawls: a mail address or a web address."""
    if _MAIL.fullmatch(value.removeprefix("mailto:")):
        return value
    try:
        return url(value)
    except ValueError:
        raise ValueError("write a mail address or a web address at which whoever crawls can be reached") from None


def user_agent(value: str) -> str:
    """A name of a program for the User-Agent, which robots.txt files address it by."""
    if not _PRODUCT.fullmatch(value):
        raise ValueError('write one word, such as "Concord" or "Concord/1.0": the contact is put behind it')
    return value


def path(value: Path) -> Path:
    """A file or folder; it need not be there."""
    if value == Path():
        raise ValueError("names no file or folder")
    return value


def selector(value: str) -> str:
    """A CSS selector."""
    import soupsieve  # slow to import, and most config files have no selector

    try:
        soupsieve.compile(value)
    except soupsieve.SelectorSyntaxError as error:
        raise ValueError(f'"{value}" is not a CSS selector: {str(error).splitlines()[0]}') from None
    return value


def pattern(value: str) -> str:
    """A regular expression that doesn't find everything."""
    if not value:
        raise ValueError("is empty, and would be found in every address")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # of sets that a later Python may read otherwise
            re.compile(value)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f'"{value}" is not a regular expression: {error}') from None
    return value


def date_format(value: str) -> str:
    """A format of ``strptime`` that says at least the year."""
    if not any(sign in value.replace("%%", "") for sign in _YEARS):
        raise ValueError(f'"{value}" says no year: write it as strptime does, such as "%d/%m/%Y" for 05/11/2008')
    try:
        read = datetime.strptime(_DAY.strftime(value), value)
    except ValueError as error:
        raise ValueError(f'"{value}" is not a date format of strptime: {error}') from None
    if read.year != _DAY.year:
        raise ValueError(f'"{value}" does not say which year: write it as strptime does, such as "%d/%m/%Y"')
    return value


def domain(value: str) -> str:
    """The id of a cooperation domain, by its form: which ones there are is not known before indexing."""
    if not _DOMAIN.fullmatch(value):
        raise ValueError(f'"{value}" is no domain\'s id: \'concord domains list\' shows them, such as "judicial"')
    return value


def some(value: tuple[T, ...]) -> tuple[T, ...]:
    """A list that isn't empty."""
    if not value:
        raise ValueError("name at least one")
    return value
