"""What is found on a site: feeds, sitemaps, links, its name."""

from __future__ import annotations

import gzip

import pytest

from crawler import FetchError
from crawler.sources.look import look
from tests.crawler.sources.ministry import ministry, statement


def test_a_page_names_its_feeds(site, fetcher):
    found = look(fetcher, ministry(site, feed=True))
    (feed,) = found.feeds
    assert (feed.url, feed.title, len(feed.entries)) == (f"{site.url}/news/rss.xml", "Ministry of Examples", 4)


def test_a_feed_is_found_where_feeds_usually_are(site, fetcher):
    page = ministry(site)
    entry = "<item><title>A</title><link>http://a.example/a</link></item>"
    site.page("/feed/", f'<rss version="2.0"><channel>{entry}</channel></rss>'.encode(), Content_Type="text/xml")
    assert [feed.url for feed in look(fetcher, page).feeds] == [f"{site.url}/feed/"]


def test_a_feed_without_entries_is_none(site, fetcher):
    page = ministry(site)
    site.page("/rss.xml", b'<rss version="2.0"><channel></channel></rss>', Content_Type="text/xml")
    assert look(fetcher, page).feeds == ()


def test_a_feed_of_comments_is_passed_over(site, fetcher):
    head = '<link rel="alternate" type="application/rss+xml" href="/comments/feed/">'
    assert look(fetcher, site.page("/", f"<html><head>{head}</head></html>".encode())).feeds == ()
    assert "/comments/feed/" not in site.asked


def test_the_address_of_a_feed_is_a_feed(site, fetcher):
    ministry(site, feed=True)
    assert [feed.url for feed in look(fetcher, f"{site.url}/news/rss.xml").feeds] == [f"{site.url}/news/rss.xml"]


def test_robots_txt_names_sitemaps(site, fetcher):
    found = look(fetcher, ministry(site, sitemap=True)).sitemaps
    assert found is not None
    assert found.files == (f"{site.url}/map.xml",)
    assert f"{site.url}{statement(0)}" in found.pages


def test_a_sitemap_is_found_where_sitemaps_usually_are(site, fetcher):
    page = ministry(site)
    inner = f"<urlset><url><loc>{site.url}/a</loc></url></urlset>"
    site.page("/1.xml.gz", gzip.compress(inner.encode()), Content_Type="application/gzip")
    index = f"<sitemapindex><sitemap><loc>{site.url}/1.xml.gz</loc></sitemap></sitemapindex>"
    site.page("/sitemap.xml", index.encode(), Content_Type="text/xml")
    found = look(fetcher, page).sitemaps
    assert found is not None
    assert (found.files, found.pages) == ((f"{site.url}/sitemap.xml",), (f"{site.url}/a",))


def test_a_site_tells_its_name_and_language(site, fetcher):
    found = look(fetcher, ministry(site))
    assert (found.title, found.language) == ("Ministry of Examples", "en")


def test_links_to_other_hosts_are_left_out(site, fetcher):
    page = site.page("/", b'<a href="/a">a</a><a href="https://www.example.org/b">b</a>')
    assert look(fetcher, page).links == (f"{site.url}/a",)


def test_what_is_no_page_is_told(site, fetcher):
    with pytest.raises(FetchError, match="of type image/png: name a web page, a feed or a sitemap"):
        look(fetcher, site.page("/a.png", b"x", Content_Type="image/png"))


def test_looking_takes_few_requests(site, fetcher):
    look(fetcher, ministry(site))
    assert len(site.asked) <= 8
