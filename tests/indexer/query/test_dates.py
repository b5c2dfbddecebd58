"""What may stand behind ``date:``."""

from __future__ import annotations

from datetime import date

import pytest

from indexer.query.dates import parse_date_condition
from indexer.query.nodes import DateUnknown, DateWithin


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2008", date(2008, 1, 1), date(2008, 12, 31)),
        ("2008-02", date(2008, 2, 1), date(2008, 2, 29)),
        ("2008-11-05", date(2008, 11, 5), date(2008, 11, 5)),
        ("2007..2010", date(2007, 1, 1), date(2010, 12, 31)),
        ("2007-03..2007-03-05", date(2007, 3, 1), date(2007, 3, 5)),
        ("2007..", date(2007, 1, 1), None),
        ("..2010-02", None, date(2010, 2, 28)),
        (">=2008-11-05", date(2008, 11, 5), None),
        ("<=2008", None, date(2008, 12, 31)),
        (">2008", date(2009, 1, 1), None),
        ("<2008-03", None, date(2008, 2, 29)),
    ],
)
def test_a_condition_is_an_interval_with_both_ends(text: str, first: date | None, last: date | None) -> None:
    assert parse_date_condition(text) == DateWithin(first, last)


@pytest.mark.parametrize("text", ["unknown", "Unknown"])
def test_unknown_asks_for_the_undated(text: str) -> None:
    assert parse_date_condition(text) == DateUnknown()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("..", "write date:2008"),
        ("2008-13", "not a day of the calendar"),
        ("2007-02-29", "not a day of the calendar"),
        ("0000", "not a day of the calendar"),
        ("yesterday", "is not a date"),
        ("05.11.2008", "is not a date"),
        ("٢٠٠٨", "is not a date"),
        ("2010..2008", "2010 is after 2008"),
        ("<0001", "nothing lies beyond"),
        (">9999", "nothing lies beyond"),
        (">=", "is not a date"),
    ],
)
def test_a_mistake_is_told(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse_date_condition(text)
