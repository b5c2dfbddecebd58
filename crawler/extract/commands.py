"""The command ``extract``: what the extractor sees in a page."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from crawler.console import json_option, print_json

if TYPE_CHECKING:
    from crawler.extract.page import Extracted

_STANDARD_INPUT = "-"


@click.command()
@click.argument("files", metavar="FILE...|-", nargs=-1, required=True)
@click.option("--url", metavar="URL", help="The address of the page: it may tell the date, and is kept as its own.")
@json_option
@click.pass_context
def extract(ctx: click.Context, files: tuple[str, ...], url: str | None, as_json: bool) -> None:
    """Show what the extractor sees in a page: title, date, language, text.

    Takes .html, .pdf, .docx and .txt, each also as .gz; a name that tells nothing is taken for HTML. FILE - is standard
    input. With --json, a line for each page.
    """
    from crawler.errors import CrawlerError

    failed = False
    for name in files:
        try:
            found = _extract(name, url)
        except CrawlerError as error:
            failed = True
            click.echo(f"concord: {_told(name, error)}", err=True)
        else:
            shown = _shown(name)
            if as_json:
                print_json(_to_json(shown, found), in_a_line=True)
            else:
                click.echo(_to_text(shown, found))
    ctx.exit(1 if failed else 0)


def _extract(name: str, url: str | None) -> Extracted:
    from crawler.errors import ExtractionError
    from crawler.extract.extract import extract
    from crawler.extract.page import Page
    from crawler.loaders.files import read_file

    body = sys.stdin.buffer.read() if name == _STANDARD_INPUT else read_file(Path(name))
    page = Page(body, url, _media_type(name))
    try:
        return extract(page)
    except ValueError as error:  # an address that is none
        raise ExtractionError(str(error)) from None


def _media_type(name: str) -> str:
    from crawler.loaders.pages import MEDIA_TYPES

    suffix = Path(name.lower().removesuffix(".gz")).suffix
    return {**MEDIA_TYPES, ".txt": "text/plain", ".md": "text/markdown"}.get(suffix, "text/html")


def _shown(name: str) -> str:
    from crawler.loaders.files import display

    return display(name)


def _told(name: str, error: Exception) -> str:
    reason = getattr(error, "reason", str(error))
    return f"{_shown(name)}: {reason}"


def _to_json(name: str, found: Extracted) -> dict[str, Any]:
    return {
        "path": name,
        "title": found.title,
        "text": "\n\n".join(found.paragraphs),
        "date": str(found.date) if found.date else None,
        "date_precision": found.date.precision.value if found.date else None,
        "language": found.language,
        "charset": found.charset,
        "url": found.url,
    }


def _to_text(name: str, found: Extracted) -> str:
    date = f"{found.date} ({found.date.precision}, from {found.date.basis})" if found.date else "unknown"
    facts = {
        "file": name,
        "title": found.title,
        "date": date,
        "author": found.author,
        "language": found.language or "unknown",
        "charset": found.charset,
        "url": found.url,
    }
    head = "\n".join(f"{key + ':':<10}{value}" for key, value in facts.items() if value is not None)
    return f"{head}\n\n" + "\n\n".join(found.paragraphs) + "\n"
