"""Stock Whoosh with the fields that Concord's index has: exact and stemmed title and body, and columns to count by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, ClassVar, Self

from whoosh import index, query
from whoosh.analysis.analyzers import StandardAnalyzer, StemmingAnalyzer
from whoosh.fields import ID, NUMERIC, STORED, TEXT, Schema
from whoosh.scoring import BM25F

from benchmarks.asked import Asked, Kind
from benchmarks.corpus import MadeDocument
from benchmarks.peers.peer import TOP

MEMORY_MB = 512  # as much as Concord's builder may take
FIELDS = ("title_exact", "body_exact")


def _schema() -> Schema:
    """No stop words, as Concord has none."""
    exact, stemmed = StandardAnalyzer(stoplist=None, minsize=1), StemmingAnalyzer(stoplist=None, minsize=1)
    return Schema(
        number=NUMERIC(int, sortable=True),
        id=ID(unique=True),
        title=TEXT(stemmed),
        body=TEXT(stemmed),
        title_exact=TEXT(exact),
        body_exact=TEXT(exact),
        date=ID(sortable=True),
        source=ID(sortable=True),
        language=ID(sortable=True),
        text=STORED(),
    )


class StockWhoosh:
    """Numbers of documents are read from a column, as a stored one costs more."""

    name: ClassVar[str] = "stock Whoosh"

    def __init__(self, opened: Any) -> None:
        self._index = opened
        self._searcher = opened.searcher(weighting=BM25F())
        self._numbers = self._searcher.reader().column_reader("number")

    @classmethod
    def check(cls) -> None:
        """It is what Concord rests on."""

    @classmethod
    def build(cls, folder: Path, documents: Iterable[MadeDocument]) -> None:
        """One index, in one commit."""
        folder.mkdir(parents=True, exist_ok=True)
        writer = index.create_in(str(folder), _schema()).writer(limitmb=MEMORY_MB)
        for made in documents:
            facts = {"date": made.date or "", "source": made.source, "language": made.language}
            texts = {"title": made.title, "body": made.text, "title_exact": made.title, "body_exact": made.text}
            writer.add_document(number=made.number, id=made.id, text=[made.title, made.text], **texts, **facts)
        writer.commit()

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The index in ``folder``."""
        return cls(index.open_dir(str(folder)))

    def prepare(self, asked: Asked) -> Any:
        """A query object: each word in either field."""
        match asked.kind:
            case Kind.PHRASE:
                return query.Or([query.Phrase(field, list(asked.words)) for field in FIELDS])
            case Kind.PREFIX:
                return query.Or([query.Prefix(field, asked.words[0]) for field in FIELDS])
            case Kind.OR_3 | Kind.OR_10:
                return query.Or(list(map(_word, asked.words)))
            case _:
                return query.And(list(map(_word, asked.words)))

    def search(self, asked: Any) -> Sequence[int]:
        """Numbers of documents."""
        return [self._numbers[hit.docnum] for hit in self._searcher.search(asked, limit=TOP)]

    def count(self, asked: Any) -> int:
        """Documents that match."""
        return len(set(asked.docs(self._searcher)))

    def close(self) -> None:
        """Close the index."""
        self._searcher.close()
        self._index.close()


def _word(word: str) -> Any:
    return query.Or([query.Term(field, word) for field in FIELDS])
