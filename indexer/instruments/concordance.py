"""Concordance: every hit with the words around it (keyword in context, Luhn 1960)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from itertools import islice
from typing import Any, ClassVar
from zlib import crc32

from indexer.analysis import tokenize
from indexer.engines.protocol import Line, Sample
from indexer.instruments.requests import KwicRequest
from indexer.instruments.scope import About, Asked


@dataclass(frozen=True, slots=True)
class KwicLine:
    """A hit with its context: ``left + hit + right`` is a piece of the passage as it is written.

    ``passage`` counts from 1; ``date`` has its known parts (ISO 8601).
    """

    id: str
    passage: int
    title: str
    url: str | None
    source: str
    date: str | None
    date_precision: str | None
    left: str
    hit: str
    right: str

    @property
    def anchor(self) -> str:
        """What a citation points at."""
        return f"p{self.passage}"

    @property
    def citation(self) -> str:
        """Document and passage in one: ``CUB_63_2008#p12``."""
        return f"{self.id}#{self.anchor}"

    def to_json(self) -> dict[str, Any]:
        """The fields by name; ``passage`` is the anchor."""
        return {
            "id": self.id,
            "passage": self.anchor,
            "title": self.title,
            "url": self.url,
            "source": self.source,
            "date": self.date,
            "date_precision": self.date_precision,
            "left": self.left,
            "hit": self.hit,
            "right": self.right,
        }


@dataclass(frozen=True, slots=True)
class Kwic:
    """``hits`` in ``documents``, and one page of lines; ``sample``: these are of a sample of the hits only."""

    COLUMNS: ClassVar = tuple(field.name for field in fields(KwicLine))

    about: About
    hits: int
    documents: int
    page: int
    limit: int
    lines: tuple[KwicLine, ...]
    sample: Sample | None = None

    @property
    def told(self) -> int:
        """How many hits have a line on some page: all, or those of the sample."""
        return min(self.hits, self.sample.size) if self.sample else self.hits

    @property
    def pages(self) -> int:
        """How many pages the lines fill; 0 where there are none."""
        return -(-self.told // self.limit)

    @property
    def first(self) -> int:
        """The number of the first line of this page, from 1."""
        return (self.page - 1) * self.limit + 1

    def rows(self) -> Iterator[Mapping[str, object]]:
        """The lines as rows of a table."""
        return (line.to_json() for line in self.lines)

    def to_json(self) -> dict[str, Any]:
        """The JSON of ``concord kwic --json``."""
        counts = {"hits": self.hits, "documents": self.documents, "page": self.page, "limit": self.limit}
        sample = {"sample": asdict(self.sample) if self.sample else None}
        return self.about.to_json() | counts | sample | {"lines": [line.to_json() for line in self.lines]}


def kwic(request: KwicRequest, asked: Asked) -> Kwic:
    """One page of the concordance that ``request`` asks for."""
    offset = (request.page - 1) * request.limit
    sample = Sample(request.sample, _seed(request.query)) if request.sample else None
    found = asked.engine.concordance(asked.scope, request.order, offset, request.limit, sample)
    lines = tuple(_line(line, request.width) for line in found.lines)
    return Kwic(asked.about(found.hits), found.hits, found.documents, request.page, request.limit, lines, sample)


def _seed(query: str) -> int:
    return crc32(query.encode("utf-8", "surrogatepass"))


def _line(line: Line, width: int) -> KwicLine:
    document = line.entry.document
    left, hit, right = _in_context(document.paragraphs[line.passage - 1], line.first, line.last, width)
    return KwicLine(
        id=document.id,
        passage=line.passage,
        title=document.title,
        url=document.url,
        source=document.source,
        date=str(document.date) if document.date else None,
        date_precision=document.date.precision.value if document.date else None,
        left=left,
        hit=hit,
        right=right,
    )


def _in_context(text: str, first: int, last: int, width: int) -> tuple[str, str, str]:
    """The words ``first`` to ``last`` of a text with ``width`` words on either side.

    Where that reaches an end of the text, so do the signs before its first word and after its last one.
    """
    words = list(islice(tokenize(text), last + width + 2))
    start, end = words[first].start, words[last].end
    begin = words[first - width].start if first > width else 0
    until = words[last + width].end if last + width < len(words) - 1 else len(text)
    return text[begin:start], text[start:end], text[end:until]
