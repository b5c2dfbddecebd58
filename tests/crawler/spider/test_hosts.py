"""Which host may be asked when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawler.spider.hosts import Hosts


@pytest.fixture
def clock():
    class Clock:
        now = 100.0

        def __call__(self) -> float:
            return self.now

    return Clock()


@pytest.fixture
def hosts(clock):
    return Hosts(clock)


def test_a_host_is_asked_no_more_at_once_than_allowed(hosts):
    assert [hosts.take("h", "a", 2) for _ in range(3)] == [True, True, False]
    hosts.give_back("h", 0)
    assert hosts.take("h", "a", 2)


def test_two_sources_do_not_ask_a_host_at_once(hosts):
    assert hosts.take("h", "a", 1)
    assert not hosts.take("h", "b", 5)
    assert hosts.take("other", "b", 1)


def test_another_source_waits_for_the_delay_of_the_one_before(hosts, clock):
    hosts.take("h", "a", 1)
    hosts.give_back("h", 10)
    assert not hosts.take("h", "b", 1)
    clock.now += 10
    assert hosts.take("h", "b", 1)


def test_a_resting_host_is_asked_by_nobody(hosts, clock):
    hosts.rest("h", 60)
    hosts.rest("h", 5)
    assert not hosts.take("h", "a", 1)
    assert hosts.resting() == {"h": 60.0}
    assert hosts.resting(longer_than=60) == {}
    clock.now += 60
    assert hosts.take("h", "a", 1)


def test_rests_of_an_earlier_crawl_are_kept(hosts):
    hosts.remember({"h": datetime.now(UTC) + timedelta(hours=1), "g": datetime.now(UTC) - timedelta(hours=1)})
    assert list(hosts.resting()) == ["h"]
