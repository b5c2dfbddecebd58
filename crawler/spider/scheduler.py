"""Scrapy's scheduler over the frontier: what is next stands in the archive, not in memory.

In memory are only the addresses read ahead, and the requests that wait for their time (retries) or their turn
(redirects). A request holds its host from :meth:`FrontierScheduler.next_request` until it ends or comes back here.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, Self

from scrapy.core.scheduler import BaseScheduler
from scrapy.utils.asyncio import CallLaterResult, call_later
from scrapy.utils.httpobj import urlparse_cached

from crawler.archive.addresses import Role, Task
from crawler.spider.hosts import until
from crawler.spider.places import without_credentials
from crawler.spider.politeness import REST, WAIT
from crawler.spider.waiting import LONGEST_PATIENCE_S

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler

    from crawler.spider.spider import SourceSpider

AHEAD = 50
"""Addresses read ahead: each read costs a query, each address some hundred bytes."""
AHEAD_PER_HOST = 20
"""So that a host that rests does not fill what is read ahead."""
MAX_UNREAD = 32
"""Answers that wait to be read: more would only fill the memory, and be lost to a crash."""
LOOK_AGAIN_S = 0.5
"""For hosts that were busy or resting; Scrapy's own is 5 seconds."""

TASK = "concord_task"
HOST = "concord_host"


class FrontierScheduler(BaseScheduler):
    """Hands out requests for the frontier's tasks, host by host; the spider reports each task's end with ``ended``."""

    spider: SourceSpider

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._ahead: dict[str, deque[Task]] = {}
        self._ready: deque[Request] = deque()
        self._timers: dict[Request, CallLaterResult] = {}
        self._busy: dict[int, Role] = {}
        self._closing = False
        # What the last reading that found nothing was for: without this, a queue of one resting or busy host would be
        # searched from end to end with every answer.
        self._dry: tuple[frozenset[str], int] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy makes it."""
        return cls(crawler)

    def open(self, spider: Any) -> None:
        """The spider has the frontier, the hosts and the limits."""
        self.spider = spider
        spider.scheduler = self
        # Nothing wakes the engine when another source lets go of a host, or when a host's rest is over.
        self._crawler.engine._SLOT_HEARTBEAT_INTERVAL = LOOK_AGAIN_S

    def close(self, reason: str) -> None:
        """Stop waiting: what is still to be done stands in the frontier."""
        self._closing = True
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()

    def has_pending_requests(self) -> bool:
        """Whether there is anything that this crawl could still ask for without waiting too long."""
        if self._ready or self._timers:
            return True
        if any(self._ahead.values()) and not self._given_up(self._ahead):
            return True
        return bool(self._claim(1, self._patience_ends()))

    def _given_up(self, hosts: dict[str, deque[Task]]) -> bool:
        tired = self._patience_ends()
        return all(host in tired for host, tasks in hosts.items() if tasks)

    def _patience_ends(self) -> dict[str, float]:
        return self.spider.hosts.resting(LONGEST_PATIENCE_S)

    def enqueue_request(self, request: Request) -> bool:
        """Take a retry or a redirect back; its task stays the same."""
        self._release(request)
        if (clean := without_credentials(request.url)) != request.url:
            request = request.replace(url=clean)
        wait = request.meta.pop(WAIT, None)
        rest = request.meta.pop(REST, None)
        if rest is not None:
            self.note_rest(request, rest)
        if rest is not None and rest > LONGEST_PATIENCE_S:
            self._busy.pop(request.meta[TASK].id, None)
            return False  # left in the frontier, for a crawl after the rest
        if wait:
            self._timers[request] = call_later(wait, self._wake, request)
        else:
            self._ready.append(request)
        return True

    def note_rest(self, request: Request, seconds: float) -> None:
        """A host asked to be left alone: no source asks it meanwhile, and a later crawl knows as well."""
        host = urlparse_cached(request).hostname or ""
        self.spider.hosts.rest(host, seconds)
        self.spider.frontier.rest(host, until(seconds))

    def _wake(self, request: Request) -> None:
        self._timers.pop(request, None)
        if not self._closing:
            self._crawler.engine.crawl(request)

    def next_request(self) -> Request | None:
        """The next request whose host can be asked now; none while many answers wait to be read."""
        if self.spider.unread >= MAX_UNREAD:
            return None
        for _ in range(len(self._ready)):
            request = self._ready.popleft()
            if self._take(request):
                return request
            self._ready.append(request)
        return self._from_ahead() or (self._from_ahead() if self._read_ahead() else None)

    def _from_ahead(self) -> Request | None:
        for tasks in self._ahead.values():
            if not tasks:
                continue
            if self._may_ask(tasks[0].host):
                task = tasks.popleft()
                self._busy[task.id] = task.role
                request = self.spider.request(task)
                request.meta[HOST] = task.host
                return request
        return None

    def _take(self, request: Request) -> bool:
        host = urlparse_cached(request).hostname or ""
        if not self._may_ask(host):
            return False
        request.meta[HOST] = host
        return True

    def _may_ask(self, host: str) -> bool:
        return self.spider.hosts.take(host, self.spider.name, self.spider.source.concurrency)

    def _read_ahead(self) -> bool:
        full = {host for host, tasks in self._ahead.items() if len(tasks) >= AHEAD_PER_HOST}
        room = AHEAD - sum(map(len, self._ahead.values()))
        state = (frozenset(full), self.spider.frontier.offered)
        if room <= 0 or state == self._dry:
            return False
        tasks = self._claim(room, full)
        self._dry = None if tasks else state
        for task in tasks:
            self._ahead.setdefault(task.host, deque()).append(task)
        return bool(tasks)

    def _claim(self, limit: int, hosts: Any) -> tuple[Task, ...]:
        waiting = [task for tasks in self._ahead.values() for task in tasks]
        roles = [*self._busy.values(), *(task.role for task in waiting)]
        pages, lists = self.spider.room(roles.count(Role.PAGE), roles.count(Role.LIST))
        if pages <= 0 and lists <= 0:
            return ()
        return self.spider.frontier.claim(
            min(limit, max(pages, 1)),
            busy=[*self._busy, *(task.id for task in waiting)],
            hosts=sorted(hosts),
            pages=pages > 0,
            lists=lists > 0,
        )

    def downloaded(self, request: Request) -> None:
        """The host is free again, though the task has not ended."""
        self._release(request)

    def ended(self, task: Task) -> None:
        """The frontier knows what came of a task."""
        self._busy.pop(task.id, None)

    def _release(self, request: Request) -> None:
        host = request.meta.pop(HOST, None)
        if host is not None:
            self.spider.hosts.give_back(host, self.spider.source.delay)

    @property
    def limit_reached(self) -> bool:
        """Whether addresses are left that only a limit keeps from being asked for."""
        return bool(self.spider.frontier.pending()) and not self._claim(1, ())
