"""Scrapy's retries, throttle and decompression, each with what it lacks here."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from scrapy import signals
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.exceptions import ResponseDataLossError
from scrapy.extensions.throttle import AutoThrottle
from scrapy.utils._compression import _DecompressionMaxSizeExceeded
from scrapy.utils.httpobj import urlparse_cached

from crawler.spider.robots import RobotsUnreachable
from crawler.spider.waiting import backoff, retry_after

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.core.downloader import Slot
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.robotstxt import RobotParser

WAIT = "concord_wait"
"""In a request's meta: the seconds to wait before it is made."""
REST = "concord_rest"
"""In a request's meta: the seconds for which its host asked to be left alone."""

_CHUNK = 64 * 1024


class PoliteRetry(RetryMiddleware):
    """Retries that wait: as long as the server asks for, else longer each time."""

    def process_response(self, request: Request, response: Response, spider: object = None) -> Request | Response:
        result = super().process_response(request, response)
        if response.status in (429, 503):
            wait = retry_after(response.headers.get("Retry-After"))
            if wait is None and response.status == 429:
                wait = backoff(request.meta.get("retry_times", 0) + 1, too_many=True)
            result_meta = result.meta if result is not response else request.meta
            if wait is not None:
                result_meta[REST] = wait
        if result is not response:
            self._wait(result)
        return result

    def process_exception(
        self, request: Request, exception: Exception, spider: object = None
    ) -> Request | Response | None:
        result = super().process_exception(request, exception)
        if isinstance(exception, RobotsUnreachable):
            result = self._retry(request, exception)
            if exception.wait is not None:
                (result or request).meta[REST] = exception.wait
        if result is not None:
            self._wait(result)
        return result

    @staticmethod
    def _wait(request: Request | Response) -> None:
        request.meta[WAIT] = request.meta.get(REST) or backoff(request.meta.get("retry_times", 1))


class PoliteThrottle(AutoThrottle):
    """AutoThrottle that never asks a host more often than its robots.txt allows (crawl-delay).

    A delay of 0 turns the throttling by latency off; the crawl-delay holds all the same.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawl_delays: dict[str, float] = {}
        self._agent: str = crawler.settings["ROBOTSTXT_USER_AGENT"]
        super().__init__(crawler)
        crawler.signals.connect(self._robots_parsed, signal=signals.robots_parsed)

    def _robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        delay = robotparser.crawl_delay(self._agent)
        if delay:
            host = urlparse_cached(request).hostname or ""
            self._crawl_delays[host] = delay
            # robots.txt itself was just asked for: its slot is there, and the delay counts from that request.
            slot = self.crawler.engine.downloader.slots.get(host)
            if slot is not None:
                slot.delay = max(slot.delay, delay)

    def _start_delay(self) -> float:
        return self.mindelay

    def _adjust_delay(self, slot: Slot, latency: float, response: Response) -> None:
        if self.mindelay:
            super()._adjust_delay(slot, latency, response)
        host = urlparse_cached(response).hostname or ""
        slot.delay = max(slot.delay, self._crawl_delays.get(host, 0.0))


class StrictCompression(HttpCompressionMiddleware):
    """Decompression that takes half a gzip body for what it is, where Scrapy's returns as much as there is."""

    @staticmethod
    def _decode(body: bytes, encoding: bytes, max_size: int) -> bytes:
        if encoding in (b"gzip", b"x-gzip"):
            return gunzip(body, max_size)
        try:
            return HttpCompressionMiddleware._decode(body, encoding, max_size)
        except _DecompressionMaxSizeExceeded:
            raise
        except Exception as error:  # each of the three decompressors has its own
            raise ResponseDataLossError(f"broken {encoding.decode()} body: {error}") from error


def gunzip(body: bytes, max_size: int) -> bytes:
    """All members of a gzip body; raises ``ResponseDataLossError`` where it is cut off or broken, and
    ``_DecompressionMaxSizeExceeded`` as soon as there are more than ``max_size`` bytes."""
    unpacked = bytearray()
    rest = body
    while rest.rstrip(b"\0"):
        member = zlib.decompressobj(wbits=31)
        while not member.eof:
            try:
                chunk = member.decompress(rest, _CHUNK)
            except zlib.error as error:
                raise ResponseDataLossError(f"broken gzip body: {error}") from error
            rest = member.unconsumed_tail
            unpacked += chunk
            if max_size and len(unpacked) > max_size:
                raise _DecompressionMaxSizeExceeded(len(unpacked), max_size)
            if not chunk and not rest and not member.eof:
                raise ResponseDataLossError("the gzip body is cut off")
        rest = member.unused_data
    return bytes(unpacked)
