"""Concordance: every hit with the words around it (keyword in context, Luhn 1960)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Any

from indexer.analysis import tokenize
from indexer.engines.protocol import Line
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
    """``hits`` in ``documents``, and one page of lines."""

    about: About
    hits: int
    documents: int
    page: int
    limit: int
    lines: tuple[KwicLine, ...]

    @property
    def pages(self) -> int:
        """How many pages the hits fill; 0 where there are none."""
        return -(-self.hits // self.limit)

    @property
    def first(self) -> int:
        """The number of the first line of this page, from 1."""
        return (self.page - 1) * self.limit + 1

    def to_json(self) -> dict[str, Any]:
        """The JSON of ``concord kwic --json``."""
        counts = {"hits": self.hits, "documents": self.documents, "page": self.page, "limit": self.limit}
        return self.about.to_json() | counts | {"lines": [line.to_json() for line in self.lines]}


def kwic(request: KwicRequest, asked: Asked) -> Kwic:
    """One page of the concordance that ``request`` asks for."""
    offset = (request.page - 1) * request.limit
    found = asked.engine.concordance(asked.scope, request.order, offset, request.limit)
    lines = tuple(_line(line, request.width) for line in found.lines)
    return Kwic(asked.about(found.hits), found.hits, found.documents, request.page, request.limit, lines)


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
