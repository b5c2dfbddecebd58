"""What a search reads of every hit, in memory: one row a live document, read once when a generation is opened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from indexer.engines.whoosh.columns import read_column
from indexer.engines.whoosh.schema import UNDATED

if TYPE_CHECKING:
    from whoosh.reading import IndexReader


class Row(NamedTuple):
    """A document without its text: a tuple, since a frozen dataclass takes five times as long to make.

    ``number`` is Whoosh's; ``published`` has the known parts of the date; ``first`` and ``last`` are ordinals of days,
    0 where undated. ``story`` is the id of the lead, which may be the document itself.
    """

    number: int
    id: str
    url: str
    published: str
    first: int
    last: int
    source: str
    domains: frozenset[str]
    language: str
    story: str
    title_length: int
    body_length: int

    @property
    def undated(self) -> bool:
        """Whether no date is known."""
        return self.first == UNDATED

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day that the date may mean. Only for the dated."""
        return date.fromordinal(self.first), date.fromordinal(self.last)


@dataclass(frozen=True, slots=True)
class DocumentTable:
    """The rows by Whoosh's document number, and by id.

    ``languages``: those of the documents; ``read_in``: these and those of passages, all that a word is read in.
    ``stories``: the numbers of each story that has copies.
    """

    rows: dict[int, Row]
    by_id: dict[str, int]
    languages: tuple[str, ...]
    stories: dict[str, list[int]]
    read_in: tuple[str, ...]

    @classmethod
    def read(cls, reader: IndexReader) -> DocumentTable:
        """Read the columns of every document that isn't deleted, each in one go: a reader waits for this once."""
        numbers = list(reader.all_doc_ids())
        columns = [_column(reader, name, numbers) for name in _COLUMNS]
        rows = dict(zip(numbers, map(_row, numbers, *columns), strict=True))
        return cls(
            rows,
            {row.id: number for number, row in rows.items()},
            tuple(sorted({row.language for row in rows.values()})),
            _stories(rows.values()),
            tuple(sorted(frozenset[str]().union(*map(_words, set(_column(reader, "read_in", numbers)))))),
        )


_COLUMNS = (
    "id", "url", "date", "date_first", "date_last", "source", "domain", "language", "lead",
    "title_length", "body_length",
)  # fmt: skip
"""In the order of the fields of :class:`Row`."""
_NUMBERS = {"date_first", "date_last", "title_length", "body_length"}


def _row(number: int, id: str, *rest: Any) -> Row:
    url, published, first, last, source, domain, language, lead, title_length, body_length = rest
    domains = _words(domain)
    return Row(
        number, id, url, published, first, last, source, domains, language, lead or id, title_length, body_length
    )


@lru_cache(4096)
def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _stories(rows: Iterable[Row]) -> dict[str, list[int]]:
    stories: dict[str, list[int]] = {}
    for row in rows:
        stories.setdefault(row.story, []).append(row.number)
    return {lead: numbers for lead, numbers in stories.items() if len(numbers) > 1}


def _column(reader: IndexReader, name: str, numbers: list[int]) -> list[Any]:
    if name in _NUMBERS:
        return read_column(reader, name, numbers, translate=True)
    return list(map(bytes.decode, read_column(reader, name, numbers)))
