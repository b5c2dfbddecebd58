"""Day or month first? What decides how ``05/11/2008`` is read on a page.

Nothing here guesses: where no evidence decides, only the year of such a date is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from crawler.document import DateBasis, DatePrecision, PublicationDate
from crawler.extract.dates.written import Written

_MONTH_FIRST_ENDS = frozenset({"us", "gov", "mil"})
_MONTH_FIRST_LANGUAGES = frozenset({"en-us", "en_us"})
_OPEN_ENDS = frozenset(
    {
        "com",
        "org",
        "net",
        "info",
        "int",
        "edu",
        "eu",
        "io",
        "tv",
        "co",
        "me",
        "biz",
        "news",
        "ai",
        "gov",
        "mil",
        "ca",
        "ph",
    }
)
"""Top-level domains that say nothing about the order of a date's parts (Canada and the Philippines write both)."""
_TWELVE_HOURS = re.compile(r"\s*,?\s*\d{1,2}:\d{2}(?::\d{2})?\s*[AP]M\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Order:
    """How a page writes numeric dates: ``day_first`` is ``None`` where nothing tells; ``known`` are certain days."""

    day_first: bool | None
    known: frozenset[date] = frozenset()

    def read(self, written: Written, basis: DateBasis) -> PublicationDate:
        """The date, its ambiguity resolved; just the year where it can't be."""
        if written.other is None:
            return PublicationDate(written.first, written.precision, basis)
        for reading, wrong in ((written.first, written.other), (written.other, written.first)):
            if reading in self.known and wrong not in self.known:
                return PublicationDate(reading, DatePrecision.DAY, basis)
        if self.day_first is None:
            return PublicationDate(date(written.first.year, 1, 1), DatePrecision.YEAR, basis)
        return PublicationDate(written.first if self.day_first else written.other, DatePrecision.DAY, basis)


def find_order(
    url: str | None, language: str | None, seen: Iterable[tuple[str, Written]], known: Iterable[date]
) -> Order:
    """Decide for a page. ``seen`` are the dates written on it, each with its text; ``known`` days from sure sources.

    In this order: dates on the page that can be read in one way only (``25/11/2008``), the country of the address, the
    language, a twelve-hour clock beside the date.
    """
    seen = list(seen)
    votes = {_vote(text, written) for text, written in seen} - {None}
    day_first: bool | None
    if len(votes) == 1:
        day_first = votes.pop()
    else:
        day_first = _by_address(url)
        day_first = _by_language(language) if day_first is None else day_first
        if day_first is None and any(_TWELVE_HOURS.match(text, written.end) for text, written in seen):
            day_first = False
    return Order(day_first, frozenset(known))


def _vote(text: str, written: Written) -> bool | None:
    """Whether a numeric date has its day first; ``None`` for other forms and for both readings."""
    match = re.match(r"(\d{1,2})\s?[-/]\s?(\d{1,2})\s?[-/]", text[written.start : written.end])
    if match is None or written.other is not None or int(match[1]) == int(match[2]):
        return None
    return int(match[1]) > 12


def _by_address(url: str | None) -> bool | None:
    host = urlsplit(url).hostname if url else None
    end = (host or "").rsplit(".", 1)[-1]
    if end in _MONTH_FIRST_ENDS:
        return False
    return True if len(end) >= 2 and end.isalpha() and len(end) == 2 and end not in _OPEN_ENDS else None


def _by_language(language: str | None) -> bool | None:
    code = (language or "").lower()
    if code in _MONTH_FIRST_LANGUAGES:
        return False
    return (
        True
        if (code and code.replace("_", "-").split("-")[0] != "en") or code[3:] in {"gb", "au", "nz", "ie", "in"}
        else None
    )
