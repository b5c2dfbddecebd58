"""The peer: Whoosh as its own documentation uses it, over the same texts.

A schema with ``StemmingAnalyzer`` on title and body, ``MultifieldParser``, BM25F, ten hits with highlights. ``source``
and ``year`` are there for the queries that only filter.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from whoosh import index
from whoosh.analysis.analyzers import StemmingAnalyzer
from whoosh.fields import ID, NUMERIC, TEXT, Schema
from whoosh.qparser.default import MultifieldParser, QueryParser
from whoosh.scoring import BM25F

from crawler import Document

MEMORY_MB = 256  # as much as Concord's writer has
LIMIT = 10


def _schema() -> Schema:
    return Schema(
        id=ID(stored=True, unique=True),
        title=TEXT(StemmingAnalyzer(), stored=True),
        body=TEXT(StemmingAnalyzer(), stored=True),
        source=ID(stored=True),
        year=NUMERIC(int, stored=True),
    )


@dataclass(frozen=True)
class StockIndex:
    """An open index of stock Whoosh."""

    index: Any
    parser: QueryParser

    @classmethod
    def open(cls, folder: Path) -> StockIndex:
        """The index that was built in ``folder``."""
        found = index.open_dir(str(folder))
        return cls(found, MultifieldParser(["title", "body"], found.schema))

    @classmethod
    def build(cls, folder: Path, documents: Iterable[Document]) -> StockIndex:
        """Index ``documents`` in an empty folder."""
        folder.mkdir(parents=True)
        found = index.create_in(str(folder), _schema())
        writer = found.writer(limitmb=MEMORY_MB)
        for document in documents:
            writer.add_document(**_fields(document))
        writer.commit()
        return cls.open(folder)

    def search(self, query: str) -> int:
        """Ten hits with the highlights of each, as a page of results shows them; gives how many documents match."""
        with self.index.searcher(weighting=BM25F()) as searcher:
            results = searcher.search(self.parser.parse(query), limit=LIMIT)
            for hit in results:
                hit.highlights("body", top=3)
            return len(results)


def _fields(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "title": document.title,
        "body": "\n\n".join(document.paragraphs),
        "source": document.source,
        "year": document.date.first.year if document.date else None,
    }
