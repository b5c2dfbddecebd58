"""Crawls of the local site: what is stored, and what a second crawl asks for."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.crawler.spider.conftest import feed_source, site_source, sitemap_source
from tests.site.behaviours import redirect
from tests.site.pages import Resource, article, day_of, paragraphs_of, title_of

SOURCES = {
    "site": site_source,
    "sitemap": sitemap_source,
    "robots": lambda server: sitemap_source(server, path="/robots.txt"),
    "text": lambda server: sitemap_source(server, path="/sitemap.txt"),
    "rss": feed_source,
    "atom": lambda server: feed_source(server, path="/feed.atom"),
    "json": lambda server: feed_source(server, path="/feed.json"),
}


def pages(server) -> int:
    return sum(number for path, number in server.paths().items() if re.match("/news/[0-9]", path))


@pytest.mark.parametrize("kind", SOURCES)
def test_each_kind_of_source_stores_every_page_once_with_title_text_and_date(server, concord, kind):
    concord.configure(SOURCES[kind](server))
    report = concord.crawl()
    assert (report["new"], report["failed"]) == (12, [])
    document = concord.documents()["news/7.html"]
    assert document.title == title_of(7)
    assert set(paragraphs_of(7)) <= set(document.paragraphs)
    assert document.date.first == day_of(7)
    assert {path: n for path, n in server.paths(200).items() if n > 1 and path != "/robots.txt"} == {}


@pytest.mark.parametrize("kind", ["site", "sitemap", "text", "rss"])
def test_a_second_crawl_of_an_unchanged_site_downloads_no_page(server, concord, kind):
    concord.configure(SOURCES[kind](server))
    concord.crawl()
    server.asked.clear()
    report = concord.crawl()
    assert (report["new"], report["changed"], report["unchanged"]) == (0, 0, 12)
    assert [path for path in server.paths(200) if path != "/robots.txt"] == []


@pytest.mark.parametrize("kind", ["sitemap", "rss", "json"])
def test_without_validators_hints_of_sitemaps_and_feeds_spare_the_requests(serve, concord, kind):
    server = serve(12, validators=False)
    concord.configure(SOURCES[kind](server))
    concord.crawl()
    server.asked.clear()
    assert concord.crawl()["unchanged"] == 12
    assert pages(server) == 0


def test_without_validators_or_hints_the_same_bytes_are_known_again(serve, concord):
    server = serve(12, validators=False)
    concord.configure(site_source(server))
    concord.crawl()
    assert concord.crawl()["unchanged"] == 12


def test_a_changed_page_becomes_a_new_version(server, concord):
    concord.configure(site_source(server))
    concord.crawl()
    server.site.resources["/news/3.html"] = article(3, edition=2)
    report = concord.crawl()
    assert (report["changed"], report["unchanged"]) == (1, 11)
    assert concord.documents()["news/3.html"].version == 2


def test_a_newer_lastmod_has_its_page_fetched_again(serve, concord):
    server = serve(3, validators=False)
    concord.configure(sitemap_source(server, path="/small.xml"))
    small = "<urlset>" + "".join(server.site.location(n, "2024-01-01") for n in range(3)) + "</urlset>"
    server.site.resources["/small.xml"] = Resource(small.encode(), "application/xml", validators=False)
    concord.crawl()
    newer = small.replace("2024-01-01", "2024-02-02", 1)
    server.site.resources["/small.xml"] = Resource(newer.encode(), "application/xml", validators=False)
    server.site.resources["/news/0.html"] = article(0, edition=2, validators=False)
    server.asked.clear()
    report = concord.crawl()
    assert (report["changed"], report["unchanged"], pages(server)) == (1, 2, 1)


def test_a_changed_entry_of_a_feed_has_its_page_fetched_again(serve, concord):
    server = serve(3, validators=False)
    concord.configure(feed_source(server))
    concord.crawl()
    feed = server.site.resources["/feed.rss"]
    changed = feed.body.replace(b"Statement 1 on", b"Corrected: statement 1 on")
    server.site.resources["/feed.rss"] = replace(feed, body=changed)
    server.asked.clear()
    report = concord.crawl()
    assert (report["changed"], report["unchanged"], pages(server)) == (1, 2, 1)
    assert concord.documents()["news/1.html"].title == "Corrected: statement 1 on the foreign agreement"


def test_full_asks_for_every_page_again(server, concord):
    concord.configure(sitemap_source(server))
    concord.crawl()
    server.asked.clear()
    report = concord.crawl(full=True)
    assert (report["unchanged"], pages(server)) == (12, 12)
    assert server.paths(304).total() == 0


def test_a_page_that_is_gone_is_noted_as_absent_and_kept(server, concord):
    concord.configure(site_source(server))
    concord.crawl()
    del server.site.resources["/news/4.html"]
    report = concord.crawl()
    assert report["absent"] == 1
    document = concord.documents()["news/4.html"]
    with concord.archive() as archive:
        (absence,) = archive.absences(document.id)
    assert absence.status == 404


def test_an_old_address_that_is_gone_is_no_absence_of_the_page_it_led_to(server, concord):
    text = server.site.resources["/sitemap.txt"]
    server.site.resources["/sitemap.txt"] = replace(text, body=f"{server.base}/news/99.html\n".encode() + text.body)
    server.behaviours["/news/99.html"] = redirect("/news/4.html")
    concord.configure(sitemap_source(server, path="/sitemap.txt"))
    concord.crawl()
    del server.behaviours["/news/99.html"]
    report = concord.crawl()
    assert (report["absent"], server.paths(404)["/news/99.html"]) == (0, 1)
    with concord.archive() as archive:
        assert archive.absences(concord.documents()["news/4.html"].id) == ()


def test_a_page_that_its_sitemap_names_no_more_is_looked_at_again(server, concord):
    concord.configure(sitemap_source(server, path="/sitemap.txt"))
    concord.crawl()
    text = server.site.resources["/sitemap.txt"]
    kept = b"\n".join(line for line in text.body.splitlines() if b"/5.html" not in line)
    server.site.resources["/sitemap.txt"] = replace(text, body=kept)
    del server.site.resources["/news/5.html"]
    assert concord.crawl()["absent"] == 1


def test_a_feed_with_full_content_needs_no_pages(server, concord):
    concord.configure(feed_source(server, "full_content = true", path="/feed.json"))
    report = concord.crawl()
    assert (report["new"], pages(server)) == (12, 0)
    document = concord.documents()["news/2.html"]
    assert (document.title, document.author) == (title_of(2), "Press Office")
    assert document.paragraphs == tuple(paragraphs_of(2))
    assert (document.date.first, document.date.basis) == (day_of(2), "feed")


def test_a_feed_gives_its_pages_date_and_author(server, concord):
    concord.configure(feed_source(server, path="/feed.atom"))
    concord.crawl()
    document = concord.documents()["news/2.html"]
    assert (document.author, document.date.first, document.date.basis) == ("Press Office", day_of(2), "feed")


def test_variants_of_a_page_are_one_document(server, concord):
    names = ["/news/0.html", "/news/0.html?utm_source=x", "/news/0.html#top", "/print.html"]
    links = "".join(f'<a href="{name}">x</a>' for name in names)
    server.site.resources["/"] = Resource(f"<html><body>{links}</body></html>".encode())
    server.site.resources["/print.html"] = article(0)
    source = site_source(server).replace('keep = ["/news/[0-9]+"]', 'keep = ["html"]')
    concord.configure(source + "depth = 1")
    report = concord.crawl()
    assert (report["new"], list(concord.documents())) == (1, ["news/0.html"])


def test_max_pages_stops_and_the_next_crawl_goes_on(server, concord):
    concord.configure(site_source(server))
    first = concord.crawl(max_pages=5)
    assert (first["new"], pages(server)) == (5, 5)
    assert "max_pages reached" in first["ended"]
    assert concord.crawl()["new"] == 7


def test_depth_bounds_the_links_followed_but_not_the_pages_of_a_list(serve, concord):
    server = serve(100)
    concord.configure(site_source(server, "depth = 2"))
    assert concord.crawl()["new"] == 100


def test_what_cannot_be_read_is_kept_and_told(server, concord):
    server.site.resources["/news/1.html"] = Resource(b"%PDF-1.4 broken", "application/pdf")
    concord.configure(site_source(server))
    report = concord.crawl()
    assert (report["new"], report["failed"][0]["count"]) == (11, 1)
    with concord.archive() as archive:
        assert archive.check() == []


def test_two_sources_share_a_host_politely_and_are_crawled_in_one_go(server, concord):
    concord.configure(site_source(server), feed_source(server))
    assert [source["new"] for source in concord.crawl_all()["sources"]] == [12, 12]
