"""A few pages, fetched one after the other: for looking at a site before it is crawled.

The rules are those of a crawl: robots.txt (RFC 9309) is asked first, a pause stands between two requests to a host,
only public addresses are connected to, sizes and times have limits, cookies and credentials are neither kept nor sent.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import urllib3
from scrapy.robotstxt import decode_robotstxt
from urllib3 import exceptions

from crawler import checks
from crawler.connections import Connector, pools
from crawler.discovery.sitemaps import Location, read_sitemap
from crawler.errors import DiscoveryError, FetchError
from crawler.foreign import joined
from crawler.spider.robots import RobotRules

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MAX_REDIRECTS = 5
"""RFC 9309 asks for at least five; browsers stop at twenty, but then something is wrong."""
ROBOTS_BYTES = 500 * 1024
"""RFC 9309, section 2.5: at least so much of a robots.txt is read."""
MAX_DELAY_S = 30.0
"""A robots.txt that asks for a longer pause gets this one: only a handful of pages is fetched here."""
_CHUNK = 64 * 1024
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_SENSITIVE = frozenset({"set-cookie", "set-cookie2", "www-authenticate", "proxy-authenticate"})

# In this order: a name that isn't found is a connection that isn't made, and that is a timeout.
_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (exceptions.NameResolutionError, "no such host: check how its name is written"),
    (exceptions.SSLError, "its certificate can't be trusted"),
    (exceptions.NewConnectionError, "no connection: the host refuses it or can't be reached"),
    (exceptions.TimeoutError, "no answer in time: try again later"),
    (exceptions.DecodeError, "its compressed body is damaged"),
    (exceptions.LocationValueError, "not an address that can be fetched"),
    (exceptions.ProtocolError, "the connection broke off"),
)


@dataclass(frozen=True, slots=True)
class Response:
    """What a server answered, with status 2xx. ``url`` is the last one of the redirects; header names are small."""

    url: str
    body: bytes
    media_type: str
    charset: str | None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Manners:
    """How to fetch: who asks, how often, how much at most."""

    user_agent: str
    delay: float = 1.0
    timeout: float = 60.0
    max_bytes: int = 20_000_000
    allow_private: bool = False
    allow_public: bool = True


@dataclass(frozen=True, slots=True)
class Robots:
    """A robots.txt: its rules and the sitemaps that it names."""

    rules: RobotRules
    sitemaps: tuple[str, ...]


class Fetcher:
    """Fetches pages with ``manners``; use it in one thread. ``tell`` gets each address before it is asked for."""

    def __init__(self, manners: Manners, tell: Callable[[str], None] = lambda _: None) -> None:
        self._manners = manners
        self._tell = tell
        self._connector = Connector(allow_private=manners.allow_private, allow_public=manners.allow_public)
        self._pools = pools(self._connector)
        self._robots: dict[str, Robots] = {}
        self._last: dict[str, float] = {}
        self._fetched: dict[str, Response] = {}

    def get(self, url: str) -> Response:
        """Fetch ``url`` and follow its redirects, once; raise :class:`FetchError` for anything but a page."""
        if url not in self._fetched:
            self._tell(url)
            self._fetched[url] = self._get(url)
        return self._fetched[url]

    def _get(self, url: str) -> Response:
        asked = url
        for _ in range(MAX_REDIRECTS + 1):
            _check(url)
            if not self.robots(url).rules.allowed(url, self._manners.user_agent):
                raise FetchError(url, "its robots.txt asks crawlers to leave it alone")
            self._pause(url)
            status, found = self._request(url, self._manners.max_bytes)
            if status not in _REDIRECTS or "location" not in found.headers:
                return _succeeded(status, found)
            url = _onward(url, found.headers["location"])
        raise FetchError(asked, f"more than {MAX_REDIRECTS} redirects")

    def robots(self, url: str) -> Robots:
        """The rules of the robots.txt that goes with ``url``; it is fetched once.

        As RFC 9309 has it: a robots.txt that isn't there allows everything; one that can't be fetched, nothing.
        """
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._robots:
            body = self._fetch_robots(f"{origin}/robots.txt")
            sitemaps = _sitemaps(body, f"{origin}/robots.txt")
            rules = RobotRules(decode_robotstxt(body, None))
            self._robots[origin] = Robots(rules, tuple(location.url for location in sitemaps))
        return self._robots[origin]

    def _fetch_robots(self, url: str) -> bytes:
        for _ in range(MAX_REDIRECTS + 1):
            _check(url)
            status, found = self._request(url, ROBOTS_BYTES, cut=True)
            if status in _REDIRECTS and "location" in found.headers:
                url = _onward(url, found.headers["location"])
                continue
            if status >= 500 or status == 429:
                return b"User-agent: *\nDisallow: /"
            return found.body if status < 300 else b""
        return b""

    def _pause(self, url: str) -> None:
        host = urlsplit(url).netloc
        asked = self.robots(url).rules.crawl_delay(self._manners.user_agent) or 0.0
        wait = max(self._manners.delay, min(asked, MAX_DELAY_S)) - (time.monotonic() - self._last.get(host, -1e9))
        if wait > 0:
            time.sleep(wait)
        self._last[host] = time.monotonic()

    def _request(self, url: str, limit: int, *, cut: bool = False) -> tuple[int, Response]:
        deadline = time.monotonic() + self._manners.timeout
        # A server that drips its headers keeps each single read short of its timeout: the watch ends all of it.
        watch = threading.Timer(self._manners.timeout, self._connector.hang_up)
        watch.start()
        try:
            answer = self._pools.request(
                "GET",
                url,
                headers={"User-Agent": self._manners.user_agent, "Accept-Encoding": "gzip, deflate"},
                timeout=self._manners.timeout,
                redirect=False,
                retries=False,
                preload_content=False,
            )
            try:
                return answer.status, _response(url, answer, _body(url, answer, limit, deadline, cut=cut))
            finally:
                answer.close()
        except exceptions.HTTPError as error:
            raise FetchError(url, _reason(error)) from error
        finally:
            watch.cancel()


def _sitemaps(body: bytes, url: str) -> tuple[Location, ...]:
    try:
        return read_sitemap(body, url).sitemaps
    except DiscoveryError:  # a robots.txt that is none names no sitemaps
        return ()


def _check(url: str) -> None:
    try:
        checks.url(url)
    except ValueError as error:
        raise FetchError(_host(url) or "the address", str(error)) from None


def _host(url: str) -> str | None:
    try:
        return urlsplit(url).hostname if "://" in url else None
    except ValueError:
        return None


def _onward(url: str, location: str) -> str:
    onward = joined(url, location)
    if onward is None:
        raise FetchError(url, "it leads on to what is no address")
    return onward


def _body(url: str, answer: urllib3.BaseHTTPResponse, limit: int, deadline: float, *, cut: bool) -> bytes:
    parts: list[bytes] = []
    size = 0
    while chunk := answer.read1(min(_CHUNK, limit + 1 - size), decode_content=True):
        parts.append(chunk)
        size += len(chunk)
        if size > limit:
            if cut:
                break
            raise FetchError(url, f"larger than {limit / 1_000_000:g} MB")
        if time.monotonic() > deadline:
            raise FetchError(url, "no answer in time: try again later")
    return b"".join(parts)[:limit]


def _response(url: str, answer: urllib3.BaseHTTPResponse, body: bytes) -> Response:
    headers = {name.lower(): value for name, value in answer.headers.items() if name.lower() not in _SENSITIVE}
    media_type, charset = _content_type(headers.get("content-type", ""))
    return Response(url, body, media_type, charset, headers)


def _content_type(value: str) -> tuple[str, str | None]:
    from email.message import Message

    message = Message()
    message["content-type"] = value or "application/octet-stream"
    return message.get_content_type(), message.get_content_charset()


def _succeeded(status: int, found: Response) -> Response:
    if 200 <= status < 300:
        return found
    reasons = {401: "needs a login", 403: "the server forbids it", 404: "not there", 410: "no longer there"}
    reason = reasons.get(status, "too many requests: try again later" if status == 429 else "the server failed")
    raise FetchError(found.url, f"{reason} (HTTP {status})")


def _reason(error: exceptions.HTTPError) -> str:
    return next((reason for kind, reason in _REASONS if isinstance(error, kind)), f"can't be fetched: {error}")
