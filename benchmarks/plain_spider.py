"""A Scrapy spider that fetches a site's pages and does nothing else: ``plain_spider.py START CONCURRENCY``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.linkextractors import LinkExtractor


class Plain(scrapy.Spider):
    name = "plain"
    start_urls = sys.argv[1:2]
    links = LinkExtractor()

    def parse(self, response: Any) -> Iterator[Any]:
        if "/news/list" in response.url or response.url.endswith("/"):
            yield from response.follow_all(self.links.extract_links(response), self.parse)


if __name__ == "__main__":
    process = AsyncCrawlerProcess(
        {
            "LOG_ENABLED": False,
            "LOG_INSTALL_ROOT_HANDLER": False,
            "ROBOTSTXT_OBEY": True,
            "COOKIES_ENABLED": False,
            "TELNETCONSOLE_ENABLED": False,
            "CONCURRENT_REQUESTS": 16,
            "CONCURRENT_REQUESTS_PER_DOMAIN": int(sys.argv[2]),
        }
    )
    process.crawl(Plain)
    process.start()
