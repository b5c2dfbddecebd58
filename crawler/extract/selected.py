"""What a source's CSS selectors point at (BeautifulSoup and soupsieve)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.extract.flow import paragraphs_of
from crawler.extract.paragraphs import clean
from crawler.source import Selectors

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag
    from lxml.html import HtmlElement

MAX_SELECTED = 5_000_000
"""Characters of HTML up to which selectors are applied: BeautifulSoup needs some hundred times as much memory. Longer
pages are read by general rules."""


@dataclass(frozen=True, slots=True)
class Selected:
    """``None`` or empty where no selector was given or nothing was found by it; ``tree`` is without what was dropped.

    ``dates`` are the texts that may have the date, machine-readable attributes first.
    """

    tree: HtmlElement
    title: str | None = None
    paragraphs: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    author: str | None = None


def select(tree: HtmlElement, selectors: Selectors) -> Selected:
    """Apply ``selectors``. Date and title are looked for before anything is dropped."""
    if selectors == Selectors():
        return Selected(tree)
    from bs4 import BeautifulSoup
    from lxml.html import tostring

    html = tostring(tree, encoding="unicode")
    if len(html) > MAX_SELECTED:
        return Selected(tree)
    soup = BeautifulSoup(html, "lxml")
    title, author = _text(soup, selectors.title), _text(soup, selectors.author)
    dates = _dates(soup, selectors.date)
    for selector in selectors.drop:
        for found in soup.select(selector):
            found.extract()
    paragraphs = _body(soup, selectors.body)
    return Selected(_tree(soup, tree) if selectors.drop else tree, title, paragraphs, dates, author)


def _text(soup: BeautifulSoup, selector: str | None) -> str | None:
    found = soup.select_one(selector) if selector else None
    if found is None:
        return None
    return clean(str(found.get("content") or found.get_text(" "))) or None


def _dates(soup: BeautifulSoup, selector: str | None) -> tuple[str, ...]:
    found = soup.select(selector) if selector else []
    texts = [text for tag in found for text in (tag.get("datetime"), tag.get("content"), tag.get_text(" "))]
    return tuple(clean(str(text)) for text in texts if text)


def _body(soup: BeautifulSoup, selector: str | None) -> tuple[str, ...]:
    """The paragraphs of all elements that are found; one inside another counts once."""
    found = soup.select(selector) if selector else []
    chosen = set(map(id, found))
    outer = [tag for tag in found if not any(id(parent) in chosen for parent in tag.parents)]
    return tuple(paragraph for tag in outer for paragraph in _paragraphs(tag))


def _paragraphs(tag: Tag) -> tuple[str, ...]:
    from lxml.html import HTMLParser, fragment_fromstring

    parser = HTMLParser(encoding="utf-8", huge_tree=True)
    return paragraphs_of(fragment_fromstring(str(tag), create_parent="div", parser=parser))


def _tree(soup: BeautifulSoup, tree: HtmlElement) -> HtmlElement:
    from crawler.extract.tree import parse

    dropped = parse(str(soup))
    return tree if dropped is None else dropped
