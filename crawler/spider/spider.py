"""The Scrapy spider of one source: it makes the requests, and hands each answer or failure to the visitor."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING, Any

import scrapy
from scrapy import signals
from scrapy.exceptions import (
    CloseSpider,
    IgnoreRequest,
    StopDownload,
)
from w3lib.encoding import http_content_type_encoding

from crawler.archive.addresses import Role, Task
from crawler.errors import ArchiveError
from crawler.spider.answers import Fetched
from crawler.spider.failures import reason_of
from crawler.spider.naming import HTML
from crawler.spider.places import without_credentials
from crawler.spider.politeness import REST
from crawler.spider.scheduler import TASK, FrontierScheduler
from crawler.spider.visiting import Visitor

if TYPE_CHECKING:
    from scrapy.http import Headers, Response
    from twisted.python.failure import Failure

    from crawler.archive.frontier import Frontier
    from crawler.source import FetchedSource
    from crawler.spider.hosts import Hosts

logger = logging.getLogger(__name__)

_DOCUMENTS = (
    *HTML,
    "text/plain",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/octet-stream",  # what servers say of files that they don't know; the bytes tell
    "",
)
_NEVER_LISTS = ("image/", "video/", "audio/", "font/")
_KEPT_HEADERS = ("content-type", "content-language", "date", "etag", "last-modified")


class SourceSpider(scrapy.Spider):
    """Crawls one source. Its scheduler takes addresses from the frontier; nothing is started here."""

    custom_settings = None

    def __init__(
        self,
        source: FetchedSource,
        visitor: Visitor,
        hosts: Hosts,
        max_pages: int,
        progress: Callable[[], None],
        fatal: Callable[[Exception], None],
    ) -> None:
        super().__init__(name=source.name)
        self.source = source
        self.visitor = visitor
        self.hosts = hosts
        self.max_pages = max_pages
        self.scheduler: FrontierScheduler
        self.unread = 0
        self._progress = progress
        self._fatal = fatal
        self._full = visitor.full

    @classmethod
    def from_crawler(cls, crawler: Any, *args: Any, **kwargs: Any) -> SourceSpider:
        """As Scrapy makes it; answers of unwanted kinds are cut off when their headers are there."""
        spider: SourceSpider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.check_headers, signals.headers_received)
        crawler.signals.connect(spider.note_end, signals.spider_closed)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Nothing: the scheduler has it all."""
        return
        yield

    @property
    def frontier(self) -> Frontier:
        """Where the addresses are."""
        return self.visitor.frontier

    def room(self, pages: int, lists: int) -> tuple[int, int]:
        """How many more pages and lists may be begun, beside those that are on their way; lists have the same limit,
        so that a site of nothing but lists ends too."""
        asked = self.visitor.asked
        return self.max_pages - asked["pages"] - pages, self.source.max_pages - asked["lists"] - lists

    def request(self, task: Task) -> scrapy.Request:
        """The request of a task, conditional where an earlier answer had validators.

        A page that a feed speaks of is asked for again when the feed says something new: that it has not changed would
        be no answer.
        """
        headers = {}
        if not self._full and not task.about:
            known = {"If-None-Match": task.etag, "If-Modified-Since": task.last_modified}
            headers = {name: value for name, value in known.items() if value}
        return scrapy.Request(
            task.url, headers=headers, callback=self.answered, errback=self.failed, meta={TASK: task}, dont_filter=True
        )

    def check_headers(self, headers: Headers, body_length: int, request: scrapy.Request, spider: Any) -> None:
        """Stop the download of what can't become a document or a list."""
        task = request.meta.get(TASK)
        if task is None or b"Location" in headers:
            return
        media_type = _media_type(headers)
        wanted = media_type in _DOCUMENTS if task.role is Role.PAGE else not media_type.startswith(_NEVER_LISTS)
        if not wanted:
            raise StopDownload(fail=True)

    async def answered(self, response: Response) -> None:
        """An answer of any status."""
        request = response.request
        assert request is not None  # noqa: S101 - Scrapy sets it
        task: Task = request.meta[TASK]
        self.scheduler.downloaded(request)
        if REST in request.meta:
            self.scheduler.note_rest(request, request.meta[REST])
        report = self.visitor.report
        report.count("requests")
        report.count("bytes", len(response.body))
        report.count("throttled", int(response.status == 429))
        self.unread += 1
        try:
            await self.visitor.visit(task, _fetched(response))
        except ArchiveError as error:
            self._stop(error)
        except Exception as error:
            logger.exception("a bug met %s", task.url)
            reason = f"internal error: {type(error).__name__}"
            self._end(lambda: self.visitor.fail(task, reason))
        finally:
            self.unread -= 1
        self._ended(task)

    async def failed(self, failure: Failure) -> None:
        """No answer, or none that is wanted."""
        request: scrapy.Request = failure.request  # type: ignore[attr-defined]
        task: Task = request.meta[TASK]
        self.scheduler.downloaded(request)
        if REST in request.meta:
            self.scheduler.note_rest(request, request.meta[REST])
        error = failure.value
        if isinstance(error, StopDownload):
            kind = _media_type(error.response.headers) if error.response is not None else "unknown"
            self._end(lambda: self.visitor.skip(task, f"content type {kind}"))
        elif isinstance(error, IgnoreRequest) and "robots.txt" in str(error):
            self._end(lambda: self.visitor.skip(task, "robots.txt", robots=True))
        else:
            self._end(lambda: self.visitor.fail(task, reason_of(error)))
        self._ended(task)

    def _end(self, end: Callable[[], None]) -> None:
        try:
            end()
        except ArchiveError as error:
            self._stop(error)

    def _stop(self, error: ArchiveError) -> None:
        self._fatal(error)
        raise CloseSpider("archive")

    def _ended(self, task: Task) -> None:
        self.scheduler.ended(task)
        self._progress()

    def note_end(self, reason: str) -> None:
        """Say in the report why the crawl ends where it is not finished, and in the archive where it is."""
        self.visitor.end(reason, limit_reached=self.scheduler.limit_reached)


def _media_type(headers: Headers) -> str:
    value = headers.get("Content-Type") or b""
    return value.decode("latin-1").partition(";")[0].strip().lower()


def _charset(headers: Headers) -> str | None:
    return http_content_type_encoding((headers.get("Content-Type") or b"").decode("latin-1"))


def _fetched(response: Response) -> Fetched:
    headers = {name: response.headers.get(name) for name in _KEPT_HEADERS}
    kept = {name: value.decode("latin-1") for name, value in headers.items() if value}
    return Fetched(
        without_credentials(response.url),
        response.status,
        response.body,
        _media_type(response.headers) or _guess(response.body),
        _charset(response.headers),
        kept,
    )


def _guess(body: bytes) -> str:
    return "application/pdf" if body.startswith(b"%PDF-") else "text/html"
