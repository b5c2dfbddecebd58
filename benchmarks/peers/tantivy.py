"""tantivy: BM25 over title and body with positions, one thread to write and one to search.

A prefix is a regular expression there, whose hits all have the same score.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, ClassVar, Self

from benchmarks.asked import Asked, Kind
from benchmarks.corpus import MadeDocument
from benchmarks.peers.peer import TOP

HEAP = 512 * 2**20  # bytes, as much as Concord's builder may take
FIELDS = ("title", "body")


class Tantivy:
    """Numbers of documents are read from a column."""

    name: ClassVar[str] = "tantivy"

    def __init__(self, module: Any, index: Any) -> None:
        self._tantivy = module
        self._schema = index.schema
        self._index = index
        self._searcher = index.searcher()

    @classmethod
    def check(cls) -> None:
        """The module."""
        import_module("tantivy")

    @classmethod
    def build(cls, folder: Path, documents: Iterable[MadeDocument]) -> None:
        """One index; the text isn't stored."""
        tantivy: Any = import_module("tantivy")
        folder.mkdir(parents=True, exist_ok=True)
        builder = tantivy.SchemaBuilder().add_unsigned_field("number", stored=False, indexed=True, fast=True)
        for field in FIELDS:
            builder.add_text_field(field, stored=False, tokenizer_name="default", index_option="position")
        index = tantivy.Index(builder.build(), path=str(folder))
        writer = index.writer(HEAP, 1)
        for made in documents:
            document = tantivy.Document(title=made.title, body=made.text)
            document.add_unsigned("number", made.number)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The index in ``folder``."""
        tantivy: Any = import_module("tantivy")
        return cls(tantivy, tantivy.Index.open(str(folder)))

    def prepare(self, asked: Asked) -> Any:
        """A query object: each word in either field."""
        query, occur = self._tantivy.Query, self._tantivy.Occur
        match asked.kind:
            case Kind.PHRASE:
                return self._in_fields(lambda field: query.phrase_query(self._schema, field, list(asked.words)))
            case Kind.PREFIX:
                return self._in_fields(lambda field: query.regex_query(self._schema, field, f"{asked.words[0]}.*"))
            case Kind.OR_3 | Kind.OR_10:
                return query.boolean_query([(occur.Should, self._word(word)) for word in asked.words])
            case Kind.AND:
                return query.boolean_query([(occur.Must, self._word(word)) for word in asked.words])
            case _:
                return self._word(asked.words[0])

    def _word(self, word: str) -> Any:
        return self._in_fields(lambda field: self._tantivy.Query.term_query(self._schema, field, word))

    def _in_fields(self, part: Any) -> Any:
        should = self._tantivy.Occur.Should
        return self._tantivy.Query.boolean_query([(should, part(field)) for field in FIELDS])

    def search(self, query: Any) -> Sequence[int]:
        """Numbers of documents."""
        hits = self._searcher.search(query, TOP, count=False).hits
        numbers: list[int] = self._searcher.fast_field_values("number", [address for _, address in hits])
        return numbers

    def count(self, query: Any) -> int:
        """Documents that match."""
        return int(self._searcher.search(query, 1, count=True).count)

    def close(self) -> None:
        """Nothing: its files are mapped, and let go of with the object."""
