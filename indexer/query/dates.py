"""What stands behind ``date:`` in a query."""

from __future__ import annotations

from datetime import date, timedelta

from crawler import PublicationDate
from indexer.query.nodes import DateUnknown, DateWithin

FORMS = "write date:2008, date:2008-11, date:2008-11-05, date:2007..2010, date:>=2008-11-05 or date:unknown"


def parse_date_condition(text: str) -> DateWithin | DateUnknown:
    """Read one of :data:`FORMS`; raise ``ValueError`` for anything else. Both ends of a range are included."""
    if text.lower() == "unknown":
        return DateUnknown()
    for sign in (">=", "<=", ">", "<"):
        if text.startswith(sign):
            return _compared(sign, text.removeprefix(sign))
    if ".." in text:
        first, _, last = text.partition("..")
        if not first and not last:
            raise ValueError(FORMS)
        return _range(first, last)
    return DateWithin(day_from(text), day_until(text))


def day_from(text: str) -> date:
    """The first day of ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``."""
    return PublicationDate.parse(text).first


def day_until(text: str) -> date:
    """The last day of ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``."""
    return PublicationDate.parse(text).last


def _range(first: str, last: str) -> DateWithin:
    within = DateWithin(day_from(first) if first else None, day_until(last) if last else None)
    if within.first and within.last and within.first > within.last:
        raise ValueError(f"{first} is after {last}: write the earlier date first")
    return within


def _compared(sign: str, text: str) -> DateWithin:
    if sign == ">=":
        return DateWithin(day_from(text), None)
    if sign == "<=":
        return DateWithin(None, day_until(text))
    try:
        if sign == ">":
            return DateWithin(day_until(text) + timedelta(days=1), None)
        return DateWithin(None, day_from(text) - timedelta(days=1))
    except OverflowError:
        raise ValueError(f'nothing lies beyond "{text}"') from None
