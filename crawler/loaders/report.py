"""What a load did."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crawler.loaders.files import display

if TYPE_CHECKING:
    from crawler.errors import LoadError


@dataclass(frozen=True, slots=True)
class LoadReport:
    """How many documents were new, changed and unchanged; what failed; which files were of other kinds."""

    new: int
    changed: int
    unchanged: int
    failed: tuple[LoadError, ...]
    skipped: tuple[Path, ...]

    def summary(self) -> str:
        """One line: ``545 new, 0 changed, 0 unchanged, 1 failed, 2 skipped``."""
        return (
            f"{self.new} new, {self.changed} changed, {self.unchanged} unchanged, "
            f"{len(self.failed)} failed, {len(self.skipped)} skipped"
        )

    def to_json(self) -> dict[str, Any]:
        """The same, with a ``{"path", "line", "reason"}`` for each failure and the path of each skipped file."""
        return {
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "failed": [{"path": error.path, "line": error.line, "reason": error.reason} for error in self.failed],
            "skipped": [display(path) for path in self.skipped],
        }
