"""What others write malformed."""

from __future__ import annotations

import json

import pytest

from crawler.discovery.feeds import read_feed
from crawler.discovery.links import read_links
from crawler.discovery.sitemaps import read_sitemap
from crawler.foreign import joined, read_json

PAGE = "https://www.mfa.example/news/"


def test_what_can_not_be_an_address_is_none():
    assert joined(PAGE, "http://[x") is None
    assert joined(PAGE, " 1.html ") == "https://www.mfa.example/news/1.html"


def test_lone_surrogates_are_replaced():
    assert read_json('{"name": "J\\ud800 Doe", "n": 1}') == {"name": "J��� Doe", "n": 1}
    assert read_json('"\\ud83d\\ude00"') == "😀"


def test_a_base_that_is_no_address_is_disregarded():
    links = read_links(b'<base href="http://[x"><a href="1.html">1</a>', PAGE)
    assert [link.url for link in links] == ["https://www.mfa.example/news/1.html"]


def test_a_robots_txt_with_an_address_that_is_none_keeps_its_other_sitemaps():
    body = b"Sitemap: http://[x\nSitemap: https://www.mfa.example/sitemap.xml\n"
    found = read_sitemap(body, "https://www.mfa.example/robots.txt")
    assert [location.url for location in found.sitemaps] == ["https://www.mfa.example/sitemap.xml"]


def rss(published: str) -> bytes:
    item = f"<item><title>A</title><pubDate>{published}</pubDate></item>"
    return f"<rss version='2.0'><channel>{item}</channel></rss>".encode()


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("Wed, 05 Nov 2008 00:30:00 +0800", "2008-11-05"),
        ("2008-11-05", "2008-11-05"),
        ("2008", "2008"),
        ("12:00", None),
        ("0001-01-01T00:00:00Z", None),
        ("9999-12-31T23:59:59Z", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("2099-01-01", None),
    ],
)
def test_a_date_of_a_feed_is_what_is_written_there_or_unknown(written, date):
    found = read_feed(rss(written), PAGE).entries[0].date
    assert (str(found) if found else None) == date


def test_one_malformed_item_of_a_json_feed_leaves_the_others():
    items = [
        {"id": "1", "url": "http://[x", "title": "J\ud800"},
        {"id": "2", "url": "2.html", "date_published": "0001-01-01"},
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "News", "items": items}
    first, second = read_feed(json.dumps(feed).encode(), PAGE).entries
    assert (first.link, second.link, second.date) == (None, "https://www.mfa.example/news/2.html", None)
