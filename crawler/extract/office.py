"""DOCX: headings, paragraphs and tables, a row of a table being a paragraph."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crawler.errors import ExtractionError
from crawler.extract.language import detect
from crawler.extract.page import Extracted, Hints, Page
from crawler.extract.paragraphs import clean, has_words
from crawler.extract.printed import printed_date, sensible_title, without_title
from crawler.extract.title import HEADLINE_LENGTH, make_title

if TYPE_CHECKING:
    from docx.document import Document

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAX_UNPACKED = 300_000_000
"""Bytes of all parts together: reports full of pictures stay below."""
MAX_XML = 60_000_000
"""Bytes of one XML part: the text of a thousand pages takes 20 MB with its markup, and ten times that as a tree."""
MAX_PARTS = 10_000
TITLE_PARAGRAPHS = 10
"""Paragraphs at the start among which one in the style of a title is looked for."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {f"{_W}tab": " ", f"{_W}br": " ", f"{_W}cr": " ", f"{_W}noBreakHyphen": "-"}
_NOT_THERE = frozenset({f"{_W}moveFrom", f"{_W}del", _FALLBACK})
"""Text that its author has moved away or struck, and a second copy of text boxes for old programs."""
_HEADING = re.compile(r"title$|titre$|t[ií]tulo$|heading 1$|标题$|标题 1$", re.IGNORECASE)
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)")


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str
    style: str


def extract_docx(page: Page, hints: Hints = Hints()) -> Extracted:  # noqa: B008 - frozen
    """The document of a DOCX. Its own dates say when it was saved, so they are not its date.

    Raises :class:`ExtractionError` for a file that isn't one, that is too large when unpacked, or that has no text.
    """
    _check_package(page)
    document = _open(page)
    found = [paragraph for paragraph in _paragraphs(document) if has_words(paragraph.text)]
    if not found:
        raise ExtractionError("no text in it", url=page.url, media_type=page.media_type)
    texts = [paragraph.text for paragraph in found]
    headline = sensible_title(_declared_title(document), texts) or _headline(found)
    title = headline or make_title(texts)
    kept = tuple((texts[without_title(headline, texts) :] if headline else texts) or texts)
    language = detect("\n".join(kept), hint=hints.language)
    return Extracted(
        title=title,
        paragraphs=kept,
        date=printed_date(title, kept, url=page.url, language=language, hints=hints),
        language=language,
        url=page.url,
        author=None,
        charset=None,
    )


def _check_package(page: Page) -> None:
    """Refuse bombs and entities before anything is unpacked into memory or parsed."""
    try:
        with zipfile.ZipFile(io.BytesIO(page.body)) as package:
            parts = package.infolist()
            xml = [part for part in parts if part.filename.lower().endswith((".xml", ".rels"))]
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise _error(page, "too large when unpacked")
            if any(part.file_size > MAX_XML for part in xml):
                raise _error(page, "too large when unpacked")
            # Without the NULs, what is written in UTF-16 is found too.
            if any(_DOCTYPE.search(package.read(part).replace(b"\0", b"")) for part in xml):
                raise _error(page, "not a sound DOCX: its XML defines entities")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error) as error:
        raise _error(page, f"not a sound DOCX: {error}") from error


def _open(page: Page) -> Document:
    import docx
    from docx.opc.exceptions import OpcError
    from lxml import etree

    try:
        document = docx.Document(io.BytesIO(page.body))
        if document.element.body is None:
            raise _error(page, "no text in it")
        return document
    except (OpcError, etree.XMLSyntaxError, KeyError, ValueError, AttributeError) as error:
        raise _error(page, f"not a sound DOCX: {clean(str(error))[:200]}") from error


def _error(page: Page, reason: str) -> ExtractionError:
    return ExtractionError(reason, url=page.url, media_type=page.media_type)


def _paragraphs(document: Document) -> Iterator[_Paragraph]:
    styles = {style.style_id: style.name or "" for style in document.styles}
    for element in _blocks(document.element.body):
        if element.tag == f"{_W}tbl":
            for row in element.iter(f"{_W}tr"):
                cells = (clean(_text(cell)) for cell in row.iterchildren(f"{_W}tc"))
                yield _Paragraph(" | ".join(cell for cell in cells if cell), "")
        else:
            style = element.find(f"{_W}pPr/{_W}pStyle")
            name = styles.get(style.get(f"{_W}val"), "") if style is not None else ""
            yield _Paragraph(clean(_text(element)), name)


def _blocks(body: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, those inside content controls too."""
    for element in body.iterchildren():
        if element.tag in {f"{_W}p", f"{_W}tbl"}:
            yield element
        elif element.tag in {f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"}:
            yield from _blocks(element)


def _text(element: Any) -> str:
    return "".join(_pieces(element))


def _pieces(element: Any) -> Iterator[str]:
    for child in element.iterchildren():
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag not in _NOT_THERE:
            yield from _pieces(child)
            if child.tag == f"{_W}p":
                yield " "


def _declared_title(document: Document) -> str | None:
    return clean(document.core_properties.title or "") or None


def _headline(found: Sequence[_Paragraph]) -> str | None:
    """The first paragraph in the style of a title, or else a first one that reads like one."""
    styled = next((each.text for each in found[:TITLE_PARAGRAPHS] if _HEADING.search(each.style)), None)
    first = found[0].text
    reads_like_one = len(found) > 1 and len(first) <= HEADLINE_LENGTH and not first.endswith((".", "。", ";", ",", ":"))
    return styled or (first if reads_like_one else None)
