"""How a document stands in the index: what a search reads of a page of hits, and of the document that is opened.

Two Zstandard frames (RFC 8878) behind each other, each of a MessagePack array, each with a sum of its content. The
first has the document and its labels, the second what the labels rest on: that is many small records, half of the
work of unpacking, and a page of results never looks at them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, cast

import msgpack
from backports.zstd import CompressionParameter, ZstdCompressor, ZstdDecompressor

from crawler import DateBasis, DatePrecision, Document, PublicationDate
from indexer.engines.protocol import LabelledDocument
from indexer.views import DomainLabel, Evidence

_LEVEL = 3  # zstd's own choice: level 6 takes twice as long and saves 4 % of a speech
_MOST = 1 << 29  # bytes a frame unpacks to: far beyond what a page or a PDF holds, and within what a machine has

_OPTIONS: dict[int, int] = {CompressionParameter.compression_level: _LEVEL, CompressionParameter.checksum_flag: 1}


def pack(entry: LabelledDocument) -> bytes:
    """A document and its labels in few bytes; its history is left out."""
    document = entry.document
    published = document.date
    text = (
        document.id,
        document.source,
        document.url,
        document.title,
        document.paragraphs,
        (published.first.isoformat(), published.precision, published.basis) if published else None,
        document.language,
        document.version,
        document.captured_at.isoformat(),
        document.author,
        document.pages,
        document.lead,
        tuple((label.id, label.name, label.root, label.weight) for label in entry.labels),
        sorted(entry.domain_ids),
        entry.passage_languages,
    )
    evidence = tuple(
        tuple((each.passage, each.terms, each.weights) for each in label.evidence) for label in entry.labels
    )
    return _frame(text) + _frame(evidence)


def unpack(packed: bytes) -> LabelledDocument:
    """What :func:`pack` packed. Damage raises an exception of whatever kind, and never takes more than its room."""
    text, rest = _unframed(packed)
    evidence, rest = _unframed(rest)
    if rest:
        raise ValueError(f"{len(rest)} bytes behind the document")
    return _entry(text, (tuple(Evidence(*each) for each in label) for label in evidence))


def unpack_for_hit(packed: bytes) -> LabelledDocument:
    """The same without what the labels rest on: a third of the time for a long document. Damage raises as above."""
    text, _ = _unframed(packed)
    return _entry(text, None)


def _frame(record: Sequence[Any]) -> bytes:
    return ZstdCompressor(options=_OPTIONS).compress(
        cast(bytes, msgpack.packb(record)), mode=ZstdCompressor.FLUSH_FRAME
    )


def _unframed(packed: bytes) -> tuple[Sequence[Any], bytes]:
    """The record of the first frame, and what is behind it."""
    frame = ZstdDecompressor()
    content = frame.decompress(packed, _MOST)
    if not frame.eof:
        raise ValueError("the document is cut off" if frame.needs_input else f"the document has over {_MOST} bytes")
    return msgpack.unpackb(content, use_list=False), frame.unused_data


def _entry(record: Sequence[Any], evidence: Iterable[tuple[Evidence, ...]] | None) -> LabelledDocument:
    (
        document_id,
        source,
        url,
        title,
        paragraphs,
        published,
        language,
        version,
        captured_at,
        author,
        pages,
        lead,
        labels,
        domains,
        passage_languages,
    ) = record
    document = Document(
        id=document_id,
        source=source,
        url=url,
        title=title,
        paragraphs=paragraphs,
        date=_date(*published) if published else None,
        language=language,
        version=version,
        captured_at=datetime.fromisoformat(captured_at),
        author=author,
        pages=pages,
        lead=lead,
    )
    found = ((),) * len(labels) if evidence is None else evidence
    labelled = tuple(
        DomainLabel(id_, name, root, weight, each)
        for (id_, name, root, weight), each in zip(labels, found, strict=True)
    )
    return LabelledDocument(document, labelled, frozenset(domains), passage_languages)


def _date(first: str, precision: str, basis: str) -> PublicationDate:
    return PublicationDate(date.fromisoformat(first), DatePrecision(precision), DateBasis(basis))
