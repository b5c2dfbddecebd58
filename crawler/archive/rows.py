"""How records stand in the archive's rows: times, paragraphs, dates, digests."""

from __future__ import annotations

import hashlib
import json
import zlib
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from crawler.document import DateBasis, DatePrecision, Document, PublicationDate

if TYPE_CHECKING:
    from crawler.archive.records import Record

DOCUMENT_COLUMNS = """d.id, d.source, v.url, v.title, v.paragraphs, v.date, v.precision, v.basis, v.language, v.number,
    v.author, v.pages, d.lead,
    (SELECT max(captured_at) FROM captures c WHERE c.document_id = v.document_id AND c.version = v.number)"""
"""What :func:`document_of` reads, from ``documents d`` and ``versions v``."""


def time_text(moment: datetime) -> str:
    """A moment as text of fixed width in UTC, so that the order of texts is the order of time."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone is not a moment")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def time_of(text: str) -> datetime:
    """The moment that :func:`time_text` wrote."""
    return datetime.fromisoformat(text)


def pack_paragraphs(paragraphs: tuple[str, ...]) -> bytes:
    """Paragraphs as compressed JSON."""
    return zlib.compress(json.dumps(paragraphs, ensure_ascii=False).encode())


def record_digest(record: Record) -> bytes:
    """SHA-256 over everything that makes one version differ from another; the id doesn't."""
    dated = record.date
    parts: list[Any] = [
        record.title,
        record.paragraphs,
        [str(dated), dated.basis] if dated else None,
        record.language,
        record.url,
    ]
    # Only where there is something to add, so that versions stored before these existed keep their digest.
    if record.author or record.pages:
        parts += [record.author, record.pages]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).digest()


def document_of(row: tuple[Any, ...]) -> Document:
    """The document of a row of :data:`DOCUMENT_COLUMNS`."""
    id_, source, url, title, paragraphs, day, precision, basis, language, number, author, pages, lead, captured = row
    dated = PublicationDate(date.fromisoformat(day), DatePrecision(precision), DateBasis(basis)) if day else None
    return Document(
        id=id_,
        source=source,
        url=url,
        title=title,
        paragraphs=tuple(json.loads(zlib.decompress(paragraphs))),
        date=dated,
        language=language,
        version=number,
        captured_at=time_of(captured),
        author=author,
        pages=tuple(json.loads(pages)) if pages else (),
        lead=lead,
    )
