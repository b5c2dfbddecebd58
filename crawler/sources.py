"""The sources: those of config.toml and those that documents name, with what the archive holds of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crawler.settings import LOCAL, CrawlerSettings

if TYPE_CHECKING:
    from datetime import datetime

    from crawler.archive import SourceRecord


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """A source; ``kind`` is ``None`` where config.toml does not have it. Dates are as known (ISO 8601)."""

    name: str
    label: str
    kind: str | None
    enabled: bool
    documents: int
    first: str | None
    last: str | None
    last_loaded: datetime | None

    def to_json(self) -> dict[str, Any]:
        """All fields; ``last_loaded`` in ISO 8601, UTC."""
        loaded = self.last_loaded
        return {
            "name": self.name,
            "label": self.label,
            "kind": self.kind,
            "enabled": self.enabled,
            "documents": self.documents,
            "first": self.first,
            "last": self.last,
            "last_loaded": loaded.isoformat(timespec="seconds") if loaded else None,
        }


def list_sources(settings: CrawlerSettings, coverage: Iterable[SourceRecord]) -> tuple[SourceStatus, ...]:
    """The configured sources in the order of config.toml, then ``local``, then the others of the archive by name."""
    records = {record.name: record for record in coverage}
    configured = [source.name for source in settings.sources]
    others = sorted(records.keys() - {*configured, LOCAL})
    return tuple(_status(settings, name, records.get(name)) for name in [*configured, LOCAL, *others])


def as_table(statuses: Sequence[SourceStatus]) -> list[str]:
    """Lines for people: a header, then a source a line, in columns."""
    rows = [("NAME", "LABEL", "KIND", "ENABLED", "DOCUMENTS", "DATES", "LAST LOADED"), *map(_cells, statuses)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _status(settings: CrawlerSettings, name: str, record: SourceRecord | None) -> SourceStatus:
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
    )
