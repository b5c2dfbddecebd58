"""A small segment of Concord to damage, and files that are written again with other numbers in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from crawler import DateBasis, DatePrecision, Document, PublicationDate
from indexer.columnar.blocks import BlockFile, BlockWriter
from indexer.columnar.writing import write_segment
from indexer.engines.protocol import LabelledDocument

COLLECTION = [
    ("the treaty was signed", "a treaty of trade"),
    ("resume of a café", "nobody signed it"),
    ("often " * 300, "a treaty"),
]
"""The passages of each document."""


def write_collection(path: Path) -> Path:
    """The segment of these documents."""
    write_segment(path, [_document(number, passages) for number, passages in enumerate(COLLECTION)])
    return path


def _document(number: int, passages: tuple[str, ...]) -> LabelledDocument:
    published = PublicationDate(date(2008, 11, 1 + number), DatePrecision.DAY, DateBasis.GIVEN)
    document = Document(
        id=f"d{number}",
        source=("ministry", "wire")[number % 2],
        url=f"https://example.org/{number}",
        title=f"A treaty, number {number}",
        paragraphs=tuple(passage.strip() for passage in passages),
        date=published,
        language="en",
        version=1,
        captured_at=datetime(2020, 1, 1, tzinfo=UTC),
        author=None,
        pages=(),
        lead=None,
    )
    return LabelledDocument(document, (), frozenset({"judicial"}), ("en",) * len(passages))


def rewrite(
    source: Path, target: Path, changes: Mapping[str, Callable[[Any], Any]], more: Mapping[str, Any] | None = None
) -> None:
    """A file with the same blocks and right sums, but these changed."""
    file = BlockFile(source)
    with BlockWriter(target) as writer:
        for name in file:
            writer.add(name, changes.get(name, lambda array: array)(file[name]))
        for name, array in (more or {}).items():
            writer.add(name, array)
    file.close()
