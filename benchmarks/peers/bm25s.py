"""bm25s: scores of single words worked out beforehand, in a sparse matrix. It knows no AND, phrases or prefixes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, ClassVar, Self

from benchmarks.asked import Asked, Kind
from benchmarks.corpus import MadeDocument
from benchmarks.peers.peer import TOP

KINDS = frozenset({Kind.COMMON, Kind.MID, Kind.RARE, Kind.OR_3, Kind.OR_10})


class Bm25s:
    """Numbers of documents are their places in the matrix."""

    name: ClassVar[str] = "bm25s"

    def __init__(self, retriever: Any) -> None:
        self._retriever = retriever

    @classmethod
    def check(cls) -> None:
        """The module."""
        import_module("bm25s")

    @classmethod
    def build(cls, folder: Path, documents: Iterable[MadeDocument]) -> None:
        """Title and body as one text, split at blanks and the full stops of its paragraphs."""
        bm25s: Any = import_module("bm25s")
        numbers: dict[str, int] = {}
        texts = []
        for made in documents:
            words = f"{made.title} {made.text}".replace(".", "").split()
            texts.append([numbers.setdefault(word, len(numbers)) for word in words])
        retriever = bm25s.BM25()
        retriever.index((texts, numbers), create_empty_token=True, show_progress=False)
        retriever.save(str(folder), show_progress=False)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """What was saved in ``folder``, its arrays mapped."""
        bm25s: Any = import_module("bm25s")
        return cls(bm25s.BM25.load(str(folder), mmap=True))

    def prepare(self, asked: Asked) -> list[list[str]] | None:
        """Words."""
        return [list(asked.words)] if asked.kind in KINDS else None

    def search(self, query: list[list[str]]) -> Sequence[int]:
        """Numbers of documents."""
        found, _ = self._retriever.retrieve(query, k=TOP, show_progress=False)
        numbers: list[int] = found[0].tolist()
        return numbers

    def count(self, query: list[list[str]]) -> None:
        """It ranks all documents, those without any of the words too."""

    def close(self) -> None:
        """Nothing: arrays are let go of with the object."""
