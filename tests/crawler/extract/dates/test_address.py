"""The date in an address."""

from __future__ import annotations

import pytest

from crawler import DateBasis
from crawler.extract.dates.address import date_in_address


@pytest.mark.parametrize(
    ("path", "date"),
    [
        ("/2008/11/05/talks.html", "2008-11-05"),
        ("/news/2008-11-05-talks", "2008-11-05"),
        ("/web/zyxw/t20081105_471908.shtml", "2008-11-05"),
        ("/english/2008-11/05/content_10313462.htm", "2008-11-05"),
        ("/n1/2008/1105/c1001-8301.html", "2008-11-05"),
        ("/202/20081105/doc.html", "2008-11-05"),
        ("/eng/200811/05/t1.html", "2008-11-05"),
        ("/press/2008/nov/05/talks", "2008-11-05"),
        ("/notas/5-de-noviembre-de-2008", "2008-11-05"),
        ("/2008/11/talks.html", "2008-11"),
        ("/eng/xw/200811/a.html", "2008-11"),
    ],
)
def test_a_date_in_an_address_is_read(path, date):
    found = date_in_address(f"https://www.example.gov{path}")
    assert (str(found), found.basis) == (date, DateBasis.URL)


@pytest.mark.parametrize("path", ["/", "/t471908.htm", "/2008/", "/n/20081399", "/id/120081105123", "/a-2008-b"])
def test_an_address_without_a_date_has_none(path):
    assert date_in_address(f"https://www.example.gov{path}") is None


def test_two_days_in_an_address_say_nothing():
    assert date_in_address("https://www.example.gov/2008/11/05/since-2007-03-01") is None


def test_no_address_has_no_date():
    assert date_in_address(None) is None
