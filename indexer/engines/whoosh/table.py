"""What a search reads of every hit, in memory: one row a live document, read once when a generation is opened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from indexer.engines.whoosh.schema import UNDATED

if TYPE_CHECKING:
    from whoosh.reading import IndexReader


@dataclass(frozen=True, slots=True)
class Row:
    """A document without its text.

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
    """The rows by Whoosh's document number, and by id. ``stories``: the numbers of each story that has copies."""

    rows: dict[int, Row]
    by_id: dict[str, int]
    languages: tuple[str, ...]
    stories: dict[str, list[int]]

    @classmethod
    def read(cls, reader: IndexReader) -> DocumentTable:
        """Read the columns of every document that isn't deleted."""
        numbers = list(reader.all_doc_ids())
        columns = [_column(reader, name, numbers) for name in _TEXT_COLUMNS]
        numeric = [_column(reader, name, numbers) for name in _NUMBER_COLUMNS]
        rows = {}
        for at, number in enumerate(numbers):
            id, url, published, source, domain, language, lead = (column[at] for column in columns)
            first, last, title_length, body_length = (column[at] for column in numeric)
            domains = frozenset(domain.split())
            rows[number] = Row(
                number,
                id,
                url,
                published,
                first,
                last,
                source,
                domains,
                language,
                lead or id,
                title_length,
                body_length,
            )
        return cls(
            rows,
            {row.id: number for number, row in rows.items()},
            tuple(sorted({row.language for row in rows.values()})),
            _stories(rows.values()),
        )


_TEXT_COLUMNS = ("id", "url", "date", "source", "domain", "language", "lead")
_NUMBER_COLUMNS = ("date_first", "date_last", "title_length", "body_length")


def _stories(rows: Iterable[Row]) -> dict[str, list[int]]:
    stories: dict[str, list[int]] = {}
    for row in rows:
        stories.setdefault(row.story, []).append(row.number)
    return {lead: numbers for lead, numbers in stories.items() if len(numbers) > 1}


def _column(reader: IndexReader, name: str, numbers: list[int]) -> list:  # type: ignore[type-arg]
    column = reader.column_reader(name)
    return [column[number] for number in numbers]
