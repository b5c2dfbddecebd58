"""A crawl: the sources that were chosen, all at once in one process, each with its own Scrapy crawler."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crawler.errors import ConfigError
from crawler.spider.options import check_contact, scrapy_settings
from crawler.spider.report import CrawlReport, SourceReport

if TYPE_CHECKING:
    from crawler.archive import Archive
    from crawler.settings import CrawlerSettings
    from crawler.source import FetchedSource


@dataclass(frozen=True, slots=True)
class CrawlOptions:
    """What the command line asks for: ``max_pages`` of each source, and whether to disregard all validators.

    ``scrapy`` are settings of Scrapy that tests and benchmarks change.
    """

    max_pages: int | None = None
    full: bool = False
    scrapy: Mapping[str, Any] | None = None


def chosen_sources(settings: CrawlerSettings, names: Sequence[str]) -> tuple[FetchedSource, ...]:
    """The sources named, else all that are enabled; raises ``UnknownSource`` or ``ConfigError``."""
    if not names:
        return tuple(source for source in settings.fetched_sources if source.enabled)
    sources = tuple(settings.fetched_source(name) for name in dict.fromkeys(names))
    off = [source.name for source in sources if not source.enabled]
    if off:
        raise ConfigError([f'source "{name}" is switched off: write enabled = true in its section' for name in off])
    return sources


def crawl(
    archive: Archive,
    settings: CrawlerSettings,
    names: Sequence[str] = (),
    options: CrawlOptions | None = None,
    progress: Callable[[SourceReport], None] = lambda _: None,
) -> CrawlReport:
    """Crawl sources until each is finished, limited or stopped; can run once in a process (Twisted's reactor).

    Ctrl-C ends it after the requests that are on their way; a second one at once. Raises ``UnknownSource``,
    ``ConfigError``, and ``ArchiveError`` where the archive can't be written: what was stored before stays.
    """
    sources = chosen_sources(settings, names)
    check_contact(settings.crawl, sources)
    if not sources:
        return CrawlReport(())
    from scrapy.crawler import AsyncCrawlerProcess

    from crawler.spider.extraction import Extractor

    quiet()
    process = AsyncCrawlerProcess({"LOG_ENABLED": False, "LOG_INSTALL_ROOT_HANDLER": False})
    extractor = Extractor()
    run = Run(archive, settings, options or CrawlOptions(), progress)
    try:
        with archive.in_haste():
            run.begin(process, sources, extractor)
            process.start()
    finally:
        extractor.close()
    return run.result()


class Run:
    """The crawls of several sources inside a running Scrapy process, and what came of them."""

    def __init__(
        self,
        archive: Archive,
        settings: CrawlerSettings,
        options: CrawlOptions,
        progress: Callable[[SourceReport], None] = lambda _: None,
    ) -> None:
        self._archive = archive
        self._settings = settings
        self._options = options
        self._progress = progress
        self._errors: list[Exception] = []
        self._reports: list[SourceReport] = []

    def begin(self, runner: Any, sources: Sequence[FetchedSource], extractor: Any) -> list[Any]:
        """Start crawling with an ``AsyncCrawlerRunner`` or ``AsyncCrawlerProcess``; the tasks to wait for."""
        from crawler.spider.hosts import Hosts

        hosts = Hosts()
        return [self._add(runner, source, hosts, extractor) for source in sources]

    def result(self) -> CrawlReport:
        """The report, once all tasks are done; raises the first error that stopped one of them."""
        if self._errors:
            raise self._errors[0]
        stopped = any((report.ended or "").startswith("stopped") for report in self._reports)
        return CrawlReport(tuple(self._reports), stopped)

    def _add(self, runner: Any, source: FetchedSource, hosts: Any, extractor: Any) -> Any:
        from scrapy.crawler import Crawler
        from scrapy.settings import Settings

        from crawler.source import SiteSource
        from crawler.spider.spider import SourceSpider
        from crawler.spider.visiting import Visitor

        report = SourceReport(source.name)
        self._reports.append(report)
        frontier = self._archive.frontier(source.name)
        hosts.remember(frontier.resting())
        begun = frontier.begin(revisit=isinstance(source, SiteSource))
        report.resumed = begun.resumed
        visitor = Visitor(source, self._archive, frontier, begun, report, extractor, full=self._options.full)
        visitor.begin()
        values = {**scrapy_settings(source, self._settings.crawl), **(self._options.scrapy or {})}
        self._progress(report)
        task = runner.crawl(
            Crawler(SourceSpider, Settings(values)),
            source=source,
            visitor=visitor,
            hosts=hosts,
            max_pages=min(source.max_pages, self._options.max_pages or source.max_pages),
            progress=lambda: self._progress(report),
            fatal=self._errors.append,
        )
        task.add_done_callback(self._note)
        return task

    def _note(self, task: Any) -> None:
        error = None if task.cancelled() else task.exception()
        if isinstance(error, Exception):
            self._errors.append(error)


def quiet() -> None:
    """The libraries' own messages go nowhere: what they tell is in the report, and addresses may hold secrets."""
    # On the root: Scrapy resets its own loggers when it starts, and each spider has one by the source's name.
    logging.getLogger().addHandler(logging.NullHandler())
