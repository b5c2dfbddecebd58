"""The document: what crosses the border from the crawler to the indexer."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class DatePrecision(StrEnum):
    """How much of a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class DateBasis(StrEnum):
    """Where a date was read."""

    METADATA = "metadata"
    URL = "url"
    TEXT = "text"
    FEED = "feed"
    GIVEN = "given"


_REDUCED_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class PublicationDate:
    """A calendar day, month or year of publication; never an instant, never shifted by a time zone.

    ``first`` is the first day of the interval that the precision leaves open.
    """

    first: date
    precision: DatePrecision
    basis: DateBasis

    @classmethod
    def parse(cls, text: str, basis: DateBasis = DateBasis.GIVEN) -> PublicationDate:
        """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` (ISO 8601); raise ``ValueError`` for anything else."""
        match = _REDUCED_DATE.fullmatch(text)
        if match is None:
            raise ValueError(f'"{text}" is not a date: write 2008, 2008-11 or 2008-11-05')
        year, month, day = match.groups()
        precision = DatePrecision.DAY if day else DatePrecision.MONTH if month else DatePrecision.YEAR
        try:
            first = date(int(year), int(month or 1), int(day or 1))
        except ValueError:
            raise ValueError(f'"{text}" is not a day of the calendar') from None
        return cls(first, precision, basis)

    @property
    def last(self) -> date:
        """The last day of the interval that the precision leaves open."""
        if self.precision is DatePrecision.DAY:
            return self.first
        month = 12 if self.precision is DatePrecision.YEAR else self.first.month
        return date(self.first.year, month, calendar.monthrange(self.first.year, month)[1])

    def __str__(self) -> str:
        """As ISO 8601 with just the known parts: ``2008-11-05``, ``2008-11`` or ``2008``."""
        length = {DatePrecision.DAY: 10, DatePrecision.MONTH: 7, DatePrecision.YEAR: 4}[self.precision]
        return self.first.isoformat()[:length]


@dataclass(frozen=True, slots=True)
class Document:
    """The text taken out of a capture.

    ``paragraphs`` are the passages, in order, none of them empty; the one at index i has the anchor ``p{i+1}``.
    ``language`` is an ISO 639-1 code in lower case, ``None`` where it isn't known. ``captured_at`` is in UTC.

    ``pages``: the page of a paginated original (a PDF) that each paragraph stands on; empty where there are no pages.
    ``lead``: the id of the document that this one is a near copy of, ``None`` for all others.
    """

    id: str
    source: str
    url: str | None
    title: str
    paragraphs: tuple[str, ...]
    date: PublicationDate | None
    language: str | None
    version: int
    captured_at: datetime
    author: str | None = None
    pages: tuple[int, ...] = ()
    lead: str | None = None
