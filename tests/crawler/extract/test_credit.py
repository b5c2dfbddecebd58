"""The credit line that closes an agency's text."""

from __future__ import annotations

import pytest

from crawler import DateBasis
from crawler.extract import read_credit


@pytest.mark.parametrize(
    ("line", "agency", "date"),
    [
        ("(Xinhua News Agency November 5, 2008)", "Xinhua News Agency", "2008-11-05"),
        ("(Xinhua News Agency, November 5, 2008)", "Xinhua News Agency", "2008-11-05"),
        ("(China Daily Sept. 30, 2010)", "China Daily", "2010-09-30"),
        ("(CRI Jan 1 2009).", "CRI", "2009-01-01"),
        ("(Agencia EFE 5 May 2008)", "Agencia EFE", "2008-05-05"),
    ],
)
def test_a_credit_line_gives_agency_and_day(line, agency, date):
    credit = read_credit(["The text.", line])
    assert (credit.agency, str(credit.date), credit.date.basis) == (agency, date, DateBasis.TEXT)


@pytest.mark.parametrize(
    "line",
    [
        "He left on November 5, 2008",
        "(November 5, 2008)",
        "(Xinhua News Agency February 30, 2008)",
        "(Xinhua News Agency Movember 5, 2008)",
        "(Xinhua News Agency November 2008)",
        "He left (Xinhua News Agency November 5, 2008)",
        "(Xinhua News Agency November 5, 2008) More.",
    ],
)
def test_another_line_is_no_credit(line):
    assert read_credit(["The text.", line]) is None


def test_only_the_last_paragraph_is_read():
    assert read_credit(["(Xinhua News Agency November 5, 2008)", "The text."]) is None


def test_no_paragraph_has_no_credit():
    assert read_credit([]) is None
