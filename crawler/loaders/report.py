"""What a load did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crawler.loaders.files import display

if TYPE_CHECKING:
    from crawler.errors import LoadError


@dataclass(frozen=True, slots=True)
class LoadReport:
    """How many documents were new, changed and unchanged; what failed; which files were of other kinds.

    Of web archives: how often a page was found gone (``absent``) or just the same (``confirmed``), and how many records
    were no documents (``passed_over``), by status or media type.
    """

    new: int
    changed: int
    unchanged: int
    failed: tuple[LoadError, ...]
    skipped: tuple[Path, ...]
    absent: int = 0
    confirmed: int = 0
    passed_over: Mapping[str, int] = field(default_factory=dict)

    def summary(self) -> str:
        """One line: ``545 new, 0 changed, 0 unchanged, 1 failed, 2 skipped``; more where a web archive tells more."""
        line = (
            f"{self.new} new, {self.changed} changed, {self.unchanged} unchanged, "
            f"{len(self.failed)} failed, {len(self.skipped)} skipped"
        )
        more = {"absent": self.absent, "confirmed": self.confirmed, "passed over": sum(self.passed_over.values())}
        return ", ".join([line, *(f"{count} {what}" for what, count in more.items() if count)])

    def to_json(self) -> dict[str, Any]:
        """The same, with a ``{"path", "line", "reason"}`` for each failure and the path of each skipped file."""
        return {
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "failed": [{"path": error.path, "line": error.line, "reason": error.reason} for error in self.failed],
            "skipped": [display(path) for path in self.skipped],
            "absent": self.absent,
            "confirmed": self.confirmed,
            "passed_over": dict(self.passed_over),
        }
