"""A document from an HTML page: by the source's selectors where it has some, by general rules for all the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.checks import is_language
from crawler.document import DatePrecision, PublicationDate
from crawler.errors import ExtractionError
from crawler.extract.article import find_article
from crawler.extract.blocks import Block, read_blocks
from crawler.extract.canonical import canonical_of
from crawler.extract.charset import decode
from crawler.extract.dates import Evidence, Order, find_date, page_order, read_selected
from crawler.extract.headline import Headline, choose_title, find_headline
from crawler.extract.language import detect
from crawler.extract.metadata import Metadata, read_metadata
from crawler.extract.page import Extracted, Hints, Page
from crawler.extract.selected import Selected, select
from crawler.extract.title import make_title
from crawler.extract.tree import parse
from crawler.extract.trimming import trim

if TYPE_CHECKING:
    from lxml.html import HtmlElement


@dataclass(frozen=True, slots=True)
class _Reading:
    """A page, taken apart."""

    page: Page
    hints: Hints
    size: int
    metadata: Metadata
    blocks: list[Block]
    headline: Headline | None
    selected: Selected


def extract_html(page: Page, hints: Hints = Hints()) -> Extracted:  # noqa: B008 - frozen
    """The document on an HTML page. Raises :class:`ExtractionError` where there is none, or no character set fits."""
    decoded = decode(page.body, declared=page.charset, html=True)
    reading = _read(decoded.text, page, hints)
    paragraphs = _paragraphs(reading)
    if not paragraphs:
        raise _no_text(reading)
    language = detect("\n".join(paragraphs), hint=_language_hint(reading))
    return Extracted(
        title=_title(reading) or make_title(paragraphs),
        paragraphs=paragraphs,
        date=_date(reading, paragraphs, language),
        language=language,
        url=_address(reading),
        author=reading.selected.author or reading.metadata.author,
        charset=decoded.charset,
    )


def _read(text: str, page: Page, hints: Hints) -> _Reading:
    tree = parse(text)
    if tree is None:
        raise ExtractionError("no text found: the page is empty", url=page.url, media_type=page.media_type)
    metadata = read_metadata(tree)
    selected = select(tree, hints.selectors)
    blocks = read_blocks(selected.tree)
    headline = find_headline(blocks, metadata)
    return _Reading(page, hints, len(text), metadata, blocks, headline, selected)


def _title(reading: _Reading) -> str | None:
    return reading.selected.title or choose_title(reading.metadata, reading.headline, reading.page.url)


def _paragraphs(reading: _Reading) -> tuple[str, ...]:
    if reading.selected.paragraphs:
        return reading.selected.paragraphs
    found = find_article(reading.selected.tree, reading.size, reading.metadata, reading.blocks, reading.headline)
    return trim(found, reading.headline, reading.blocks)


def _date(reading: _Reading, paragraphs: tuple[str, ...], language: str | None) -> PublicationDate | None:
    evidence = Evidence(
        url=reading.page.url or _address(reading),
        language=reading.metadata.language or language,
        metadata=reading.metadata,
        blocks=reading.blocks,
        headline=reading.headline,
        paragraphs=paragraphs,
        tree=reading.selected.tree,
    )
    chosen = _selected_date(reading, page_order(evidence)) if reading.selected.dates else None
    return chosen or find_date(evidence)


def _selected_date(reading: _Reading, order: Order) -> PublicationDate | None:
    """The first whole day that the selector's texts have; a coarser date where none has one."""
    read = [read_selected(text, reading.hints.date_format, order) for text in reading.selected.dates]
    found = [day for day in read if day is not None]
    return next((day for day in found if day.precision is DatePrecision.DAY), found[0] if found else None)


def _address(reading: _Reading) -> str | None:
    return canonical_of(reading.page.url, reading.metadata.canonical, reading.metadata.first("og:url"))


def _language_hint(reading: _Reading) -> str | None:
    """The source's language, or what the page declares, as a code of two or three letters."""
    code = (reading.hints.language or reading.metadata.language or "").replace("_", "-").split("-")[0].strip().lower()
    return code if is_language(code) else None


def _no_text(reading: _Reading) -> ExtractionError:
    frames = _frames(reading.selected.tree)
    reason = "no text found"
    if frames:
        reason += f": the page is made of frames, its text is on {', '.join(frames[:3])}"
    elif reading.size > 0 and any(True for _ in reading.selected.tree.iter("script")):
        reason += ": the page may be drawn by its scripts, which aren't run"
    return ExtractionError(reason, url=reading.page.url, media_type=reading.page.media_type)


def _frames(tree: HtmlElement) -> list[str]:
    return [str(frame.get("src")) for frame in tree.iter("frame", "iframe") if frame.get("src")]
