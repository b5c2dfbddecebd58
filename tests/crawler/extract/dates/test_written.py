"""Dates as texts have them, in all the languages that policy texts come in."""

from __future__ import annotations

from datetime import date

import pytest

from crawler import DatePrecision
from crawler.extract.dates.written import find_written


@pytest.mark.parametrize(
    "text",
    [
        "2008-11-05",
        "2008-11-05T23:30:00-03:00",
        "2008/11/05 10:22",
        "2008.11.5",
        "November 5, 2008",
        "Wednesday, Nov. 5th, 2008",
        "5 November 2008",
        "5th of November 2008",
        "05-Nov-2008",
        "5 de noviembre de 2008",
        "Miércoles 05 de Noviembre del 2008",
        "5 noviembre, 2008",
        "5 de novembro de 2008",
        "5 novembre 2008",
        "5. November 2008",
        "05.11.2008",
        "5 ноября 2008 г.",  # noqa: RUF001
        "2008年11月5日",
        "2008 年 11 月 5 日",
        "２００８年１１月５日",
        "二〇〇八年十一月五日",
        "٥ نوفمبر ٢٠٠٨",  # noqa: RUF001
        "5 تشرين الثاني 2008",
        "2008년 11월 5일",
    ],
)
def test_a_day_is_read_in_every_form(text):
    (found,) = find_written(text)
    assert (found.first, found.precision, found.is_ambiguous) == (date(2008, 11, 5), DatePrecision.DAY, False)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1er mai 2008", date(2008, 5, 1)),
        ("1º de maio de 2008", date(2008, 5, 1)),
        ("14 février 2003", date(2003, 2, 14)),
        ("20. März 2008", date(2008, 3, 20)),
        ("二〇二一年三月三十一日", date(2021, 3, 31)),
        ("3 мая 2010", date(2010, 5, 3)),
        ("25/11/2008", date(2008, 11, 25)),
        ("11/25/2008", date(2008, 11, 25)),
        ("05/05/2008", date(2008, 5, 5)),
    ],
)
def test_other_days(text, day):
    (found,) = find_written(text)
    assert (found.first, found.is_ambiguous) == (day, False)


@pytest.mark.parametrize("text", ["noviembre de 2008", "November 2008", "2008年11月", "ноябрь 2008", "nov. 2008"])
def test_a_month_has_the_precision_of_a_month(text):
    (found,) = find_written(text)
    assert (found.first, found.precision) == (date(2008, 11, 1), DatePrecision.MONTH)


@pytest.mark.parametrize("text", ["05/11/2008", "5-11-2008", "05/11/08"])
def test_both_readings_of_a_numeric_date_are_told(text):
    (found,) = find_written(text)
    assert {found.first, found.other} == {date(2008, 11, 5), date(2008, 5, 11)}


@pytest.mark.parametrize(
    "text",
    ["", "no date", "2008", "version 1.2.2008.4", "31/02/2008", "2008-13-05", "SC/9490", "08-11-05", "1234"],
)
def test_what_is_no_date_is_not_found(text):
    assert find_written(text) == []


def test_the_dates_of_a_text_come_in_order_with_their_places():
    text = "Signed on 5 November 2008, in force since May 2009."
    assert [text[found.start : found.end] for found in find_written(text)] == ["5 November 2008", "May 2009"]
