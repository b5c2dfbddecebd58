"""A crawl that is killed at any moment loses nothing and asks for nothing twice."""

from __future__ import annotations

import signal
import time
from collections import Counter

import pytest

from crawler import Archive
from tests.crawler.spider.conftest import site_source, sitemap_source

COUNT = 200


def wait_for(condition, process, seconds=40) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < end
        time.sleep(0.005)


def captured(concord) -> Counter[str]:
    """How many captures each page has."""
    with Archive.open(concord.folder / "archive.sqlite") as archive:
        assert archive.check() == []
        found: Counter[str] = Counter()
        for document in archive.changes():
            found[document.url.rpartition("/news/")[2]] += len(archive.history(document.id))
        return found


def kill_after(answers: int, server, concord) -> None:
    """Start a crawl, and kill it when so many pages have been answered."""
    process = concord.start()
    wait_for(lambda: sum(path.startswith("/news/") for path in server.paths(200)) >= answers, process)
    process.send_signal(signal.SIGKILL)
    process.communicate()


def asked_for(server) -> set[str]:
    return {path.removeprefix("/news/") for path in server.paths()}


@pytest.mark.parametrize("source", [site_source, sitemap_source])
def test_kill_minus_9_loses_and_repeats_nothing(serve, concord, source):
    server = serve(COUNT)
    concord.configure(source(server))
    stored: Counter[str] = Counter()
    for moment in (1, 25, 90):
        kill_after(moment, server, concord)
        assert asked_for(server) & set(stored) == set()
        before, stored = stored, captured(concord)
        assert before <= stored
        server.asked.clear()
    report = concord.crawl()
    assert report["resumed"]
    assert asked_for(server) & set(stored) == set(), "a page that is stored is not asked for again"
    assert captured(concord) == Counter({f"{number}.html": 1 for number in range(COUNT)})


def test_ctrl_c_ends_cleanly_and_the_next_crawl_goes_on(serve, concord):
    server = serve(COUNT)
    concord.configure(site_source(server))
    process = concord.start()
    wait_for(lambda: len(server.asked) >= 50, process)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert process.returncode == 1
    assert "stopped: the next crawl goes on" in out
    assert "Traceback" not in err
    report = concord.crawl()
    assert report["resumed"]
    assert len(captured(concord)) == COUNT
    assert max(server.paths(200)[f"/news/{number}.html"] for number in range(COUNT)) == 1
