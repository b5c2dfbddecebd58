"""The Whoosh schema, and how a document becomes its fields and comes back.

Whoosh gets text as ready-made terms (:mod:`indexer.analysis`): a tuple of them keeps its order as positions, every
word counted. ``body`` and ``title`` hold families (``en:extradit``; ``cjk:引渡``, a character with the next one),
``body_exact`` and ``title_exact`` the folded forms at the same positions, ``body_accents`` and ``title_accents`` the
accented forms of the words that have any, without positions. What a search reads of every hit (dates, source, …)
stands in columns, what it reads of a page of hits in one stored value. The columns ``words``, ``passages`` and ``past``
are the texts as numbers of words (:mod:`indexer.engines.whoosh.texts`).
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from datetime import date, datetime
from itertools import chain
from typing import Any

from whoosh import columns, fields

from crawler import DateBasis, DatePrecision, Document, PublicationDate
from indexer.analysis import UNKNOWN, Token, family, tokenize, with_pairs
from indexer.engines.protocol import LabelledDocument
from indexer.engines.whoosh.letterings import pack_letterings
from indexer.engines.whoosh.texts import pack_history, pack_lengths, pack_words
from indexer.engines.whoosh.wordlist import WordNumbers
from indexer.views import DomainLabel, Evidence

UNDATED = 0  # no day of the calendar: date.toordinal() starts at 1

SCHEMA = fields.Schema(
    id=fields.ID(unique=True, sortable=True),
    url=fields.ID(sortable=True),
    title=fields.TEXT(phrase=True),
    title_exact=fields.TEXT(phrase=True),
    body=fields.TEXT(phrase=True),
    body_exact=fields.TEXT(phrase=True),
    title_accents=fields.TEXT(phrase=False),
    body_accents=fields.TEXT(phrase=False),
    date=fields.ID(sortable=True),
    date_first=fields.NUMERIC(int, sortable=True),
    date_last=fields.NUMERIC(int, sortable=True),
    source=fields.ID(sortable=True),
    domain=fields.KEYWORD(sortable=True),
    language=fields.ID(sortable=True),
    read_in=fields.ID(sortable=True),
    lead=fields.ID(sortable=True),
    title_length=fields.NUMERIC(int, sortable=True),
    body_length=fields.NUMERIC(int, sortable=True),
    letterings=fields.COLUMN(columns.VarBytesColumn()),
    words=fields.COLUMN(columns.VarBytesColumn()),
    passages=fields.COLUMN(columns.VarBytesColumn()),
    past=fields.COLUMN(columns.VarBytesColumn()),
    entry=fields.STORED(),
)


def to_fields(entry: LabelledDocument, numbers: WordNumbers) -> dict[str, Any]:
    """The arguments of Whoosh's ``add_document``; words get their numbers from ``numbers``."""
    document = entry.document
    language = document.language or UNKNOWN
    title_tokens = list(tokenize(document.title))
    title = [token.exact for token in title_tokens]
    passages = [list(tokenize(paragraph)) for paragraph in document.paragraphs]
    body_tokens = list(chain.from_iterable(passages))
    body = [token.exact for token in body_tokens]
    published = document.date
    return {
        "id": document.id,
        "url": document.url or "",
        "title": _terms([title_tokens], [language]),
        "title_exact": tuple(title),
        "body": _terms(passages, entry.languages()),
        "body_exact": tuple(body),
        "title_accents": tuple(token.accented for token in title_tokens if token.accented),
        "body_accents": tuple(token.accented for token in body_tokens if token.accented),
        "date": str(published) if published else "",
        "date_first": published.first.toordinal() if published else UNDATED,
        "date_last": published.last.toordinal() if published else UNDATED,
        "source": document.source,
        "domain": " ".join(sorted(entry.domain_ids)),
        "language": language,
        "read_in": " ".join(sorted({language, *entry.passage_languages})),
        "lead": document.lead or "",
        "title_length": len(title),
        "body_length": len(body),
        "letterings": pack_letterings(title, body),
        "words": pack_words(passages, entry.languages(), numbers),
        "passages": pack_lengths(passages),
        "past": pack_history(entry.history, document.version, numbers),
        "entry": pack(entry),
    }


def family_terms(entry: LabelledDocument) -> dict[str, tuple[str, ...]]:
    """The terms of ``title`` and ``body``, word by word."""
    document = entry.document
    passages = [list(tokenize(paragraph)) for paragraph in document.paragraphs]
    return {
        "title": _terms([list(tokenize(document.title))], [document.language or UNKNOWN]),
        "body": _terms(passages, entry.languages()),
    }


def _terms(passages: Sequence[Sequence[Token]], languages: Sequence[str]) -> tuple[str, ...]:
    """The family of each word in its passage's language, a character of Chinese with the next one."""
    found: list[str] = []
    for tokens, language in zip(passages, languages, strict=True):
        found += [family(token.written, language) for token in tokens]
    return tuple(with_pairs(found))


def pack(entry: LabelledDocument) -> bytes:
    """A document and its labels as compressed JSON."""
    document = entry.document
    published = document.date
    record = {
        "id": document.id,
        "source": document.source,
        "url": document.url,
        "title": document.title,
        "paragraphs": document.paragraphs,
        "date": [published.first.isoformat(), published.precision, published.basis] if published else None,
        "language": document.language,
        "version": document.version,
        "captured_at": document.captured_at.isoformat(),
        "author": document.author,
        "pages": document.pages,
        "lead": document.lead,
        "labels": [
            [label.id, label.name, label.root, label.weight, [[e.passage, e.terms, e.weights] for e in label.evidence]]
            for label in entry.labels
        ],
        "domains": sorted(entry.domain_ids),
        "passage_languages": entry.passage_languages,
    }
    return zlib.compress(json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode())


def unpack(packed: bytes) -> LabelledDocument:
    """What :func:`pack` packed."""
    record = json.loads(zlib.decompress(packed))
    published = None
    if record["date"]:
        first, precision, basis = record["date"]
        published = PublicationDate(date.fromisoformat(first), DatePrecision(precision), DateBasis(basis))
    document = Document(
        id=record["id"],
        source=record["source"],
        url=record["url"],
        title=record["title"],
        paragraphs=tuple(record["paragraphs"]),
        date=published,
        language=record["language"],
        version=record["version"],
        captured_at=datetime.fromisoformat(record["captured_at"]),
        author=record["author"],
        pages=tuple(record["pages"]),
        lead=record["lead"],
    )
    labels = tuple(
        DomainLabel(
            id,
            name,
            root,
            weight,
            tuple(Evidence(passage, tuple(terms), tuple(weights)) for passage, terms, weights in evidence),
        )
        for id, name, root, weight, evidence in record["labels"]
    )
    return LabelledDocument(document, labels, frozenset(record["domains"]), tuple(record["passage_languages"]))
