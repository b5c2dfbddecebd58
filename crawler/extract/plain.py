"""Plain text that was fetched: a headline where there is one, paragraphs, and a date near them."""

from __future__ import annotations

from crawler.errors import ExtractionError
from crawler.extract.charset import decode
from crawler.extract.language import detect
from crawler.extract.page import Extracted, Hints, Page
from crawler.extract.printed import printed_date
from crawler.extract.title import make_title, split_headline


def extract_plain(page: Page, hints: Hints = Hints()) -> Extracted:  # noqa: B008 - frozen
    """The document of a plain text. Raises :class:`ExtractionError` where it is no text, or has none."""
    decoded = decode(page.body, declared=page.charset)
    headline, paragraphs = split_headline(decoded.text)
    if not paragraphs:
        raise ExtractionError("no text in it", url=page.url, media_type=page.media_type)
    title = headline or make_title(paragraphs)
    language = detect("\n".join([title, *paragraphs]), hint=hints.language)
    return Extracted(
        title=title,
        paragraphs=paragraphs,
        date=printed_date(title, paragraphs, url=page.url, language=language, hints=hints),
        language=language,
        url=page.url,
        author=None,
        charset=decoded.charset,
    )
