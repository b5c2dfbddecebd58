"""The credit line that closes an agency's text: ``(Xinhua News Agency November 5, 2008)``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crawler.document import DateBasis, DatePrecision, PublicationDate

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_CREDIT = re.compile(
    r"\((?P<agency>[^\W\d_][^()]{1,80}?),?\s+"
    r"(?:(?P<month>[A-Za-z]{3,9})\.?\s+(?P<day>\d{1,2})|(?P<day_first>\d{1,2})\s+(?P<month_last>[A-Za-z]{3,9})\.?)"
    r",?\s+(?P<year>\d{4})\)\.?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Credit:
    """Who published a text, and on which day."""

    agency: str
    date: PublicationDate


def read_credit(paragraphs: Sequence[str]) -> Credit | None:
    """What the last paragraph says if it is a credit line and nothing else; ``None`` for any other text.

    The month is written out or cut to its first letters, before or behind the day. A day that no calendar has makes the
    line no credit.
    """
    match = _CREDIT.fullmatch(paragraphs[-1]) if paragraphs else None
    if match is None:
        return None
    month = _month(match["month"] or match["month_last"])
    try:
        first = date(int(match["year"]), month, int(match["day"] or match["day_first"]))
    except ValueError:
        return None
    return Credit(match["agency"], PublicationDate(first, DatePrecision.DAY, DateBasis.TEXT))


def _month(name: str) -> int:
    """1 to 12; 0, which is in no calendar, for another word."""
    return next((number for number, month in enumerate(_MONTHS, 1) if month.startswith(name.lower())), 0)
