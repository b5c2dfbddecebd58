"""What an entry of a feed says of its page, and the document that an entry with full content is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.extract.language import detect
from crawler.extract.page import Extracted

if TYPE_CHECKING:
    from crawler.discovery.feeds import Entry

_BLOCKS = ("p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "tr", "pre", "dt", "dd", "figcaption")


def about_entry(entry: Entry) -> dict[str, str]:
    """Date, title and author as plain text, as far as the entry has them."""
    title = " ".join(_lines(entry.title or ""))
    found = {"title": title, "date": str(entry.date or ""), "author": " ".join((entry.author or "").split())}
    return {key: value for key, value in found.items() if value}


def document_of_entry(entry: Entry, hint: str | None) -> Extracted | None:
    """The document that the entry's own text is; ``None`` where it has none. Date and author come from the entry.

    ``hint``: the source's language.
    """
    paragraphs = tuple(_lines(entry.content or ""))
    if not paragraphs:
        return None
    title = " ".join(_lines(entry.title or "")) or paragraphs[0][:200]
    language = detect("\n".join([title, *paragraphs]), hint=hint)
    return Extracted(title, paragraphs, entry.date, language, entry.link, entry.author, "utf-8")


def _lines(html: str) -> list[str]:
    """The text of an HTML fragment, a line a block."""
    if "<" not in html and "&" not in html:
        return [line for part in html.split("\n\n") if (line := " ".join(part.split()))]
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(f"<body>{html}</body>", "lxml")
    for block in soup.find_all(_BLOCKS):
        block.insert_before("\n\n")
        block.insert_after("\n\n")
    for line_break in soup.find_all("br"):
        line_break.replace_with(" ")
    return [line for part in soup.get_text().split("\n\n") if (line := " ".join(part.split()))]
