"""The date in a page's address: ``/2008/11/05/``, ``t20081105_``, ``/2008-11/05/content_``, ``/200811/05``."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import unquote, urlsplit

from crawler.document import DateBasis, DatePrecision, PublicationDate
from crawler.extract.dates.months import MONTHS, PATTERN, fold

_YEAR = r"(?P<year>(?:19[5-9]|20[0-4])\d)"
_MONTH = r"(?P<month>0?[1-9]|1[0-2])"
_TWO_MONTH = r"(?P<month>0[1-9]|1[0-2])"
_TWO_DAY = r"(?P<day>0[1-9]|[12]\d|3[01])"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])"

_DAYS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!\d){_YEAR}(?P<sep>[/_.-]){_MONTH}(?P=sep){_DAY}(?!\d)",
        rf"/{_YEAR}-{_TWO_MONTH}/{_TWO_DAY}(?!\d)",
        rf"/{_YEAR}/{_TWO_MONTH}-?{_TWO_DAY}(?!\d)",
        rf"/{_YEAR}{_TWO_MONTH}/{_TWO_DAY}(?!\d)",
        rf"(?:/|\b[a-z]{{1,4}}|[_-]){_YEAR}{_TWO_MONTH}{_TWO_DAY}(?=[_/.?-]|t\d|$)",
        rf"(?<!\d){_YEAR}[/-](?P<name>{PATTERN})[/-]{_DAY}(?!\d)",
        rf"(?<!\d){_DAY}-(?:de-)?(?P<name>{PATTERN})-(?:de-)?{_YEAR}(?!\d)",
        rf"(?<![a-z])(?P<name>{PATTERN})-{_DAY}-{_YEAR}(?!\d)",
    )
)
_MONTHS = tuple(
    re.compile(pattern)
    for pattern in (rf"/{_YEAR}[/-]?{_TWO_MONTH}(?=/|$)", rf"/{_YEAR}[/-](?P<name>{PATTERN})(?=/|$)")
)


def date_in_address(url: str | None) -> PublicationDate | None:
    """The day that stands in an address, or just its month; ``None`` if there is none or they contradict each other."""
    if not url:
        return None
    parts = urlsplit(url)
    path = fold(unquote(f"{parts.path}?{parts.query}" if parts.query else parts.path))
    for patterns, precision in ((_DAYS, DatePrecision.DAY), (_MONTHS, DatePrecision.MONTH)):
        found = {first for pattern in patterns for match in pattern.finditer(path) if (first := _read(match))}
        if len(found) == 1:
            return PublicationDate(found.pop(), precision, DateBasis.URL)
        if found:
            return None
    return None


def _read(match: re.Match[str]) -> date | None:
    groups = match.groupdict()
    month = MONTHS[groups["name"]] if groups.get("name") else int(groups["month"])
    try:
        return date(int(groups["year"]), month, int(groups.get("day") or 1))
    except ValueError:
        return None
