"""``.html``, ``.pdf``, ``.docx``: a file is a document, taken out of it by ``crawler.extract``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from crawler.errors import ExtractionError, LoadError
from crawler.extract.page import Page
from crawler.loaders.files import display, read_file
from crawler.loaders.parsed import NO_HINTS, Parsed, SourceHints

MEDIA_TYPES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
"""The media type of each ending."""


def read_page(path: Path, hints: SourceHints = NO_HINTS) -> Iterator[Parsed]:
    """The document of a page that was saved to a file; its URL is the one that the page declares, if it is plausible.

    Raises :class:`LoadError`.
    """
    body = read_file(path)
    name = path.name.lower().removesuffix(".gz")
    try:
        yield parse(Page(body, media_type=MEDIA_TYPES[Path(name).suffix]), hints)
    except ExtractionError as error:
        raise LoadError(display(path), error.reason) from None


def parse(page: Page, hints: SourceHints) -> Parsed:
    """The document of a body; raises :class:`ExtractionError`."""
    from crawler.extract.extract import extract

    found = extract(page, hints.page)
    return Parsed(
        body=page.body,
        media_type=page.media_type,
        title=found.title,
        paragraphs=found.paragraphs,
        date=found.date,
        url=found.url,
        language=found.language,
        author=found.author,
        pages=found.pages,
    )
