"""Queueing what a page, a sitemap or a feed names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from crawler.archive.addresses import Crawl, Offer, Role, Task
from crawler.discovery.sitemaps import read_sitemap
from crawler.errors import DuplicateDocument
from crawler.source import FeedSource
from crawler.spider.answers import COUNTED, Fetched, capture_of, record_of
from crawler.spider.entries import about_entry, document_of_entry
from crawler.spider.places import Places, found

if TYPE_CHECKING:
    from crawler.archive import Archive
    from crawler.archive.frontier import Frontier
    from crawler.extract.page import Extracted
    from crawler.source import FetchedSource
    from crawler.spider.report import SourceReport

MAX_NESTING = 4
"""Indexes of sitemaps inside indexes; the protocol has none of it, some sites one."""

HTML = ("text/html", "application/xhtml+xml")


class Namer:
    """Queues addresses of one source's crawl, inside the transaction that ends the task they were found by."""

    def __init__(
        self,
        source: FetchedSource,
        archive: Archive,
        frontier: Frontier,
        crawl: Crawl,
        report: SourceReport,
        *,
        full: bool,
    ) -> None:
        self.source = source
        self.archive = archive
        self.frontier = frontier
        self.crawl = crawl
        self.report = report
        self.places = Places(source)
        self.full = full

    def links(self, task: Task, fetched: Fetched) -> int:
        """Queue a page's links; says how many new pages they lead to."""
        from crawler.discovery.links import read_links

        if fetched.media_type not in HTML or not self.places.is_inside(fetched.url):
            return 0
        links = read_links(fetched.body, fetched.url, fetched.charset)
        near = [link for link in links if not link.onward]
        offers = list(self.places.linked(near, task.depth))
        new = self._offer(task, [each for each in offers if each.role is Role.PAGE])
        self._offer(task, [each for each in offers if each.role is not Role.PAGE])
        # A list goes on at no cost of depth as long as it brings new pages; an empty calendar that goes on for ever
        # costs depth with each page.
        onward = [link for link in links if link.onward]
        self._offer(task, self.places.linked(onward, task.depth if new else task.depth + 1))
        return new

    def _offer(self, task: Task, offers: Iterable[Offer]) -> int:
        offered = self.frontier.offer(self.crawl.id, offers, task.id, full=self.full)
        self.report.count("unchanged", offered.unchanged)
        return offered.new

    def sitemap(self, task: Task, fetched: Fetched) -> None:
        sitemap = read_sitemap(fetched.body, fetched.url)
        if task.depth < MAX_NESTING:
            self._offer(
                task, (one for each in sitemap.sitemaps for one in found(each.url, Role.SITEMAP, task.depth + 1))
            )
        wanted = [each for each in sitemap.pages if self.places.wants(each.url)]
        self._offer(task, (one for each in wanted for one in found(each.url, Role.PAGE, hint=each.lastmod)))
        self.frontier.vanished(self.crawl.id, task.id)

    def feed(self, task: Task, fetched: Fetched) -> None:
        from crawler.discovery.feeds import read_feed

        feed = read_feed(fetched.body, fetched.url, fetched.headers.get("content-type"))
        full_content = isinstance(self.source, FeedSource) and self.source.full_content
        for entry in feed.entries:
            link = entry.link or ""
            if not link.startswith(("http://", "https://")) or not self.places.wants(link):
                continue
            document = document_of_entry(entry, self.source.language) if full_content else None
            for named in found(link, Role.PAGE, hint=entry.fingerprint, about=about_entry(entry)):
                if document is None:
                    self._offer(task, [named])
                else:
                    self._store_entry(named, fetched, entry.content or "", document)

    def _store_entry(self, named: Offer, fetched: Fetched, content: str, extracted: Extracted) -> None:
        origin = Fetched(fetched.url, fetched.status, content.encode(), "text/html", "utf-8")
        capture = capture_of(self.source, origin, named.address, fetched.moment)
        try:
            outcome = self.archive.store(capture, record_of(self.source, named.address, extracted, named.about or {}))
        except DuplicateDocument as error:
            self.report.fail(error.reason, named.url)
            return
        self.frontier.settle(self.crawl.id, named, fetched.moment)
        self.report.count(COUNTED[outcome])
