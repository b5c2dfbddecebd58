"""What a crawl did, source by source."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Reason:
    """How often something happened, and one address where it did."""

    count: int
    example: str


@dataclass
class SourceReport:
    """The counts of one source; they grow while it is crawled.

    ``new``, ``changed`` and ``unchanged`` are documents; ``absent`` are documents that were not there any more;
    ``failed``, ``robots`` (not allowed by robots.txt) and ``skipped`` are addresses. ``ended`` says why the crawl
    stopped where it is not finished.
    """

    name: str
    counts: Counter[str] = field(default_factory=Counter)
    failed: dict[str, Reason] = field(default_factory=dict)
    skipped: dict[str, Reason] = field(default_factory=dict)
    resumed: bool = False
    ended: str | None = None

    def count(self, outcome: str, number: int = 1) -> None:
        """Add to one of the counts."""
        self.counts[outcome] += number

    def fail(self, reason: str, url: str) -> None:
        """An address that could not be had or read."""
        self._note(self.failed, "failed", reason, url)

    def skip(self, reason: str, url: str) -> None:
        """An address that was not wanted, as it turned out."""
        self._note(self.skipped, "skipped", reason, url)

    def _note(self, notes: dict[str, Reason], outcome: str, reason: str, url: str) -> None:
        self.counts[outcome] += 1
        notes.setdefault(reason, Reason(0, url)).count += 1

    @property
    def succeeded(self) -> bool:
        """Whether anything at all was had; a source where everything failed has failed altogether."""
        had = sum(self.counts[name] for name in ("new", "changed", "unchanged", "absent", "lists"))
        return had > 0 or not self.counts["failed"]

    def line(self) -> str:
        """``mfa: 12 new, 1 changed, 80 unchanged, 2 absent, 3 failed, 1 by robots.txt, 0 skipped``."""
        named = [(name, name) for name in ("new", "changed", "unchanged", "absent", "failed")]
        named += [("robots", "kept out by robots.txt"), ("skipped", "skipped")]
        return f"{self.name}: " + ", ".join(f"{self.counts[key]:,} {label}" for key, label in named)

    def lines(self) -> list[str]:
        """The line, and one for each reason of a failure, with an example."""
        notes = [f"  {self.ended}"] if self.ended else []
        for word, reasons in (("failed", self.failed), ("skipped", self.skipped)):
            ordered = sorted(reasons.items(), key=lambda item: (-item[1].count, item[0]))
            notes += [f"  {note.count:,} {word}: {reason}, for example {note.example}" for reason, note in ordered]
        return [self.line(), *notes]

    def to_json(self) -> dict[str, Any]:
        """All counts; failures and what was skipped as ``{"reason", "count", "example"}``, most frequent first."""
        names = ("new", "changed", "unchanged", "absent", "robots", "lists", "throttled", "requests", "bytes")
        return {
            "source": self.name,
            **{name: self.counts[name] for name in names},
            "failed": _rows(self.failed),
            "skipped": _rows(self.skipped),
            "resumed": self.resumed,
            "ended": self.ended,
        }


def _rows(reasons: dict[str, Reason]) -> list[dict[str, Any]]:
    rows = [{"reason": reason, "count": note.count, "example": note.example} for reason, note in reasons.items()]
    return sorted(rows, key=lambda row: (-int(str(row["count"])), str(row["reason"])))


@dataclass(frozen=True)
class CrawlReport:
    """The reports of all sources; ``stopped`` by the user before it was finished."""

    sources: tuple[SourceReport, ...]
    stopped: bool = False

    @property
    def succeeded(self) -> bool:
        """Whether nothing failed altogether and nobody stopped it."""
        return not self.stopped and all(source.succeeded for source in self.sources)

    def lines(self) -> list[str]:
        """The summary for people."""
        return [line for source in self.sources for line in source.lines()]

    def to_json(self) -> dict[str, Any]:
        """``{"sources": […], "stopped": bool}``."""
        return {"sources": [source.to_json() for source in self.sources], "stopped": self.stopped}
