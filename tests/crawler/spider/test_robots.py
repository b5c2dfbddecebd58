"""robots.txt by RFC 9309: rules, and what a file that isn't there or can't be had means."""

from __future__ import annotations

import json
import tarfile
import time
from itertools import pairwise

import pytest

from crawler.spider.robots import MAX_CRAWL_DELAY_S, RobotRules
from tests.crawler.spider.conftest import site_source
from tests.shared import shared_data
from tests.site import behaviours
from tests.site.pages import Resource


def rules(text: str) -> RobotRules:
    return RobotRules.from_crawler(None, text.encode())


def test_every_case_of_the_standard_is_answered_as_listed():
    cases = json.loads((shared_data("robots") / "google_cases.json").read_text())
    wrong = [
        case["id"]
        for case in cases
        if not case["google_only"] and rules(case["robots_txt"]).allowed(case["url"], case["agent"]) != case["allowed"]
    ]
    assert (len([case for case in cases if not case["google_only"]]), wrong) == (72, [])


def test_every_real_file_can_be_read():
    with tarfile.open(shared_data("robots") / "robots_sites.tar.gz") as files:
        bodies = [file.read() for member in files if member.isfile() and (file := files.extractfile(member))]
    assert len(bodies) >= 300
    for body in bodies:
        parsed = RobotRules.from_crawler(None, body)
        assert parsed.allowed("https://example.org/news/1.html", "Concord") in (True, False)
        assert (parsed.crawl_delay("Concord") or 0.0) >= 0


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("User-agent: concord\nDisallow: /", False),
        ("User-agent: CONCORD/2.0\nDisallow: /", False),
        ("User-agent: con\nDisallow: /", True),
        ("User-agent: concorde\nDisallow: /", True),
        ("User-agent: *\nDisallow: /\nUser-agent: concord\nAllow: /", True),
        ("User-agent: concord\nSitemap: x\nUser-agent: other\nDisallow: /", False),
        ("User-agent: *\r\rDisallow: /", False),
        ("\ufeffUser-agent: *\nDisallow: /", False),
        ("User-agent: *\nDisallow: /%6Eews", False),
        ("User-agent: *\nDisallow: /n%65ws*", False),
        ("Disallow: /", True),
        ("\x00\x01", True),
    ],
)
def test_rules(text, allowed):
    assert rules(text).allowed("http://h.example/news/1", "Concord/0.1 (+mailto:x@example.org)") is allowed


def test_crawl_delay_is_that_of_our_group_and_bounded():
    text = "User-agent: *\nCrawl-delay: 2\nUser-agent: concord\nCrawl-delay: 99999"
    assert rules(text).crawl_delay("Concord") == MAX_CRAWL_DELAY_S
    assert rules(text).crawl_delay("Other") == 2


@pytest.mark.parametrize("code", [404, 403, 401])
def test_a_file_that_is_not_there_forbids_nothing(server, concord, code):
    server.behaviours["/robots.txt"] = behaviours.status(code)
    concord.configure(site_source(server))
    assert concord.crawl()["new"] == 12


def test_a_file_that_cannot_be_had_forbids_everything(server, concord):
    server.behaviours["/robots.txt"] = behaviours.status(500)
    concord.configure(site_source(server), crawl="retries = 0")
    report = concord.crawl()
    assert [failure["reason"] for failure in report["failed"]] == ["robots.txt: HTTP 500"]
    assert set(server.paths()) == {"/robots.txt"}


def test_a_file_that_can_be_had_after_all_counts(server, concord):
    async def at_last(exchange):
        await exchange.answer(500 if exchange.times == 0 else 404)

    server.behaviours["/robots.txt"] = at_last
    concord.configure(site_source(server), crawl="retries = 1")
    assert concord.crawl()["new"] == 12


def test_rules_hold_for_all_requests_that_waited_for_the_file(server, concord):
    server.site.resources["/robots.txt"] = Resource(b"User-agent: *\nDisallow: /news/", "text/plain")
    concord.configure(site_source(server))
    concord.crawl()
    text = "\n".join(f"{server.base}/news/{number}.html" for number in range(12))
    server.site.resources["/sitemap.txt"] = Resource(text.encode(), "text/plain")
    concord.configure(
        site_source(server).replace(
            'start = ["', "start = [" + "".join(f'"{server.base}/news/{number}.html", ' for number in range(12)) + '"'
        )
    )
    server.asked.clear()
    report = concord.crawl()
    assert report["robots"] >= 12
    assert not [path for path in server.paths() if path.startswith("/news/")]


def test_a_crawl_delay_paces_the_requests(serve, concord):
    server = serve(2)
    server.site.resources["/robots.txt"] = Resource(b"User-agent: *\nCrawl-delay: 0.6", "text/plain")
    times: list[float] = []

    async def note(exchange):
        times.append(time.monotonic())
        await exchange.answer(200, server.site.resources[exchange.path].body)

    server.behaviours["/news/*"] = note
    concord.configure(site_source(server))
    concord.crawl()
    gaps = [after - before for before, after in pairwise(times)]
    assert len(gaps) >= 2
    assert min(gaps) > 0.3, "never sooner than the site asks for"
