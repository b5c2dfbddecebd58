"""``concord crawl`` as a command."""

from __future__ import annotations

import json

import pytest

from crawler.errors import CrawlRunning
from crawler.spider.lock import crawl_lock
from tests.crawler.spider.conftest import feed_source, site_source


def test_a_crawl_ends_with_a_summary_by_source_and_status_0(server, concord):
    concord.configure(site_source(server), feed_source(server))
    ended = concord.run()
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.splitlines()[0] == (
        "site: 12 new, 0 changed, 0 unchanged, 0 absent, 0 failed, 1 kept out by robots.txt, 0 skipped"
    )
    assert ended.stderr.splitlines() == ["Crawling site ...", "Crawling feed ..."]


def test_json_has_all_counts(server, concord):
    concord.configure(site_source(server))
    report = json.loads(concord.run("--json", "site").stdout)
    assert set(report) == {"sources", "stopped"}
    (source,) = report["sources"]
    expected = {"source": "site", "new": 12, "changed": 0, "unchanged": 0, "absent": 0, "robots": 1, "throttled": 0}
    assert expected.items() <= source.items()


def test_a_source_that_fails_altogether_is_exit_status_1(server, concord):
    concord.configure(site_source(server, start="/nothing/"))
    ended = concord.run()
    assert ended.returncode == 1
    assert "  1 failed: HTTP 404 Not Found, for example http://127.0.0.1" in ended.stdout


def test_a_site_that_is_down_is_a_line_in_the_report_and_no_traceback(server, concord):
    concord.configure(site_source(server).replace(str(server.port), "1"))
    ended = concord.run()
    assert ended.returncode == 1
    assert "1 failed: robots.txt: the host refuses the connection" in ended.stdout
    assert ended.stderr.splitlines() == ["Crawling site ..."]


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("nobody", 'concord: unknown source "nobody": config.toml has site'),
        ("site", 'concord: source "site" is switched off: write enabled = true in its section'),
    ],
)
def test_a_name_that_cannot_be_crawled_is_one_line_and_status_1(server, concord, name, line):
    concord.configure(site_source(server, "enabled = false"))
    ended = concord.run(name)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith(line)
    assert ended.stderr.count("\n") == 1


def test_a_disabled_source_is_passed_over(server, concord):
    concord.configure(site_source(server, "enabled = false"))
    ended = concord.run()
    assert (ended.returncode, server.asked) == (0, [])
    assert "no enabled source is on the web" in ended.stdout


def test_one_crawl_at_a_time(server, concord):
    concord.configure(site_source(server))
    with crawl_lock(concord.folder / "archive.sqlite"):
        ended = concord.run()
    assert ended.returncode == 1
    assert ended.stderr.startswith("concord: another crawl is running (process ")
    assert ", since 20" in ended.stderr


def test_the_lock_is_free_afterwards(tmp_path):
    with crawl_lock(tmp_path / "a"), pytest.raises(CrawlRunning), crawl_lock(tmp_path / "a"):
        pass
    with crawl_lock(tmp_path / "a"):
        pass
