"""``.txt``: a file is a document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from crawler.errors import LoadError, Undecodable
from crawler.extract import make_title, read_credit, split_headline
from crawler.loaders.files import display, read_file
from crawler.loaders.parsed import NO_HINTS, Parsed, SourceHints


def read_text(path: Path, _: SourceHints = NO_HINTS) -> Iterator[Parsed]:
    """The document of a text file: the headline or a title made from its first sentence, paragraphs, credited date.

    Raises :class:`LoadError`. A file without a credit line has no date: its own times say nothing of publication.
    """
    from crawler.extract.charset import decode

    body = read_file(path)
    try:
        headline, paragraphs = split_headline(decode(body).text)
    except Undecodable as error:
        raise LoadError(display(path), error.reason) from None
    if not paragraphs:
        raise LoadError(display(path), "no text in it")
    credit = read_credit(paragraphs)
    yield Parsed(
        body=body,
        media_type="text/plain",
        title=headline or make_title(paragraphs),
        paragraphs=paragraphs,
        date=credit.date if credit else None,
    )
