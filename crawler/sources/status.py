"""The sources: those of config.toml and those that documents name, with what the archive holds of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crawler.settings import CrawlerSettings
from crawler.source import LOCAL

if TYPE_CHECKING:
    from datetime import datetime

    from crawler.archive import SourceRecord
    from crawler.archive.crawls import CrawlRecord


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """A source; ``kind`` is ``None`` where config.toml does not have it. Dates are as known (ISO 8601).

    ``last_loaded`` is when a document of it last came in or was found unchanged; ``crawl`` tells of its latest crawl.
    """

    name: str
    label: str
    kind: str | None
    enabled: bool
    documents: int
    first: str | None
    last: str | None
    last_loaded: datetime | None
    crawl: CrawlRecord | None = None

    def to_json(self) -> dict[str, Any]:
        """All fields; times in ISO 8601, UTC; ``last_crawl`` is ``None`` for a source that was never crawled."""
        return {
            "name": self.name,
            "label": self.label,
            "kind": self.kind,
            "enabled": self.enabled,
            "documents": self.documents,
            "first": self.first,
            "last": self.last,
            "last_loaded": _iso(self.last_loaded),
            "last_crawl": _crawl_to_json(self.crawl) if self.crawl else None,
        }


def list_sources(
    settings: CrawlerSettings, coverage: Iterable[SourceRecord], crawls: Iterable[CrawlRecord] = ()
) -> tuple[SourceStatus, ...]:
    """The configured sources in the order of config.toml, then ``local``, then the others of the archive by name."""
    records = {record.name: record for record in coverage}
    crawled = {record.source: record for record in crawls}
    configured = [source.name for source in settings.sources]
    others = sorted((records.keys() | crawled.keys()) - {*configured, LOCAL})
    names = [*configured, LOCAL, *others]
    return tuple(_status(settings, name, records.get(name), crawled.get(name)) for name in names)


def as_table(statuses: Sequence[SourceStatus]) -> list[str]:
    """Lines for people: a header, then a source a line, in columns; below, why addresses could not be had."""
    rows = [
        ("NAME", "LABEL", "KIND", "ENABLED", "DOCUMENTS", "DATES", "LAST LOADED", "LAST CRAWLED"),
        *map(_cells, statuses),
    ]
    if not any(status.crawl for status in statuses):
        rows = [row[:-1] for row in rows]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    failures = [line for status in statuses for line in _failures(status)]
    return [*lines, "", *failures] if failures else lines


def _status(
    settings: CrawlerSettings, name: str, record: SourceRecord | None, crawl: CrawlRecord | None
) -> SourceStatus:
    source = next((source for source in settings.sources if source.name == name), None)
    return SourceStatus(
        name=name,
        label=settings.label(name),
        kind=source.kind.value if source else None,
        enabled=source.enabled if source else True,
        documents=record.documents if record else 0,
        first=record.first if record else None,
        last=record.last if record else None,
        last_loaded=record.last_captured_at if record else None,
        crawl=crawl,
    )


def _cells(status: SourceStatus) -> tuple[str, ...]:
    dates = status.first or "-" if status.first == status.last else f"{status.first} - {status.last}"
    return (
        status.name,
        status.label,
        status.kind or "-",
        "yes" if status.enabled else "no",
        f"{status.documents:,}",
        dates,
        f"{status.last_loaded:%Y-%m-%d %H:%M} UTC" if status.last_loaded else "never",
        _crawled(status),
    )


def _crawled(status: SourceStatus) -> str:
    crawl = status.crawl
    if crawl is None:
        return "never" if status.kind in ("feed", "sitemap", "site") else "-"
    if crawl.finished_at is None:
        return f"{crawl.started_at:%Y-%m-%d %H:%M} UTC, not finished: {crawl.pending:,} pages wait"
    failed = f", {crawl.failed:,} failed" if crawl.failed else ""
    return f"{crawl.finished_at:%Y-%m-%d %H:%M} UTC{failed}"


def _failures(status: SourceStatus) -> list[str]:
    if status.crawl is None:
        return []
    return [f"{status.name}: {each.count:,} x {each.reason}, such as {each.example}" for each in status.crawl.failures]


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def _crawl_to_json(crawl: CrawlRecord) -> dict[str, Any]:
    return {
        "started": _iso(crawl.started_at),
        "finished": _iso(crawl.finished_at),
        "done": crawl.done,
        "absent": crawl.absent,
        "failed": crawl.failed,
        "skipped": crawl.skipped,
        "pending": crawl.pending,
        "failures": [{"reason": each.reason, "count": each.count, "example": each.example} for each in crawl.failures],
    }
