"""A server may do what it likes: each answer ends in a counted outcome, and the rest of the site is crawled."""

from __future__ import annotations

import pytest

from tests.crawler.spider.conftest import site_source
from tests.site import behaviours
from tests.site.pages import Resource

GOOD = 3


def crawl(concord, serve, path, behaviour, *, more="", timeout=3, crawl="retries = 0"):
    """Crawl a site of a few good pages and one that misbehaves."""
    server = serve(GOOD)
    server.behaviours[path] = behaviour
    links = "".join(f'<a href="/news/{n}.html">x</a>' for n in range(GOOD)) + f'<a href="{path}">bad</a>'
    server.site.resources["/"] = Resource(f"<html><body>{links}</body></html>".encode())
    source = site_source(server, f"max_bytes = 1_000_000\ndepth = 3\n{more}").replace(
        "timeout = 5", f"timeout = {timeout}"
    )
    concord.configure(source, crawl=crawl)
    report = concord.crawl()
    assert report["ended"] is None
    return server, report


def reasons(report) -> list[str]:
    return [each["reason"] for each in (*report["failed"], *report["skipped"])]


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        (behaviours.loop("/news/9.html"), "max redirections reached"),
        (behaviours.drip, "no whole answer within the timeout"),
        (behaviours.truncated_gzip, "the gzip body is cut off"),
        (behaviours.gzip_bomb, "larger than max_bytes"),
        (behaviours.too_short, "the body is cut off"),
        (behaviours.hang_up, "the server hung up"),
        (behaviours.nonsense, "the answer can't be read as HTTP"),
        (behaviours.huge, "larger than max_bytes"),
        (behaviours.huge_unannounced, "larger than max_bytes"),
        (behaviours.cookies, "max redirections reached"),
        (behaviours.status(503), "HTTP 503 Service Unavailable"),
        (behaviours.status(403), "HTTP 403 Forbidden"),
        (behaviours.status(401), "HTTP 401 Unauthorized"),
        (behaviours.status(299, Content_Type="image/png"), "content type image/png"),
        (behaviours.redirect("ftp://127.0.0.1/x"), "HTTP 302 Found"),
        (behaviours.redirect("file:///etc/passwd"), "HTTP 302 Found"),
    ],
)
def test_each_misbehaviour_is_a_counted_outcome(concord, serve, behaviour, reason):
    _, report = crawl(concord, serve, "/news/9.html", behaviour)
    assert (report["new"], reasons(report)) == (GOOD, [reason])


@pytest.mark.parametrize("behaviour", [behaviours.nested, behaviours.mixed_charsets])
def test_odd_pages_are_stored_or_counted(concord, serve, behaviour):
    _, report = crawl(concord, serve, "/news/9.html", behaviour)
    assert report["new"] + len(reasons(report)) == GOOD + 1


def test_bytes_of_the_wrong_charset_do_not_become_mojibake(concord, serve):
    crawl(concord, serve, "/news/9.html", behaviours.mixed_charsets)
    document = concord.documents().get("news/9.html")
    assert document is None or "中华人民共和国外交部" in document.paragraphs[0]


def test_a_calendar_without_end_ends(concord, serve):
    server, report = crawl(concord, serve, "/calendar/*", behaviours.calendar)
    assert report["new"] == GOOD
    assert 2 <= sum(path.startswith("/calendar/") for path in server.paths()) <= 12


def test_a_redirect_loop_of_two_pages_ends(concord, serve):
    server, report = crawl(concord, serve, "/news/8*", behaviours.loop("/news/8.html", "/news/8b.html"))
    assert report["new"] == GOOD
    assert sum(path.startswith("/news/8") for path in server.paths().elements()) <= 12


def test_a_server_that_recovers_is_asked_again_when_it_said(concord, serve):
    server, report = crawl(concord, serve, "/news/9.html", behaviours.busy(503, 1, "1"), crawl="retries = 1")
    assert report["new"] == GOOD + 1
    assert server.paths()["/news/9.html"] == 2


def test_a_failure_without_retry_after_is_tried_again(concord, serve):
    _, report = crawl(concord, serve, "/news/9.html", behaviours.busy(500, 1, None), crawl="retries = 1")
    assert report["new"] == GOOD + 1


def test_429_is_counted_and_its_host_left_alone_as_long_as_it_asks(concord, serve):
    server = serve(GOOD)
    server.behaviours["/news/0.html"] = behaviours.busy(429, 99, "3600")
    concord.configure(site_source(server).replace("concurrency = 4", "concurrency = 1"))
    report = concord.crawl()
    assert report["ended"].startswith("asked to wait by 127.0.0.1 until ")
    asked = server.paths().total()
    assert concord.crawl()["resumed"]
    assert server.paths().total() == asked, "the second crawl knows, and doesn't ask"


def test_a_host_that_wants_a_short_rest_gets_it_within_the_crawl(concord, serve):
    server = serve(GOOD)
    server.behaviours["/news/0.html"] = behaviours.busy(429, 1, "1", number=0)
    concord.configure(site_source(server))
    report = concord.crawl()
    assert (report["new"], report["ended"]) == (GOOD, None)
