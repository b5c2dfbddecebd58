"""``.warc``: what web archives and crawlers have fetched, each capture with its own moment (ISO 28500)."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from crawler.errors import ExtractionError, LoadError
from crawler.extract.page import Page
from crawler.loaders.files import MAX_FILE, MIB, display, open_file
from crawler.loaders.pages import MEDIA_TYPES, parse
from crawler.loaders.parsed import NO_HINTS, Parsed, PassedOver, Seen, SourceHints

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

GONE = frozenset({404, 410})
"""Statuses that say an address has nothing (RFC 9110)."""
_START, _GZIP = b"WARC/", b"\x1f\x8b"
_GZIP_FORMAT = 31  # zlib's number for a gzip header and the largest window
_CHUNK = 64 * 1024
_OK = 200
_NOT_MODIFIED = 304
_READ = frozenset({*MEDIA_TYPES.values(), "text/plain"})
_SNIFFED = frozenset({"", "application/octet-stream", "application/x-download", "application/force-download"})
_PDF = b"%PDF-"
_SECRET = re.compile(r"cookie|authori[sz]ation|authenticat|credential|token|secret|api-?key", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([^\s\"';,]+)", re.IGNORECASE)


def read_warc(path: Path, hints: SourceHints = NO_HINTS) -> Iterator[Parsed | Seen | PassedOver | LoadError]:
    """A document for each response of a readable kind with status 200, and what the other records tell.

    Raises :class:`LoadError` where the file is cut off or malformed; what came before that has been yielded.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    keep = [re.compile(pattern) for pattern in hints.keep]
    with open_file(path, unpack=False) as file:
        source = _Source(file)
        try:
            if not source.is_warc():
                raise LoadError(display(path), "not a sound WARC: it doesn't start as one")
            for record in ArchiveIterator(source):
                address = _address(record)
                if address and (not keep or any(pattern.search(address) for pattern in keep)):
                    yield from _read(record, address, path, hints)
        except ArchiveLoadFailed as error:
            raise LoadError(display(path), f"not a sound WARC from here on: {str(error).strip()[:200]}") from None
        if source.cut_off:
            raise LoadError(display(path), "the file is cut off: get it again")


class _Source:
    """What warcio reads from, unpacked: warcio itself takes a packed file that is cut off for one that has ended."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._raw = file.read(_CHUNK)
        self._packed = self._raw.startswith(_GZIP)
        self._unpacker = zlib.decompressobj(wbits=_GZIP_FORMAT)
        self._ready = b""
        self.cut_off = False

    def is_warc(self) -> bool:
        while len(self._ready) < len(_START) and self._fill():
            pass
        return self._ready.startswith(_START)

    def read(self, size: int = _CHUNK) -> bytes:
        while not self._ready and self._fill():
            pass
        piece, self._ready = self._ready[:size], self._ready[size:]
        return piece

    def _fill(self) -> bool:
        """Get more ready; ``False`` at the end of the file."""
        raw = self._raw or self._file.read(_CHUNK)
        if not self._packed:
            self._ready, self._raw = self._ready + raw, b""
            return bool(raw)
        if not raw:
            self.cut_off = not self._unpacker.eof
            return False
        if self._unpacker.eof:  # each record is packed by itself
            self._unpacker = zlib.decompressobj(wbits=_GZIP_FORMAT)
        self._ready += self._unpacker.decompress(raw, _CHUNK)
        self._raw = self._unpacker.unconsumed_tail or self._unpacker.unused_data.lstrip(b"\0")
        return True


def _address(record: ArcWarcRecord) -> str | None:
    """The target of a record that is about a page; ``None`` for requests, metadata and other protocols."""
    from crawler.extract.canonical import canonical

    if record.rec_type not in {"response", "resource", "revisit"}:
        return None
    try:
        return canonical((record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>"))
    except ValueError:
        return None


def _read(
    record: ArcWarcRecord, address: str, path: Path, hints: SourceHints
) -> Iterator[Parsed | Seen | PassedOver | LoadError]:
    moment = _moment(record.rec_headers.get_header("WARC-Date"))
    status, media_type, charset = _status(record), *_kind(record)
    if moment is None:
        yield LoadError(display(path), f"{address}: the record has no date")
    elif record.rec_type == "revisit":
        since = _moment(record.rec_headers.get_header("WARC-Refers-To-Date"))
        yield Seen(address, moment, _NOT_MODIFIED, since)
    elif status in GONE:
        yield Seen(address, moment, status)
    elif status != _OK:
        yield PassedOver(f"status {status}")
    elif record.rec_headers.get_header("WARC-Truncated"):
        yield PassedOver("cut off when it was captured")
    elif media_type not in _READ | _SNIFFED:
        yield PassedOver(media_type)
    else:
        body = record.content_stream().read(MAX_FILE + 1)
        _check_whole(record, path, address)
        yield _document(Page(body, address, media_type, charset), moment, record, path, hints)


def _check_whole(record: ArcWarcRecord, path: Path, address: str) -> None:
    while record.raw_stream.read(_CHUNK):
        pass
    if record.raw_stream.limit > 0:
        raise LoadError(display(path), f"the file is cut off, in the capture of {address}: get it again")


def _document(
    page: Page, moment: datetime, record: ArcWarcRecord, path: Path, hints: SourceHints
) -> Parsed | PassedOver | LoadError:
    if len(page.body) > MAX_FILE:
        return LoadError(display(path), f"{page.url}: more than {MAX_FILE // MIB} MB in one document")
    if page.media_type in _SNIFFED:
        if not page.body.startswith(_PDF):
            return PassedOver(page.media_type or "of no kind")
        page = replace(page, media_type="application/pdf")
    try:
        found = parse(page, hints)
    except ExtractionError as error:
        return LoadError(display(path), f"{page.url}: {error.reason}")
    return replace(found, address=page.url, captured_at=moment, headers=_headers(record))


def _status(record: ArcWarcRecord) -> int:
    """The HTTP status; a ``resource`` has none and counts as found."""
    if record.http_headers is None:
        return _OK
    code = record.http_headers.get_statuscode() or ""
    return int(code) if code.isdigit() else 0


def _kind(record: ArcWarcRecord) -> tuple[str, str | None]:
    """Media type and character set."""
    headers = record.http_headers or record.rec_headers
    declared = headers.get_header("Content-Type") or ""
    charset = _CHARSET.search(declared)
    return declared.partition(";")[0].strip().lower(), charset[1] if charset else None


def _headers(record: ArcWarcRecord) -> dict[str, str]:
    """The response's headers, without anything that lets somebody in."""
    headers = record.http_headers.headers if record.http_headers else []
    return {name.lower(): value for name, value in headers if not _SECRET.search(name)}


def _moment(text: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
