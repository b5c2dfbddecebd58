"""Sitemaps of every kind, and what is none."""

from __future__ import annotations

import gzip

import pytest

from crawler.discovery import sitemaps
from crawler.discovery.sitemaps import Location, read_sitemap
from crawler.errors import DiscoveryError
from tests.site.pages import Site

URL = "http://127.0.0.1:1/sitemap.xml"


@pytest.fixture(scope="module")
def resources():
    return Site(3).build("http://127.0.0.1:1").resources


def test_an_index_names_sitemaps(resources):
    found = read_sitemap(resources["/sitemap.xml"].body, URL)
    assert found.sitemaps == (Location("http://127.0.0.1:1/sitemap-0.xml.gz"),)
    assert found.pages == ()


def test_a_gzipped_sitemap_names_pages_with_their_lastmod(resources):
    found = read_sitemap(resources["/sitemap-0.xml.gz"].body, URL + ".gz")
    assert found.pages[0] == Location("http://127.0.0.1:1/news/0.html", "2024-06-30")
    assert len(found.pages) == 3


def test_a_text_sitemap_names_pages(resources):
    assert len(read_sitemap(resources["/sitemap.txt"].body, "http://127.0.0.1:1/sitemap.txt").pages) == 3


def test_a_robots_txt_names_sitemaps(resources):
    found = read_sitemap(resources["/robots.txt"].body, "http://127.0.0.1:1/robots.txt")
    assert found.sitemaps == (Location("http://127.0.0.1:1/sitemap.xml"),)


def test_addresses_that_are_not_of_the_web_are_left_out():
    body = b"<urlset><url><loc>ftp://h/x</loc></url><url><loc> https://h/y </loc></url></urlset>"
    assert read_sitemap(body, URL).pages == (Location("https://h/y"),)


def test_a_sitemap_that_is_cut_off_gives_what_is_whole(resources):
    body = gzip.decompress(resources["/sitemap-0.xml.gz"].body)
    assert 0 < len(read_sitemap(body[: len(body) // 2], URL).pages) < 3


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<html><body>Not here</body></html>", "its root is <html>"),
        (b"not here", "neither XML nor"),
        (b"", "neither XML nor"),
        (b"<", "not a sound sitemap"),
        (b"\x1f\x8b\x08broken", "not a sound gzip file"),
    ],
)
def test_what_is_no_sitemap_is_said(body, reason):
    with pytest.raises(DiscoveryError, match=reason):
        read_sitemap(body, URL)


def test_a_bomb_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(sitemaps, "MAX_UNPACKED", 1000)
    with pytest.raises(DiscoveryError, match="more than 1,000 bytes"):
        read_sitemap(gzip.compress(b" " * 100_000), URL)


def test_the_number_of_addresses_is_bounded(monkeypatch):
    monkeypatch.setattr(sitemaps, "MAX_LOCATIONS", 2)
    body = b"<urlset>" + b"<url><loc>http://h/</loc></url>" * 5 + b"</urlset>"
    assert len(read_sitemap(body, URL).pages) == 2


def test_entities_are_not_resolved(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("http://h/secret")
    body = f'<!DOCTYPE u [<!ENTITY x SYSTEM "{secret.as_uri()}">]><urlset><url><loc>&x;</loc></url></urlset>'
    assert read_sitemap(body.encode(), URL).pages == ()
