"""Xapian 1.4: BM25 over title and body as one text with positions. Debian has it as ``python3-xapian``.

It isn't on the package index, so the one of the system is taken, where it is for the same Python.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar, Self

from benchmarks.asked import Asked, Kind
from benchmarks.corpus import MadeDocument
from benchmarks.peers.peer import TOP

SYSTEM = "/usr/lib/python3/dist-packages"
GAP = 100  # positions between title and body, so that no phrase reaches over


class Xapian:
    """Documents have their numbers, counted from 1."""

    name: ClassVar[str] = "Xapian"

    def __init__(self, module: ModuleType, database: Any) -> None:
        self._xapian = module
        self._database = database
        self._enquire = module.Enquire(database)

    @classmethod
    def check(cls) -> None:
        """Only where the system has it for this Python."""
        _module()

    @classmethod
    def build(cls, folder: Path, documents: Iterable[MadeDocument]) -> None:
        """One database, written in Xapian's usual batches."""
        xapian = _module()
        database = xapian.WritableDatabase(str(folder / "written"), xapian.DB_CREATE)
        generator = xapian.TermGenerator()
        for made in documents:
            document = xapian.Document()
            generator.set_document(document)
            generator.set_termpos(0)
            generator.index_text(made.title)
            generator.increase_termpos(GAP)
            generator.index_text(made.text)
            database.replace_document(made.number + 1, document)
        database.commit()
        database.close()

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The database in ``folder``."""
        xapian = _module()
        return cls(xapian, xapian.Database(str(folder / "written")))

    def prepare(self, asked: Asked) -> Any:
        """A query object; a wildcard without a limit, which the binding takes only when all is spelt out."""
        query = self._xapian.Query
        match asked.kind:
            case Kind.OR_3 | Kind.OR_10:
                return query(query.OP_OR, list(asked.words))
            case Kind.PHRASE:
                return query(query.OP_PHRASE, list(asked.words), len(asked.words))
            case Kind.PREFIX:
                return query(query.OP_WILDCARD, asked.words[0], 0, query.WILDCARD_LIMIT_ERROR)
            case _:
                return query(query.OP_AND, list(asked.words))

    def search(self, query: Any) -> Sequence[int]:
        """Numbers of documents."""
        self._enquire.set_query(query)
        return [match.docid - 1 for match in self._enquire.get_mset(0, TOP)]

    def count(self, query: Any) -> int:
        """Documents that match; it counts exactly where it is made to look at all."""
        self._enquire.set_query(query)
        return int(self._enquire.get_mset(0, 0, self._database.get_doccount()).get_matches_estimated())

    def close(self) -> None:
        """Close the database."""
        self._database.close()


def _module() -> ModuleType:
    """Xapian's module; only for this import the system's packages can be seen."""
    sys.path.append(SYSTEM)
    try:
        return importlib.import_module("xapian")
    finally:
        sys.path.remove(SYSTEM)
