"""Many crawls in one process: each line on stdin is the arguments of one, each line on stdout its report.

What a command line does around a crawl is left out, and with it most of the time: Scrapy is imported and the workers
of the extraction are started once.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess

from crawler import Archive, ConcordError, ConfigFile, load_settings
from crawler.spider.extraction import Extractor
from crawler.spider.options import check_contact
from crawler.spider.run import CrawlOptions, Run, chosen_sources, quiet


async def crawl(process: Any, extractor: Extractor, config: str, **options: Any) -> dict[str, Any]:
    settings = load_settings(ConfigFile.read(Path(config)))
    with Archive.open(settings.archive_path, create=True) as archive:
        try:
            sources = chosen_sources(settings, [])
            check_contact(settings.crawl, sources)
            names = options.pop("names", None)
            if names:
                from scrapy.resolver import dnscache

                dnscache.limit = 100
                dnscache.update(names)
            run = Run(archive, settings, CrawlOptions(**options))
            await asyncio.wait(run.begin(process, sources, extractor))
            return run.result().to_json()
        except ConcordError as error:
            return {"error": str(error)}


async def serve(process: Any) -> None:
    extractor = Extractor(workers=1)
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        report = await crawl(process, extractor, **json.loads(line))
        print(json.dumps(report), flush=True)
    extractor.close()
    from twisted.internet import reactor

    reactor.stop()  # type: ignore[attr-defined]


if __name__ == "__main__":
    quiet()
    shared = AsyncCrawlerProcess({"LOG_ENABLED": False, "LOG_INSTALL_ROOT_HANDLER": False})
    task = asyncio.get_event_loop_policy().get_event_loop().create_task(serve(shared))
    shared.start(stop_after_crawl=False)
