"""Feeds: what feedparser reads, and what is added to it."""

from __future__ import annotations

import re
import tarfile
import warnings
from collections.abc import Iterator
from io import BytesIO

import feedparser
import pytest

from crawler.discovery.feeds import read_feed
from crawler.errors import DiscoveryError
from tests.shared import shared_data
from tests.site.pages import Site

_HEADER = re.compile(rb"^\s*Header:\s*([\w-]+):\s*(.+?)\s*$", re.MULTILINE | re.IGNORECASE)


def cases(folder: str) -> Iterator[tuple[str, bytes]]:
    archive = shared_data("feeds") / "feedparser_tests.tar.gz"
    with tarfile.open(archive) as tests:
        for member in tests:
            if member.isfile() and f"/{folder}/" in f"/{member.name}":
                file = tests.extractfile(member)
                assert file is not None
                yield member.name, file.read()


def test_each_well_formed_case_comes_out_as_feedparser_has_it():
    count = 0
    for name, body in cases("wellformed"):
        headers = {key.decode().lower(): value.decode() for key, value in _HEADER.findall(body)}
        url = headers.get("content-location", "http://127.0.0.1/feed.xml")
        try:
            feed = read_feed(body, url, headers.get("content-type"))
        except DiscoveryError:
            assert not feedparser.parse(BytesIO(body)).entries, name
            continue
        sent = {"content-location": url, **{k: v for k, v in headers.items() if k == "content-type"}}
        expected = feedparser.parse(BytesIO(body), response_headers=sent).entries
        assert len(feed.entries) == len(expected), name
        for entry, other in zip(feed.entries, expected, strict=True):
            assert (entry.title, entry.link) == (other.get("title"), other.get("link")), name
            assert_same_date(name, entry.date, other)
        count += 1
    assert count > 1000


def assert_same_date(name, date, other):
    """The day is feedparser's, but for a time zone that moved it: a day is never shifted."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        keys = [key for key in ("published", "created", "updated") if f"{key}_parsed" in other]
        parsed = next((other[f"{key}_parsed"] for key in keys if other[f"{key}_parsed"]), None)
    if parsed is None or not 1 <= parsed[0] <= 9999:
        assert date is None, name
        return
    from datetime import date as day

    moved = abs((date.first - day(*parsed[:3])).days)
    assert moved <= (31 if date.precision == "month" else 1), name


@pytest.mark.parametrize("folder", ["illformed", "encoding", "entities"])
def test_no_ill_formed_case_raises_anything_but_a_discovery_error(folder):
    for _, body in cases(folder):
        try:
            read_feed(body, "http://127.0.0.1/feed.xml", None)
        except DiscoveryError:
            continue


@pytest.fixture(scope="module")
def site():
    return Site(5).build("http://127.0.0.1:1")


@pytest.mark.parametrize("path", ["/feed.rss", "/feed.atom", "/feed.json"])
def test_each_kind_of_feed_gives_titles_links_and_the_day_as_written(site, path):
    resource = site.resources[path]
    first = read_feed(resource.body, f"http://127.0.0.1:1{path}", resource.media_type).entries[0]
    assert first.title == "Statement 0 on the ministry agreement"
    assert first.link == "http://127.0.0.1:1/news/0.html"
    assert str(first.date) == "2024-06-30", "00:30 at +08:00 is the day before in UTC"
    assert first.date.basis == "feed"


def test_a_json_feed_gives_content_and_authors(site):
    entry = read_feed(site.resources["/feed.json"].body, "http://127.0.0.1:1/feed.json").entries[0]
    assert entry.author == "Press Office"
    assert entry.content.startswith("<p>Paragraph 0 of 0")


def test_a_fingerprint_changes_with_the_entry_and_only_then(site):
    body = site.resources["/feed.rss"].body
    before = read_feed(body, "http://h/").entries
    after = read_feed(body.replace(b"Statement 1 on", b"Statement one on"), "http://h/").entries
    assert [a.fingerprint == b.fingerprint for a, b in zip(before, after, strict=True)] == [True, False, *[True] * 3]


def test_scripts_are_cleaned_out_of_content():
    body = (
        b"<rss version='2.0'><channel><item><title>t</title>"
        b"<description>&lt;p onclick='x()'&gt;hi&lt;/p&gt;&lt;script&gt;evil()&lt;/script&gt;</description>"
        b"</item></channel></rss>"
    )
    assert read_feed(body, "http://h/").entries[0].content == "<p>hi</p>"


@pytest.mark.parametrize("body", [b"", b"<html><body>no</body></html>", b"plain text", b'{"version": 3}'])
def test_what_is_no_feed_is_said(body):
    with pytest.raises(DiscoveryError, match="not a feed"):
        read_feed(body, "http://127.0.0.1/x")


@pytest.mark.parametrize("rest", [b"", b', "items": 3}', b', "items": [3, {"id": 4, "url": 5}]'])
def test_a_broken_json_feed_is_said(rest):
    with pytest.raises(DiscoveryError, match="not a sound JSON Feed"):
        read_feed(b'{"version": "https://jsonfeed.org/version/1"' + rest, "http://127.0.0.1/x")


def test_a_path_as_content_is_not_opened(tmp_path):
    (tmp_path / "feed.xml").write_text("<rss version='2.0'><channel><title>secret</title></channel></rss>")
    with pytest.raises(DiscoveryError):
        read_feed(str(tmp_path / "feed.xml").encode(), "http://127.0.0.1/x")
