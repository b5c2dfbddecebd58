"""PDF: the pages become paragraphs, each with the number of the page that it begins on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from crawler.errors import ExtractionError
from crawler.extract.language import detect
from crawler.extract.layout import OTHER_SIZE, Paragraph, paragraphs
from crawler.extract.page import Extracted, Hints, Page
from crawler.extract.paragraphs import has_words
from crawler.extract.pdf_lines import read_lines
from crawler.extract.printed import printed_date, sensible_title, without_title
from crawler.extract.title import make_title

MAX_TITLE = 250
"""Characters of a title that is put together from large lines; more is a page of a poster."""
TITLE_PARAGRAPHS = 12
"""Paragraphs on the first page among which the largest is looked for."""


def extract_pdf(page: Page, hints: Hints = Hints()) -> Extracted:  # noqa: B008 - frozen
    """The document of a PDF; ``pages`` has the page of each paragraph. A last one says which pages were left out.

    Raises :class:`ExtractionError` for a file that can't be read, that asks for a password, or that has no text in it.
    """
    read = read_lines(page.body)
    found = [paragraph for paragraph in paragraphs(read.lines) if has_words(paragraph.text)]
    if not found:
        reason = "no text in it (a scan?)" if read.read else "it takes more time than there is for a file"
        raise ExtractionError(reason, url=page.url, media_type=page.media_type)
    texts = [paragraph.text for paragraph in found]
    headline = sensible_title(read.title, texts) or _largest(found)
    title = headline or make_title(texts)
    body = (found[without_title(headline, texts) :] if headline else found) or found
    if read.read < read.pages:
        note = f"[Only the first {read.read:,} of {read.pages:,} pages were read.]"
        body = [*body, Paragraph(note, body[-1].page, body[-1].size)]
    kept = tuple(paragraph.text for paragraph in body)
    language = detect("\n".join(kept), hint=hints.language)
    return Extracted(
        title=title,
        paragraphs=kept,
        date=printed_date(title, kept, url=page.url, language=language, hints=hints),
        language=language,
        url=page.url,
        author=None,
        charset=None,
        pages=tuple(paragraph.page for paragraph in body),
    )


def _largest(found: Sequence[Paragraph]) -> str | None:
    """The lines of the first page that are set in the largest letters, where those are larger than the text's."""
    usual = Counter[float]()
    for paragraph in found:
        usual[paragraph.size] += len(paragraph.text)
    first = [paragraph for paragraph in found if paragraph.page == found[0].page][:TITLE_PARAGRAPHS]
    size = max(paragraph.size for paragraph in first)
    if size < OTHER_SIZE * usual.most_common(1)[0][0]:
        return None
    start = next(at for at, paragraph in enumerate(first) if paragraph.size == size)
    lines: list[str] = []
    for paragraph in first[start:]:
        if paragraph.size != size:
            break
        lines.append(paragraph.text)
    title = " ".join(lines)
    return title if len(title) <= MAX_TITLE else None
