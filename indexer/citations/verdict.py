"""What is found out about citations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from indexer.citations.quotes import Likeness
from indexer.history.compare import pieces_json
from indexer.history.edits import Piece


class State(StrEnum):
    """What became of a citation."""

    VERIFIED = "verified"
    CHANGED = "changed since"
    NOT_FOUND = "quote not found"
    WRONG_PASSAGE = "wrong passage"
    DIGEST = "digest differs"
    VERSION = "unknown version"
    DETAILS = "details differ"
    UNKNOWN = "unknown document"
    UNCHECKABLE = "not checkable"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found out about a citation; ``document``, ``version``, ``passage``: where the quote stands, if anywhere.

    ``quotes`` counts those that were looked for. ``still_quoted``: of a text that changed, whether today's text has the
    quotes as well; ``None`` where nothing is quoted. ``closest``: the passage most like a quote that isn't there;
    ``differing``: that passage with what the quote has instead, where that can be told.
    """

    label: str
    line: int | None
    state: State
    detail: str
    document: str | None = None
    version: int | None = None
    passage: int | None = None
    quotes: int = 0
    still_quoted: bool | None = None
    closest: Likeness | None = None
    differing: tuple[Piece, ...] = ()

    @property
    def good(self) -> bool:
        """Whether the citation can stand: what it says is right, and where it quotes, today's text says so too."""
        return self.state is State.VERIFIED or (self.state is State.CHANGED and self.still_quoted is not False)

    def to_json(self) -> dict[str, Any]:
        """An entry of ``concord verify --json``."""
        return {
            "label": self.label,
            "line": self.line,
            "state": self.state.value,
            "good": self.good,
            "detail": self.detail,
            "document": self.document,
            "version": self.version,
            "passage": f"p{self.passage}" if self.passage else None,
            "quotes": self.quotes,
            "still_quoted": self.still_quoted,
            "closest": self._closest(),
        }

    def _closest(self) -> dict[str, Any] | None:
        if (closest := self.closest) is None:
            return None
        return {
            "passage": f"p{closest.passage}",
            "likeness": round(closest.percent, 1),
            "text": closest.text,
            "pieces": pieces_json(self.differing),
        }


@dataclass(frozen=True, slots=True)
class Verification:
    """The verdicts on a file, in its order. ``format`` as ``read_claims`` tells it."""

    path: Path
    format: str
    verdicts: tuple[Verdict, ...]

    @property
    def good(self) -> bool:
        """Whether every citation can stand."""
        return all(verdict.good for verdict in self.verdicts)

    @property
    def counts(self) -> Mapping[State, int]:
        """How many citations are in each state that occurs, in the order of the states."""
        counts = Counter(verdict.state for verdict in self.verdicts)
        return {state: counts[state] for state in State if counts[state]}

    def to_json(self) -> dict[str, Any]:
        """The JSON of ``concord verify --json``."""
        return {
            "file": str(self.path),
            "format": self.format,
            "good": self.good,
            "counts": {state.value: count for state, count in self.counts.items()},
            "citations": [verdict.to_json() for verdict in self.verdicts],
        }
