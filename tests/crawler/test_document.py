"""Dates of publication."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import DatePrecision, PublicationDate


@pytest.mark.parametrize(
    ("text", "precision", "first", "last"),
    [
        ("2008", "year", date(2008, 1, 1), date(2008, 12, 31)),
        ("2008-02", "month", date(2008, 2, 1), date(2008, 2, 29)),
        ("2008-12", "month", date(2008, 12, 1), date(2008, 12, 31)),
        ("2008-11-05", "day", date(2008, 11, 5), date(2008, 11, 5)),
    ],
)
def test_a_date_covers_what_its_precision_leaves_open(text, precision, first, last):
    found = PublicationDate.parse(text)
    assert (found.precision, found.first, found.last) == (precision, first, last)


@pytest.mark.parametrize("text", ["", "08", "2008-1", "2008-11-5", "2008-11-05T00:00", " 2008", "2008\n", "٢٠٠٨"])
def test_another_form_is_no_date(text):
    with pytest.raises(ValueError, match="is not a date: write 2008"):
        PublicationDate.parse(text)


@pytest.mark.parametrize("text", ["2008-13", "2007-02-29", "0000"])
def test_a_day_of_no_calendar_is_told(text):
    with pytest.raises(ValueError, match="not a day of the calendar"):
        PublicationDate.parse(text)


@given(st.dates(), st.sampled_from([4, 7, 10]))
def test_what_is_read_is_written_the_same(day, length):
    text = day.isoformat()[:length]
    found = PublicationDate.parse(text)
    assert str(found) == text
    assert found.first <= found.last
    assert isinstance(found.precision, DatePrecision)
