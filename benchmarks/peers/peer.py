"""What each engine must do to be measured."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, ClassVar, Protocol, Self

from benchmarks.asked import Asked
from benchmarks.corpus import MadeDocument

TOP = 10
"""Documents that every engine names for a query."""


class Peer(Protocol):
    """An index on disk, open for searching by one thread.

    What a query needs is made ready by ``prepare``, which isn't timed: a query object where the engine takes one, its
    text where it doesn't. ``None`` where the engine has no such query.
    """

    name: ClassVar[str]

    @classmethod
    def check(cls) -> None:
        """Raise ``ImportError`` where the engine isn't installed."""

    @classmethod
    def build(cls, folder: Path, documents: Iterable[MadeDocument]) -> None:
        """Index documents in an empty folder."""

    @classmethod
    def open(cls, folder: Path) -> Self:
        """What was built in ``folder``."""

    def prepare(self, asked: Asked) -> Any:
        """What ``search`` and ``count`` take."""

    def search(self, query: Any) -> Sequence[object]:
        """The ids of the :data:`TOP` best documents."""

    def count(self, query: Any) -> int | None:
        """How many documents fit; ``None`` where the engine can't tell."""

    def close(self) -> None:
        """Let go of the files."""


def size(folder: Path) -> int:
    """Bytes on disk."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
