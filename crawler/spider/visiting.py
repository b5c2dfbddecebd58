"""What to do with an answer: store its document, queue what it names, note that nothing changed or nothing is there.

Each answer ends in one transaction of the archive that holds the capture and the end of its task. Nothing here knows
of Scrapy.
"""

from __future__ import annotations

from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from crawler.archive.addresses import Crawl, Role, State, Task, Visit
from crawler.errors import DiscoveryError, DuplicateDocument, ExtractionError
from crawler.extract.page import Hints, Page
from crawler.spider.answers import COUNTED, Fetched, capture_of, done, record_of
from crawler.spider.naming import Namer
from crawler.spider.places import key_of, offer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from crawler.archive import Archive, Record
    from crawler.archive.frontier import Frontier
    from crawler.extract.page import Extracted
    from crawler.source import FetchedSource
    from crawler.spider.report import SourceReport

_GONE = (404, 410)


class Visitor:
    """Ends the tasks of one source's crawl."""

    def __init__(
        self,
        source: FetchedSource,
        archive: Archive,
        frontier: Frontier,
        crawl: Crawl,
        report: SourceReport,
        extract: Callable[[Page, Hints], Awaitable[Extracted]],
        *,
        full: bool = False,
    ) -> None:
        self.source = source
        self.archive = archive
        self.frontier = frontier
        self.crawl = crawl
        self.report = report
        self.namer = Namer(source, archive, frontier, crawl, report, full=full)
        self.places = self.namer.places
        self._extract = extract
        self._hints = Hints(source.selectors, source.date_format, source.language)
        self.full = full
        self.asked = {"pages": crawl.pages, "lists": crawl.lists}

    def begin(self) -> None:
        """Queue what the crawl begins with."""
        self.frontier.offer(self.crawl.id, self.places.seeds())

    async def visit(self, task: Task, fetched: Fetched) -> None:
        """Deal with an answer of any status; raises ``ArchiveError`` only."""
        if fetched.status == HTTPStatus.NOT_MODIFIED:
            self._not_modified(task, fetched)
        elif fetched.status in _GONE:
            self._gone(task, fetched)
        elif not 200 <= fetched.status < 300:
            self.fail(task, f"HTTP {fetched.status}{_phrase(fetched.status)}", fetched.status)
        elif task.role is Role.PAGE:
            await self._page(task, fetched)
        else:
            self._names(task, fetched)

    def fail(self, task: Task, reason: str, status: int | None = None) -> None:
        """The task ends without an answer, or with a useless one."""
        self.report.fail(reason, task.url)
        self._finish(task, Visit(State.FAILED, status, reason))

    def skip(self, task: Task, reason: str, *, robots: bool = False) -> None:
        """The task ends because the address is not wanted after all, or not allowed."""
        if robots:
            self.report.count("robots")
        else:
            self.report.skip(reason, task.url)
        self._finish(task, Visit(State.SKIPPED, None, reason))

    def _finish(self, task: Task, visit: Visit) -> None:
        self.frontier.finish(self.crawl.id, task, visit, datetime.now(UTC))
        self.asked["pages" if task.role is Role.PAGE else "lists"] += 1

    def end(self, reason: str, *, limit_reached: bool) -> None:
        """Scrapy has closed the spider: the crawl is finished, or the next one takes it up."""
        if reason == "closespider_timeout":
            self.report.ended = "max_minutes reached: the next crawl goes on"
        elif reason != "finished":
            self.report.ended = "stopped: the next crawl goes on"
        elif limit_reached:
            self.report.ended = f"max_pages reached, {self.frontier.pending():,} addresses left for the next crawl"
            self.frontier.end(self.crawl.id)
        elif self.frontier.pending():
            resting = ", ".join(f"{host} until {until:%Y-%m-%d %H:%M} UTC" for host, until in self._resting())
            self.report.ended = f"asked to wait by {resting or 'its hosts'}: the next crawl goes on"
        else:
            self.frontier.end(self.crawl.id)

    def _resting(self) -> list[tuple[str, datetime]]:
        return sorted(self.frontier.resting().items())

    def _not_modified(self, task: Task, fetched: Fetched) -> None:
        known = self.archive.find(self.source.name, task.document or task.address)
        if task.role is Role.PAGE and known is None:
            return self.fail(task, task.reason or "unreadable, and unchanged since", fetched.status)
        with self.archive.batch():
            if known and task.role is Role.PAGE:
                self.archive.confirm(known, fetched.moment)
            named = self.frontier.still_named(self.crawl.id, task.id, full=self.full)
            self._finish(task, Visit(State.DONE, fetched.status, keeps_validators=True))
        self.report.count("unchanged", named.unchanged)
        self.report.count("unchanged" if task.role is Role.PAGE else "lists")
        return None

    def _gone(self, task: Task, fetched: Fetched) -> None:
        if task.document and key_of(task.document) != key_of(task.address):
            # This address only led to the document, which may well be there still: its own address will tell.
            return self._finish(task, Visit(State.ABSENT, fetched.status, "an address that led elsewhere"))
        known = self.archive.find(self.source.name, task.address)
        if task.role is not Role.PAGE or known is None:
            return self.fail(task, f"HTTP {fetched.status}{_phrase(fetched.status)}", fetched.status)
        with self.archive.batch():
            self.archive.note_absence(known, fetched.moment, fetched.status)
            self._finish(task, Visit(State.ABSENT, fetched.status, "absent"))
        self.report.count("absent")
        return None

    async def _page(self, task: Task, fetched: Fetched) -> None:
        if not self.places.wants(fetched.url):
            return self.skip(task, "leads to an address that is not to be kept")
        known = self.archive.find(self.source.name, task.document or task.address)
        # Where a feed says something new of a page, its record changes though its bytes may not.
        if known and not self.full and not task.about and self._same_bytes(task, fetched, known):
            return None
        page = Page(fetched.body, fetched.url, fetched.media_type, fetched.charset)
        try:
            extracted = await self._extract(page, self._hints)
        except ExtractionError as error:
            return self._unreadable(task, fetched, error.reason)
        address = self._address(task, fetched, extracted)
        if address is None:
            self.report.skip("the same document stands at another address", task.url)
            document = self.places.document_address(task, fetched.url, extracted.url)
            return self._finish(task, done(fetched, document))
        return self._store(task, fetched, address, record_of(self.source, address, extracted, task.about))

    def _same_bytes(self, task: Task, fetched: Fetched, known: str) -> bool:
        with self.archive.batch():
            same = self.archive.confirm(known, fetched.moment, fetched.body)
            if same:
                self._finish(task, done(fetched, task.document))
        if same:
            self.report.count("unchanged")
        return same

    def _address(self, task: Task, fetched: Fetched, extracted: Extracted) -> str | None:
        """The address of the page's document; ``None`` where this crawl has met the same document already."""
        address = self.places.document_address(task, fetched.url, extracted.url)
        key = key_of(address)
        if key == key_of(task.address) or not self.frontier.done_in(self.crawl.id, key):
            return address
        known = self.archive.find(self.source.name, address)
        if known is None or self.archive.document(known).paragraphs == extracted.paragraphs:
            return None
        return task.address  # another text: the page's word on its address can't be right

    def _store(self, task: Task, fetched: Fetched, address: str, record: Record) -> None:
        moment = fetched.moment
        try:
            with self.archive.batch():
                outcome = self.archive.store(capture_of(self.source, fetched, address, moment), record)
                self.namer.links(task, fetched)
                self._finish(task, done(fetched, address))
                if key_of(address) != key_of(task.address):
                    self.frontier.settle(self.crawl.id, offer(address, Role.PAGE, task.depth), moment)
        except DuplicateDocument as error:
            return self.fail(task, error.reason)
        self.report.count(COUNTED[outcome])
        return None

    def _unreadable(self, task: Task, fetched: Fetched, reason: str) -> None:
        with self.archive.batch():
            self.archive.keep_unread(capture_of(self.source, fetched, task.address, fetched.moment), reason)
            self.namer.links(task, fetched)
            headers = fetched.headers
            self._finish(
                task,
                Visit(
                    State.FAILED,
                    fetched.status,
                    reason,
                    etag=headers.get("etag"),
                    last_modified=headers.get("last-modified"),
                ),
            )
        self.report.fail(reason, task.url)

    def _names(self, task: Task, fetched: Fetched) -> None:
        """Something that names other addresses."""
        try:
            with self.archive.batch():
                match task.role:
                    case Role.SITEMAP:
                        self.namer.sitemap(task, fetched)
                    case Role.FEED:
                        self.namer.feed(task, fetched)
                    case _:
                        self.namer.links(task, fetched)
                self._finish(task, done(fetched))
        except DiscoveryError as error:
            return self.fail(task, error.reason, fetched.status)
        self.report.count("lists")
        return None


def _phrase(status: int) -> str:
    try:
        return f" {HTTPStatus(status).phrase}"
    except ValueError:
        return ""
