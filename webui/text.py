"""Small things that every page needs: safe marks, safe links, dates in words, the language of a text."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from crawler import PublicationDate

_MARK = re.compile(r"(</?mark>)")
_ENTITY = re.compile(r"&amp;((?:[a-zA-Z]{2,8}|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")
_DOTS = re.compile(r"\A… | …\Z")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def marked(html: str) -> Markup:
    """An ``html`` field of the results as safe markup.

    These fields come escaped, but for ``<mark>`` and ``</mark>``. A page is the last place to hold that promise to be
    true: any other tag that slipped in is shown as text.
    """
    parts = _MARK.split(html)
    safe = [part if index % 2 else _ENTITY.sub(r"&\1", str(escape(part))) for index, part in enumerate(parts)]
    return Markup("".join(safe))  # noqa: S704 - every part between the marks was escaped in the line above


def tied(html: str) -> str:
    """A snippet whose dots stay on the line of the word that they stand beside."""
    return _DOTS.sub(lambda dots: dots[0].replace(" ", "\N{NO-BREAK SPACE}"), html)


def external_link(url: str | None) -> str | None:
    """``url`` where it is safe to link to (``http`` or ``https``, with a host), else ``None``."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.netloc else None


def date_in_words(text: str | None) -> str:
    """``2008-11-05`` → ``5 November 2008``, ``2008-11`` → ``November 2008``; no date → ``undated``."""
    if not text:
        return "undated"
    try:
        date = PublicationDate.parse(text)
    except ValueError:
        return text
    words = {"day": f"{date.first.day} ", "month": "", "year": ""}[date.precision]
    month = "" if date.precision == "year" else f"{_MONTHS[date.first.month - 1]} "
    return f"{words}{month}{date.first.year}"


def language_attributes(language: str | None) -> Markup:
    """``lang`` and ``dir`` for the tag around a text; not knowing the language, the browser judges by the letters."""
    if not language or language == "und" or not _LANGUAGE.fullmatch(language):
        return Markup('dir="auto"')
    direction = "rtl" if language in _RIGHT_TO_LEFT else "ltr"
    return Markup('lang="{}" dir="{}"').format(language, direction)


def counted(number: int, one: str, many: str | None = None) -> str:
    """``1 document``, ``1,204 documents``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def readable_id(domain: str) -> str:
    """A domain's id as words, for one whose name isn't at hand: ``judicial/law-enforcement`` → ``Law enforcement``."""
    return domain.rsplit("/", 1)[-1].replace("-", " ").replace("_", " ").capitalize()
