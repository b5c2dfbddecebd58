"""Scrapy's settings for one source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from crawler.errors import ConfigError

if TYPE_CHECKING:
    from crawler.settings import CrawlSettings
    from crawler.source import FetchedSource

MAX_REDIRECTS = 8
"""RFC 9309 wants at least five for robots.txt; browsers stop at twenty, and what comes after eight is a loop."""
MAX_REFRESH_S = 3
"""A page that sends its reader on within three seconds is a redirect; one that reloads itself later is a page."""
CONNECTIONS = 16
"""Of one source, to all its hosts; each host has its own limit."""

_PARTS = {
    "SCHEDULER": "crawler.spider.scheduler.FrontierScheduler",
    "ROBOTSTXT_PARSER": "crawler.spider.robots.RobotRules",
    "DOWNLOAD_HANDLERS": {
        "http": "crawler.spider.handler.GuardedHandler",
        "https": "crawler.spider.handler.GuardedHandler",
        **dict.fromkeys(("data", "file", "ftp", "s3")),
    },
    "DOWNLOADER_MIDDLEWARES": {
        "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
        "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
        "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
        "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
        "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
        "crawler.spider.robots.RobotsMiddleware": 100,
        "crawler.spider.politeness.PoliteRetry": 550,
        "crawler.spider.politeness.StrictCompression": 590,
    },
    # The spider yields neither requests nor items, so what works on those has nothing to do.
    "SPIDER_MIDDLEWARES": {
        "scrapy.spidermiddlewares.start.StartSpiderMiddleware": None,
        "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,
        "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
        "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
        "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
    },
    "EXTENSIONS": {
        "scrapy.extensions.throttle.AutoThrottle": None,
        "crawler.spider.politeness.PoliteThrottle": 0,
        "scrapy.extensions.remote_control.RemoteControl": None,
        "scrapy.extensions.logstats.LogStats": None,
        "scrapy.extensions.feedexport.FeedExporter": None,
    },
}

_FIXED = {
    "ROBOTSTXT_OBEY": True,
    "AUTOTHROTTLE_ENABLED": True,
    "COOKIES_ENABLED": False,
    "REFERRER_POLICY": "no-referrer",
    "TELNETCONSOLE_ENABLED": False,
    # A proxy would make the connections in our place, and no address could be refused any more.
    "HTTPPROXY_ENABLED": False,
    "DOWNLOAD_DELAY_JITTER": 0.0,
    "DOWNLOAD_WARNSIZE": 0,
    "CONCURRENT_REQUESTS": CONNECTIONS,
    "REDIRECT_MAX_TIMES": MAX_REDIRECTS,
    "METAREFRESH_MAXDELAY": MAX_REFRESH_S,
    "STATS_DUMP": False,
    "DOWNLOADER_STATS": False,
    "WARN_ON_GENERATOR_RETURN_VALUE": False,
    # The spider yields no items. With Scrapy's 100, each answer would start a hundred tasks to wait for them.
    "CONCURRENT_ITEMS": 1,
    "LOG_ENABLED": False,
    "DEFAULT_REQUEST_HEADERS": {
        "Accept": "text/html,application/xhtml+xml,application/pdf;q=0.9,application/xml;q=0.9,*/*;q=0.5",
    },
}


def user_agent(crawl: CrawlSettings) -> str:
    """``Concord/0.1 (+contact)``: an honest name, and where to complain."""
    name = crawl.user_agent
    if "/" not in name:
        name = f"{name}/{'.'.join(version('concord').split('.')[:2])}"
    return f"{name} (+{crawl.contact})" if crawl.contact else name


def product_token(crawl: CrawlSettings) -> str:
    """The name that robots.txt files call us by (RFC 9309, section 2.2.1)."""
    match = re.match(r"[A-Za-z_-]+", crawl.user_agent)
    return match[0] if match else "Concord"


def check_contact(crawl: CrawlSettings, sources: Sequence[FetchedSource]) -> None:
    """Raise :class:`ConfigError` where public addresses would be fetched from and nobody says who does it."""
    public = [source.name for source in sources if not source.allow_private]
    if public and not crawl.contact:
        raise ConfigError(
            [
                f"[crawl] contact is missing, and {', '.join(public)} would be fetched from the internet: write under "
                '[crawl] in config.toml contact = "…", a mail or web address at which a site\'s keeper reaches you'
            ]
        )


def scrapy_settings(source: FetchedSource, crawl: CrawlSettings) -> dict[str, Any]:
    """All of Scrapy's settings for a source that differ from Scrapy's defaults."""
    return {
        **_PARTS,
        **_FIXED,
        "USER_AGENT": user_agent(crawl),
        "ROBOTSTXT_USER_AGENT": product_token(crawl),
        "RETRY_TIMES": crawl.retries,
        "DOWNLOAD_DELAY": source.delay,
        "CONCURRENT_REQUESTS_PER_DOMAIN": source.concurrency,
        "AUTOTHROTTLE_TARGET_CONCURRENCY": float(source.concurrency),
        "DOWNLOAD_TIMEOUT": source.timeout,
        "DOWNLOAD_MAXSIZE": source.max_bytes,
        "CLOSESPIDER_TIMEOUT": (source.max_minutes or 0) * 60,
        "CONCORD_ALLOW_PRIVATE": source.allow_private,
        "CONCORD_ALLOW_PUBLIC": crawl.contact is not None,
    }
