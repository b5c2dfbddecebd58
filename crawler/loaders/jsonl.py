"""``.jsonl``: a line is a document, ``{"id"?, "url"?, "title", "text", "date"?, "source"?, "language"?}``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crawler.document import PublicationDate
from crawler.errors import LoadError
from crawler.extract import decode, make_title, read_credit, split_headline, split_paragraphs
from crawler.extract.paragraphs import clean
from crawler.loaders.files import MAX_LINE, MIB, display, read_lines
from crawler.loaders.parsed import NO_HINTS, Parsed, SourceHints
from crawler.source import is_language, is_slug

MAX_ID = 200
"""Characters of an id: it stands in addresses, and those are cut at some 2,000."""
_KEYS = ("id", "url", "title", "text", "date", "source", "language")


def read_jsonl(path: Path, _: SourceHints = NO_HINTS) -> Iterator[Parsed | LoadError]:
    """A document, or what is wrong with it, for each line; empty lines are passed over.

    Raises :class:`LoadError` where the file can't be read any further.
    """
    for number, line in read_lines(path):
        if line is None:
            yield LoadError(display(path), f"more than {MAX_LINE // MIB} MB in one line: split it", line=number)
        elif line.strip(b"\xef\xbb\xbf \t"):
            try:
                yield _parse(line, number)
            except ValueError as error:
                yield LoadError(display(path), str(error), line=number)


def _parse(line: bytes, number: int) -> Parsed:
    fields = _fields(line)
    title, paragraphs = title_and_paragraphs(clean(fields["title"] or ""), fields["text"] or "")
    if not title:
        raise ValueError('no text: neither "title" nor "text" has any words')
    return Parsed(
        body=line,
        media_type="application/json",
        title=title,
        paragraphs=paragraphs,
        date=_date(fields["date"], paragraphs),
        line=number,
        id=_id(fields["id"]),
        url=_url(fields["url"]),
        language=_language(fields["language"]),
        source=_source(fields["source"]),
    )


def _fields(line: bytes) -> dict[str, str | None]:
    """The keys that are read, as text; others may be there and stay in the capture."""
    data = parse_json(decode(line))
    if not isinstance(data, dict):
        raise ValueError('not a JSON object: write {"title": …, "text": …} on each line')
    fields = {key: data.get(key) for key in _KEYS}
    for key, value in fields.items():
        if value is not None and not isinstance(value, str):
            raise ValueError(f'"{key}" must be text in quotes, not {json.dumps(value)[:40]}')
        if value is not None and not _is_unicode(value):
            raise ValueError(f'"{key}" has half of a character (a lone surrogate)')
    return fields


def parse_json(text: str) -> Any:
    """What a line says; raises ``ValueError`` with the character where it can't be read."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error.msg} at character {error.pos + 1}") from None
    except RecursionError:
        raise ValueError("not JSON that can be read: nested too deeply") from None


def _is_unicode(text: str) -> bool:
    return not any("\ud800" <= char <= "\udfff" for char in text) if not text.isascii() else True


def title_and_paragraphs(title: str, text: str) -> tuple[str, tuple[str, ...]]:
    """Where there is no title, it is the headline of the text or made of its first sentence; ``""`` without words."""
    if title:
        return title, split_paragraphs(text)
    headline, paragraphs = split_headline(text)
    return headline or (make_title(paragraphs) if paragraphs else ""), paragraphs


def _date(text: str | None, paragraphs: tuple[str, ...]) -> PublicationDate | None:
    if text:
        try:
            return PublicationDate.parse(text)
        except ValueError as error:
            raise ValueError(f'"date": {error}') from None
    credit = read_credit(paragraphs)
    return credit.date if credit else None


def _id(text: str | None) -> str | None:
    """As given: it becomes part of the address ``/d/<id>``, so it must be able to stand there."""
    if text is None:
        return None
    unfit = not text.isprintable() or any(char.isspace() or char in "/\\" for char in text) or text in {".", ".."}
    if not text or len(text) > MAX_ID or unfit:
        raise ValueError(
            f'"id" {json.dumps(text[:40])} can\'t stand in an address: write 1 to {MAX_ID} printable characters '
            "without spaces and slashes"
        )
    return text


def _url(text: str | None) -> str | None:
    if not text:
        return None
    if not text.startswith(("https://", "http://")) or not text.isprintable() or " " in text:
        raise ValueError(f'"url" {json.dumps(text[:60])} is not a web address: it starts with https:// or http://')
    return text


def _language(text: str | None) -> str | None:
    if text and not is_language(text):
        raise ValueError(f'"language" {json.dumps(text[:40])} is not a language code: write two small letters ("en")')
    return text or None


def _source(text: str | None) -> str | None:
    if text and not is_slug(text):
        raise ValueError(f'"source" {json.dumps(text[:40])}: write small letters, digits and hyphens ("un-news")')
    return text or None
