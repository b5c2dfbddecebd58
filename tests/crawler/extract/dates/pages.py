"""Small pages for tests of dates."""

from __future__ import annotations

from datetime import date

from crawler import PublicationDate
from crawler.extract.blocks import read_blocks
from crawler.extract.dates import Evidence, find_date
from crawler.extract.headline import find_headline
from crawler.extract.metadata import read_metadata
from crawler.extract.tree import parse

TEXT = (
    "The ministers met in the capital and spoke about trade, culture, the courts and the work of the two embassies; "
    "they will meet again when the treaty has been ratified by both parliaments."
)


def date_of(
    html: str, url: str | None = None, language: str | None = None, paragraphs: tuple[str, ...] = (TEXT,)
) -> PublicationDate | None:
    """The date of a page, as on 1 March 2024."""
    tree = parse(html)
    assert tree is not None
    metadata, blocks = read_metadata(tree), read_blocks(tree)
    evidence = Evidence(
        url, language or metadata.language, metadata, blocks, find_headline(blocks, metadata), paragraphs, tree
    )
    return find_date(evidence, date(2024, 3, 1))


def article(under: str = "", above: str = "", below: str = "", head: str = "", lang: str = "en") -> str:
    """A page with a headline, what stands ``under`` and ``above`` it, a text, and what stands ``below`` that."""
    return (
        f'<html lang="{lang}"><head><title>Ministers meet in Lima | Ministry</title>{head}</head><body>'
        f"<div class='main'>{above}<h1>Ministers meet in Lima</h1>{under}<p>{TEXT}</p></div>{below}</body></html>"
    )
