"""robots.txt by RFC 9309: Protego, and what it reads otherwise.

Three things are mended before Protego sees the file: a group is chosen by the product token alone ("FOO BAR" names
"foo", section 2.2.1), lines of other kinds don't end a group (section 2.2.4), and a file that can't be had because the
server fails forbids everything (section 2.3.1.4).

Percent-encoding (section 2.2.2) is where parsers disagree: whether ``/%62`` and ``/b`` are the same. An address is
fetched only where both readings allow it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Self
from urllib.parse import quote

from protego import Protego
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.robotstxt import RobotParser, decode_robotstxt
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.defer import Deferred

from crawler.spider.failures import reason_of
from crawler.spider.handler import AddressRefused
from crawler.spider.waiting import retry_after

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

MAX_CRAWL_DELAY_S = 3600.0
"""A robots.txt that asks for more than an hour between two requests gets an hour."""

_LINE_ENDS = re.compile(r"\r\n|\r|\n")
_AGENT = re.compile(r"\s*user[- ]?agent\s*:?\s*(.*)", re.IGNORECASE | re.DOTALL)
_RULE = re.compile(r"\s*(?:allow|dis{1,2}al{1,2}ow|diasllow|disallaw|crawl[- ]delay)\b", re.IGNORECASE)
_TOKEN = re.compile(r"[A-Za-z_-]+")
_ESCAPED = re.compile(r"%|[^\x00-\x7f]")
_NOBODY = "x-nobody"


class RobotRules(RobotParser):
    """The rules of one robots.txt, as Scrapy asks for them."""

    def __init__(self, text: str) -> None:
        self._lines = [line.partition("#")[0] for line in _LINE_ENDS.split(text)]
        self._readings: dict[str, tuple[Protego, Protego | None]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler | None, robotstxt_body: bytes) -> Self:
        """Never fails: bytes that are no robots.txt have no rules."""
        return cls(decode_robotstxt(robotstxt_body, None))

    def allowed(self, url: str | bytes, user_agent: str | bytes) -> bool:
        """Whether a crawler whose name begins with the product token in ``user_agent`` may fetch ``url``."""
        address = url.decode() if isinstance(url, bytes) else url
        token = _token(user_agent)
        normalised, literal = self._read(token)
        return normalised.can_fetch(address, token) and (
            literal is None or literal.can_fetch(address.replace("%", "%25"), token)
        )

    def crawl_delay(self, user_agent: str | bytes) -> float | None:
        """The seconds to leave between two requests, at most :data:`MAX_CRAWL_DELAY_S`."""
        token = _token(user_agent)
        delay = self._read(token)[0].crawl_delay(token)
        return None if delay is None else min(float(delay), MAX_CRAWL_DELAY_S)

    def _read(self, token: str) -> tuple[Protego, Protego | None]:
        if token not in self._readings:
            lines = [mended for line in self._lines if (mended := _mend(line, token)) is not None]
            literal = [_spell_out(line) if _RULE.match(line) else line for line in lines]
            escaped = any(_ESCAPED.search(line) for line in lines)
            self._readings[token] = (
                Protego.parse("\n".join(lines)),
                Protego.parse("\n".join(literal)) if escaped else None,
            )
        return self._readings[token]


def _token(user_agent: str | bytes) -> str:
    text = user_agent.decode("latin-1") if isinstance(user_agent, bytes) else user_agent
    match = _TOKEN.match(text.strip())
    return match[0].lower() if match else _NOBODY


def _mend(line: str, token: str) -> str | None:
    """The line with its agent as a product token; ``None`` for one that is neither agent nor rule."""
    if agent := _AGENT.match(line):
        value = agent[1].strip()
        if value.startswith("*"):
            return "User-agent: *"
        return f"User-agent: {token if _token(value) == token else _NOBODY + '-else'}"
    return line if _RULE.match(line) else None


def _spell_out(line: str) -> str:
    """A rule in which an escape stands for itself: one that Protego would undo is written so that it can't."""
    return re.sub(r"%", "%25", quote(line, safe="".join(map(chr, range(128)))))


class RobotsUnreachable(Exception):
    """A robots.txt that can't be had forbids everything, until it can be had."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(f"robots.txt: {reason}")
        self.wait = wait


class RobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's middleware, with the answers of RFC 9309 to a robots.txt that isn't there or can't be had."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._failed: dict[str, tuple[RobotsUnreachable, int]] = {}
        self._tries = crawler.settings.getint("RETRY_TIMES") + 1

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """The rules for a request's host; raises :class:`RobotsUnreachable`."""
        netloc = urlparse_cached(request).netloc
        failure, tries = self._failed.get(netloc, (None, 0))
        if failure is not None and tries >= self._tries:
            raise failure
        # Not what this returns: of several requests that wait for one robots.txt, Scrapy 2.19 gives the parser to the
        # first alone and None, which allows everything, to the others (a Deferred's future leaves None behind).
        await super().robot_parser(request)
        parser = self._parsers.get(netloc)
        if isinstance(parser, Deferred):
            return await self.robot_parser(request)
        failure, tries = self._failed.get(netloc, (None, 0))
        if parser is None and failure is not None:
            self._parsers.pop(netloc, None)  # asked for again with the next request, a few times
            raise failure
        return parser

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500 or response.status == 429:
            raise RobotsUnreachable(f"HTTP {response.status}", retry_after(response.headers.get("Retry-After")))
        if response.status >= 400:
            response = response.replace(body=b"")  # "unavailable": no rules, whatever the error page says
        self._failed.pop(netloc, None)
        await super()._parse_robots(response, netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        # With too many redirects the file counts as unavailable (section 2.3.1.2). An address that is refused stays so.
        if not isinstance(exc, IgnoreRequest):
            failure = exc if isinstance(exc, RobotsUnreachable) else RobotsUnreachable(reason_of(exc))
            tries = self._tries if isinstance(exc, AddressRefused) else self._failed.get(netloc, (failure, 0))[1] + 1
            self._failed[netloc] = (failure, tries)
        super()._robots_error(exc, netloc)
