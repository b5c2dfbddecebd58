"""From a piece of a tree to paragraphs: what stands apart on the page stands apart in the text."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from crawler.extract.paragraphs import clean, has_words

if TYPE_CHECKING:
    from lxml.etree import _Element

LONG = 5_000
"""Characters; a text of this length has paragraphs, even if only single line breaks part them."""

_HTML_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "aside",
        "nav",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "caption",
        "blockquote",
        "pre",
        "figure",
        "figcaption",
        "address",
        "center",
        "fieldset",
        "form",
        "details",
        "summary",
        "hr",
        "body",
        "html",
    ]
)
_SKIPPED = frozenset(
    {"title", "nav", "script", "style", "noscript", "template", "select", "button", "textarea", "svg", "iframe"}
)
_CELLS = frozenset({"td", "th", "cell"})
_BREAKS = frozenset({"br", "lb"})
_BREAK = "\x1f"  # a separator that cleaning turns into a space; no text of a page has it
_RECENT = 8  # pieces of text that are looked back at for another break
_INDENT = ("\u3000", "\u2003", "\xa0\xa0")  # old pages break lines with one <br> and indent paragraphs


def paragraphs_of(element: _Element, blocks: Collection[str] = _HTML_BLOCKS) -> tuple[str, ...]:
    """The text of ``element``, one paragraph for each block in it (a row of a table is one), empty ones left out.

    Two line breaks in a row end a paragraph, as does one with an indented line after it; a single one is a space, but
    for a paragraph that would be longer than ``LONG``.
    """
    lines = (line for piece in _pieces(element, blocks) for line in _lines(piece))
    return tuple(text for line in lines if has_words(text := clean(line)))


def _lines(piece: str) -> list[str]:
    return piece.split(_BREAK) if len(piece) > LONG else [piece]


def _pieces(root: _Element, blocks: Collection[str]) -> Iterator[str]:
    from lxml import etree

    text: list[str] = []
    skipping: _Element | None = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else "script"
        if event == "start":
            if skipping is None and tag in _SKIPPED:
                skipping = element
            if skipping is None:
                found = element.text or ""
                if tag in blocks or (tag in _CELLS and _has_blocks(element, blocks)):
                    yield "".join(text)
                    text.clear()
                text.append(found)
            continue
        if skipping is element:
            skipping = None
        elif skipping is not None:
            continue
        tail = (element.tail or "") if element is not root else ""
        if tag in blocks or (tag in _BREAKS and _ends_paragraph(text, tail)):
            yield "".join(text)
            text.clear()
        elif tag in _CELLS or tag in _BREAKS:
            text.append(" " if tag in _CELLS else _BREAK)
        text.append(tail)
    yield "".join(text)


def _has_blocks(cell: _Element, blocks: Collection[str]) -> bool:
    """Whether a cell lays out a page rather than being one of a table."""
    return any(child.tag in blocks for child in cell)


def _ends_paragraph(text: list[str], tail: str) -> bool:
    since_break = "".join(text[-_RECENT:]).rpartition(_BREAK)
    is_second = bool(since_break[1]) and not since_break[2].strip()
    return is_second or tail.lstrip("\r\n").startswith(_INDENT)
