"""The commands ``diff``, ``trace`` and ``lineage``: what changed when, and what became of a story."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from crawler.console import TextCommand, config_option, json_option, print_json

if TYPE_CHECKING:
    from crawler import Archive, CrawlerSettings


def _opened(config_path: Path) -> tuple[CrawlerSettings, Archive]:
    from crawler import Archive, ConfigFile, load_settings

    settings = load_settings(ConfigFile.read(config_path))
    return settings, Archive.open(settings.archive_path)


@click.command()
@click.argument("document_id", metavar="ID")
@click.argument("versions", metavar="[N M]", nargs=-1, type=click.IntRange(1))
@click.option("--with", "other_id", metavar="ID", help="Compare with the current text of another document.")
@click.option("--stat", "in_numbers", is_flag=True, help="Only tell how many passages changed in which way.")
@json_option
@config_option
def diff(
    document_id: str,
    versions: tuple[int, ...],
    other_id: str | None,
    in_numbers: bool,
    as_json: bool,
    config_path: Path,
) -> None:
    """Show what changed between two versions of a document, passage by passage.

    N and M are numbers of versions; left out, the last two in the order of time are compared.
    """
    from indexer.history import compare, diff, stays
    from indexer.history.report import print_diff, print_one_version

    if len(versions) not in (0, 2) or (versions and other_id):
        raise click.UsageError("name two versions (N M), or none; with --with none")
    with _opened(config_path)[1] as archive:
        found = compare(archive, document_id, other_id) if other_id else diff(archive, document_id, *versions)
        times = stays(archive, document_id)
    if as_json:
        print_json(found.to_json() if found else None)
    elif found:
        print_diff(found, in_numbers=in_numbers)
    else:
        print_one_version(document_id, times)


@click.command(cls=TextCommand)
@click.argument("phrase")
@click.option("--source", metavar="S", help="Only pages of this source.")
@json_option
@config_option
def trace(phrase: str, source: str | None, as_json: bool, config_path: Path) -> None:
    """Tell page by page when PHRASE came and when it left, as intervals between captures.

    PHRASE is words next to each other, as in quotation marks in a search; case and accents don't count.
    """
    from crawler import ConfigFile
    from indexer.history import trace_phrase
    from indexer.history.report import print_trace

    found = trace_phrase(ConfigFile.read(config_path), phrase, source)
    if as_json:
        print_json(found.to_json())
    else:
        print_trace(found)


@click.command()
@click.argument("document_id", metavar="ID")
@json_option
@config_option
def lineage(document_id: str, as_json: bool, config_path: Path) -> None:
    """Show where a story comes from: its near copies in order, and what each added or dropped."""
    from indexer.history import lineage
    from indexer.history.report import print_lineage

    settings, archive = _opened(config_path)
    with archive:
        found = lineage(archive, document_id, settings.sources)
    if as_json:
        print_json(found.to_json())
    else:
        print_lineage(found)
