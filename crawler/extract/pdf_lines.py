"""The lines of a PDF, with where they stand and how large: what pypdf gives, bounded in work and time."""

from __future__ import annotations

import io
import logging
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crawler.errors import ExtractionError
from crawler.extract.paragraphs import clean, has_words

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

MAX_PAGES = 2_000
"""Pages that are read: the longest reports stay below."""
MAX_SECONDS = 120.0
"""For all pages of a file: a page takes some 20 ms, and drawings of maps some seconds."""
_LIMITS: dict[str, Any] = {
    "zlib_maximum_output_length": 30_000_000,
    "lzw_maximum_output_length": 30_000_000,
    "stream_decoding_work_maximum_length": 60_000_000,
    # A page of text has some 5,000 operators, a detailed map 200,000; beyond that is no page to read.
    "stream_parsing_work_maximum_count": 1_000_000,
}
_MALFORMED = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)
"""What pypdf lets through, beside its own errors, where a file is malformed."""
_SAME_LINE = 0.3
"""Of the size of its letters: how far up or down a piece may be moved and still stand on the line (footnote marks)."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its text, the left and base of its first letter in points, the size of its letters, the page (from 1)."""

    text: str
    x: float
    y: float
    size: float
    page: int


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a file in reading order, its declared title, and how many of its pages could be read."""

    lines: tuple[Line, ...]
    title: str | None
    pages: int
    read: int


@dataclass
class _Collector:
    """Puts the pieces that pypdf shows together into lines."""

    page: int
    deadline: float
    lines: list[Line] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    start: tuple[float, float] | None = None
    sizes: Counter[float] = field(default_factory=Counter)

    def text(self, text: str, cm: list[float], tm: list[float], _: Any, size: float) -> None:
        for number, piece in enumerate(text.split("\n")):
            if number:
                self.flush()
            if piece.strip() and self.start is None:
                self.start = _place(cm, tm)
            self.sizes[_size(cm, tm, size)] += len(piece.strip())
            self.pieces.append(piece)

    def operand(self, *_: object) -> None:
        if time.monotonic() > self.deadline:
            raise _OutOfTime

    def flush(self) -> None:
        text = clean("".join(self.pieces))
        if self.start and has_words(text):
            self.lines.append(Line(text, *self.start, self.sizes.most_common(1)[0][0], self.page))
        self.pieces.clear()
        self.sizes.clear()
        self.start = None


class _OutOfTime(Exception):
    """The time for a file is over."""


def read_lines(body: bytes) -> Lines:
    """The lines of the PDF ``body``. Raises :class:`ExtractionError` for a file that can't be read.

    A page that can't be read is left out; so is everything after :data:`MAX_PAGES` and :data:`MAX_SECONDS`.
    """
    from pypdf import apply_configuration
    from pypdf.errors import PyPdfError

    # What it complains of is in the error, or mended; without a handler it would go to stderr with no file named.
    logging.getLogger("pypdf").addHandler(logging.NullHandler())
    deadline = time.monotonic() + MAX_SECONDS
    try:
        with warnings.catch_warnings(), apply_configuration(**_LIMITS):
            warnings.simplefilter("ignore")
            reader = _open(body)
            pages = len(reader.pages)
            read = list(_pages(reader, min(pages, MAX_PAGES), deadline))
            return Lines(tuple(line for page in read for line in page), _title(reader), pages, len(read))
    except (PyPdfError, *_MALFORMED) as error:
        raise ExtractionError(f"not a sound PDF: {clean(str(error))[:200]}", media_type="application/pdf") from error


def _open(body: bytes) -> PdfReader:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    reader = PdfReader(io.BytesIO(body))
    try:
        if reader.is_encrypted and not reader.decrypt(""):
            raise ExtractionError("the PDF can be read with a password only", media_type="application/pdf")
    except (DependencyError, NotImplementedError):
        raise ExtractionError(
            "the PDF is encrypted in a way that can't be read", media_type="application/pdf"
        ) from None
    return reader


def _pages(reader: PdfReader, count: int, deadline: float) -> Iterator[list[Line]]:
    for number in range(count):
        if time.monotonic() > deadline:
            return
        try:
            yield _lines(reader.pages[number], number + 1, deadline)
        except _OutOfTime:
            return


def _lines(page: PageObject, number: int, deadline: float) -> list[Line]:
    from pypdf.errors import PyPdfError

    collector = _Collector(number, deadline)
    with suppress(PyPdfError, *_MALFORMED):  # what was read of a page before the fault is kept
        page.extract_text(visitor_text=collector.text, visitor_operand_before=collector.operand)
    collector.flush()
    return list(_joined(collector.lines))


def _joined(lines: list[Line]) -> Iterator[Line]:
    """Lines that pypdf has split although they stand side by side: letter-spaced headings, marks of footnotes."""
    kept: Line | None = None
    for line in lines:
        if kept and abs(line.y - kept.y) < _SAME_LINE * max(kept.size, line.size) and line.x > kept.x:
            kept = Line(f"{kept.text} {line.text}", kept.x, kept.y, max(kept.size, line.size), kept.page)
            continue
        if kept:
            yield kept
        kept = line
    if kept:
        yield kept


def _place(cm: list[float], tm: list[float]) -> tuple[float, float]:
    return tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]


def _size(cm: list[float], tm: list[float], size: float) -> float:
    scale = abs(tm[2] * cm[1] + tm[3] * cm[3]) or abs(tm[1] * cm[2]) or 1.0  # the second for turned pages
    return round(abs(size) * scale, 1)


def _title(reader: PdfReader) -> str | None:
    information = reader.metadata
    return clean(str(information.title or "")) or None if information else None
