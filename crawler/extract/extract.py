"""A document from a body of any kind that can be read: HTML here, the others in modules of their own."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import cast

from crawler.errors import ExtractionError
from crawler.extract.page import Extracted, Hints, Page

Extractor = Callable[[Page, Hints], Extracted]

_HTML = "crawler.extract.html:extract_html"
_PDF = "crawler.extract.pdf:extract_pdf"
_DOCX = "crawler.extract.office:extract_docx"
_PLAIN = "crawler.extract.plain:extract_plain"
EXTRACTORS: dict[str, str] = {
    "text/html": _HTML,
    "application/xhtml+xml": _HTML,
    "application/pdf": _PDF,
    "application/x-pdf": _PDF,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": _DOCX,
    "text/plain": _PLAIN,
    "text/markdown": _PLAIN,
}
"""Media type → where its extractor is, ``module:function``; it is imported when the first page of its kind comes."""
_MARKS = ((b"%PDF-", _PDF), (b"PK\x03\x04", _DOCX))
_VAGUE = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/download"})


def extract(page: Page, hints: Hints = Hints()) -> Extracted:  # noqa: B008 - frozen
    """The document of ``page``, by its media type. Raises :class:`ExtractionError` with the reason where there is none.

    A body that begins as a PDF or an office document is taken for one, whatever type was declared.
    """
    module, _, name = _extractor(page).partition(":")
    found = cast(Extractor, getattr(import_module(module), name))
    return found(page, hints)


def _extractor(page: Page) -> str:
    body = page.body[:1024].lstrip()
    if not body:
        raise ExtractionError("no text found: there is nothing in it", url=page.url, media_type=page.media_type)
    marked = next((extractor for mark, extractor in _MARKS if body.startswith(mark)), None)
    media_type = page.media_type.partition(";")[0].strip().lower()
    known = marked or EXTRACTORS.get(media_type)
    if known is None and media_type in _VAGUE and body.startswith(b"<"):
        known = _HTML
    if known is None:
        kinds = ", ".join(sorted(EXTRACTORS))
        reason = f'of the kind "{media_type}", which can\'t be read: the kinds are {kinds}'
        raise ExtractionError(reason, url=page.url, media_type=page.media_type)
    return known
