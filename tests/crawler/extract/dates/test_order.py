"""Day or month first: decided by evidence, or not at all."""

from __future__ import annotations

import pytest

from tests.crawler.extract.dates.pages import article, date_of

DATED = "<p class='date'>05/11/2008</p>"


@pytest.mark.parametrize(
    ("url", "lang", "date"),
    [
        ("https://www.example.gob.ar/n", "es", "2008-11-05"),
        ("https://www.example.gov.uk/n", "en", "2008-11-05"),
        ("https://www.example.gov/n", "en", "2008-05-11"),
        ("https://www.example.com/n", "fr", "2008-11-05"),
        ("https://www.example.com/n", "en-US", "2008-05-11"),
        ("https://www.example.com/n", "en-GB", "2008-11-05"),
    ],
)
def test_country_and_language_decide(url, lang, date):
    assert str(date_of(article(DATED, lang=lang), url)) == date


def test_the_address_decides():
    url = "https://www.example.org/2008/11/05/talks"
    assert str(date_of(article(DATED), url)) == "2008-11-05"


def test_another_date_of_the_page_decides():
    below = "<p>Next meeting: 25/11/2009</p>"
    assert str(date_of(article(DATED, below=below), "https://www.example.org/n")) == "2008-11-05"


def test_a_twelve_hour_clock_decides():
    assert str(date_of(article("<p>05/11/2008 3:04 PM</p>"), "https://www.example.org/n")) == "2008-05-11"


def test_where_nothing_decides_only_the_year_is_told():
    found = date_of(article(DATED), "https://www.example.org/n")
    assert str(found) == "2008"
