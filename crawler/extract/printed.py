"""What office documents have in common, PDF or DOCX: a declared title that is often junk, a date on the title page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from crawler.extract.blocks import Block
from crawler.extract.headline import Headline, letters
from crawler.extract.metadata import Metadata

if TYPE_CHECKING:
    from crawler.document import PublicationDate
    from crawler.extract.page import Hints

DATED = 40
"""Paragraphs at the start of a document that its date is looked for in: a title page and a summary."""
_LEAST_LETTERS = 4
_JUNK = re.compile(
    r"microsoft (?:word|powerpoint|excel)|untitled|sin t[ií]tulo|sem t[ií]tulo|documento?\s?\d*$|document\s?\d*$|"
    r"slide \d|powerpoint|.*\.(?:docx?|pdf|rtf|odt|indd|qxd|pptx?|xlsx?|wpd|pm\d|tmp)\b|.*\\|"
    r"https?:|\W*$|无标题|未命名|文档\d*$",
    re.IGNORECASE,
)


def sensible_title(declared: str | None, paragraphs: Sequence[str]) -> str | None:
    """A declared title if it is one: not the name of a file or of a program, and said by the document's beginning too.

    Office programs keep the title of the file that a document was made from.
    """
    if not declared or _JUNK.match(declared) or len(letters(declared)) < _LEAST_LETTERS:
        return None
    beginning = letters(" ".join(paragraphs[:DATED]))
    return declared if letters(declared) in beginning else None


def without_title(title: str, paragraphs: Sequence[str]) -> int:
    """How many of the first paragraphs are the title and nothing else."""
    wanted, read = letters(title), ""
    for count, paragraph in enumerate(paragraphs[:DATED], 1):
        read += letters(paragraph)
        if read == wanted:
            return count
        if not wanted.startswith(read):
            break
    return 0


def printed_date(
    title: str, paragraphs: Sequence[str], *, url: str | None, language: str | None, hints: Hints
) -> PublicationDate | None:
    """The date that stands near the title, in the address, or at the end; ``None`` where none does.

    The file's own dates say when somebody saved it, which is no publication.
    """
    from crawler.extract.dates import Evidence, find_date, read_selected

    lines = [title, *paragraphs[:DATED]]
    if hints.date_format:
        chosen = (read_selected(line, hints.date_format) for line in lines if len(line) < 200)
        if found := next((date for date in chosen if date), None):
            return found
    evidence = Evidence(
        url=url,
        language=language,
        metadata=Metadata(metas={}, articles=(), web_pages=(), titles=(title,), canonical=None, language=language),
        blocks=[Block(line, "p", "", 0, (), (0, number)) for number, line in enumerate(lines)],
        headline=Headline(0, title),
        paragraphs=paragraphs,
    )
    return find_date(evidence)
