"""The frontier: what is queued, what is asked for again, what is left alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawler.archive.addresses import Offer, Offered, Role, State, Visit

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)


def page(name: str, **more) -> Offer:
    return Offer(f"h/{name}", f"http://h/{name}", f"http://h/{name}", "h", **more)


def sitemap(name: str = "map") -> Offer:
    return page(name, role=Role.SITEMAP)


@pytest.fixture
def frontier(archive):
    return archive.frontier("s")


def done(frontier, crawl, task, **more) -> None:
    frontier.finish(crawl.id, task, Visit(State.DONE, 200, document=task.address, **more), NOW)


def crawl_all(frontier, *offers: Offer, revisit: bool = False):
    """A crawl in which everything offered is done."""
    crawl = frontier.begin(revisit=revisit)
    frontier.offer(crawl.id, offers)
    while tasks := frontier.claim(10):
        for task in tasks:
            done(frontier, crawl, task, etag='"1"')
    frontier.end(crawl.id)
    return crawl


def names(tasks) -> list[str]:
    return [task.address.removeprefix("http://h/") for task in tasks]


def test_an_address_is_queued_once(frontier):
    crawl = frontier.begin(revisit=False)
    assert frontier.offer(crawl.id, [page("a"), page("a"), page("b")]) == Offered(new=2)
    assert names(frontier.claim(10)) == ["a", "b"]


def test_near_addresses_come_first(frontier):
    crawl = frontier.begin(revisit=False)
    frontier.offer(crawl.id, [page("far", depth=2), page("near", depth=1)])
    assert names(frontier.claim(10)) == ["near", "far"]


def test_claims_leave_out_what_is_busy_and_hosts_and_roles(frontier):
    crawl = frontier.begin(revisit=False)
    frontier.offer(crawl.id, [page("a"), page("b"), sitemap()])
    first = frontier.claim(1)
    assert names(frontier.claim(10, busy=[first[0].id])) == ["b", "map"]
    assert names(frontier.claim(10, pages=False)) == ["map"]
    assert frontier.claim(10, hosts=["h"]) == ()


def test_an_interrupted_crawl_is_taken_up(frontier):
    crawl = frontier.begin(revisit=True)
    frontier.offer(crawl.id, [page("a"), page("b")])
    done(frontier, crawl, frontier.claim(1)[0])
    again = frontier.begin(revisit=True)
    assert (again.id, again.resumed, again.pages) == (crawl.id, True, 1)
    assert names(frontier.claim(10)) == ["b"]


def test_a_new_crawl_of_a_site_looks_at_everything_again_after_what_is_new(frontier):
    crawl_all(frontier, page("a"), page("b"))
    crawl = frontier.begin(revisit=True)
    frontier.offer(crawl.id, [page("new", depth=5)])
    assert names(frontier.claim(10)) == ["new", "a", "b"]
    assert frontier.claim(10)[1].etag == '"1"'


def test_a_hint_that_is_the_same_spares_the_request(frontier):
    crawl_all(frontier, page("a", hint="1"), page("b", hint="1"), page("c"))
    crawl = frontier.begin(revisit=False)
    offered = frontier.offer(crawl.id, [page("a", hint="1"), page("b", hint="2"), page("c")])
    assert offered == Offered(again=2, unchanged=1)
    assert names(frontier.claim(10)) == ["b", "c"]


def test_full_disregards_hints(frontier):
    crawl_all(frontier, page("a", hint="1"))
    crawl = frontier.begin(revisit=False)
    assert frontier.offer(crawl.id, [page("a", hint="1")], full=True) == Offered(again=1)


def test_a_hint_counts_only_once_its_page_was_had(frontier):
    crawl = frontier.begin(revisit=False)
    frontier.offer(crawl.id, [page("a", hint="1")])
    (task,) = frontier.claim(1)
    frontier.finish(crawl.id, task, Visit(State.FAILED, 500, "HTTP 500"), NOW)
    frontier.end(crawl.id)
    crawl = frontier.begin(revisit=False)
    assert names(frontier.claim(10)) == ["a"], "what failed is tried again, named or not"
    assert frontier.claim(10)[0].reason == "HTTP 500"


def test_what_an_unchanged_sitemap_named_is_unchanged_where_it_has_hints(frontier):
    crawl = frontier.begin(revisit=False)
    frontier.offer(crawl.id, [sitemap()])
    (parent,) = frontier.claim(1)
    frontier.offer(crawl.id, [page("a", hint="1"), page("b")], parent.id)
    for task in frontier.claim(10):
        done(frontier, crawl, task)
    frontier.end(crawl.id)
    crawl = frontier.begin(revisit=False)
    assert frontier.still_named(crawl.id, parent.id) == Offered(again=1, unchanged=1)
    assert names(frontier.claim(10)) == ["b"]


def test_what_a_sitemap_names_no_more_is_looked_at_again(frontier):
    crawl = frontier.begin(revisit=False)
    frontier.offer(crawl.id, [sitemap()])
    (parent,) = frontier.claim(1)
    frontier.offer(crawl.id, [page("a", hint="1"), page("b", hint="1")], parent.id)
    for task in frontier.claim(10):
        done(frontier, crawl, task)
    frontier.end(crawl.id)
    crawl = frontier.begin(revisit=False)
    frontier.offer(crawl.id, [page("a", hint="1")], parent.id)
    assert frontier.vanished(crawl.id, parent.id) == 1
    assert names(frontier.claim(10)) == ["b"]


def test_an_address_that_another_one_settled_is_not_asked_for(frontier):
    crawl = frontier.begin(revisit=False)
    frontier.offer(crawl.id, [page("a")])
    frontier.settle(crawl.id, page("a"), NOW)
    frontier.settle(crawl.id, page("b"), NOW)
    assert frontier.claim(10) == ()
    assert frontier.done_in(crawl.id, "h/b")


def test_the_end_of_a_task_and_its_capture_are_one_transaction(frontier, archive, put):
    crawl = frontier.begin(revisit=False)
    frontier.offer(crawl.id, [page("a")])
    (task,) = frontier.claim(1)

    def fail_half_way() -> None:
        with archive.batch():
            put(archive, id="d1")
            done(frontier, crawl, task)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    assert archive.count_documents() == 0
    assert names(frontier.claim(10)) == ["a"]


def test_validators_are_kept_where_nothing_was_modified(frontier):
    crawl_all(frontier, page("a"))
    crawl = frontier.begin(revisit=True)
    (task,) = frontier.claim(1)
    frontier.finish(crawl.id, task, Visit(State.DONE, 304, keeps_validators=True), NOW)
    frontier.end(crawl.id)
    frontier.begin(revisit=True)
    assert frontier.claim(1)[0].etag == '"1"'


def test_hosts_that_rest_are_remembered_until_they_have_rested(frontier):
    later = datetime.now(UTC) + timedelta(hours=1)
    frontier.rest("h", later)
    frontier.rest("g", datetime.now(UTC) - timedelta(hours=1))
    assert frontier.resting() == {"h": later}


def test_sources_have_frontiers_of_their_own(frontier, archive):
    crawl = frontier.begin(revisit=False)
    frontier.offer(crawl.id, [page("a")])
    other = archive.frontier("other")
    assert other.claim(10) == ()
    assert other.begin(revisit=False).id != crawl.id
