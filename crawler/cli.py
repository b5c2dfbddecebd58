"""The commands of the crawler: ``load`` and ``sources``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from crawler.console import config_option, json_option, print_json, progress
from crawler.sources.commands import sources

if TYPE_CHECKING:
    from crawler.loaders import LoadReport

__all__ = ["load", "sources"]

_SKIPPED_SHOWN = 10  # a folder may hold thousands of pictures; --json names them all


@click.command()
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--source", "source_name", metavar="NAME", help="Which source the documents belong to.")
@json_option
@config_option
@click.pass_context
def load(
    ctx: click.Context, paths: tuple[Path, ...], source_name: str | None, as_json: bool, config_path: Path
) -> None:
    """Load files and folders into the archive.

    Takes .txt, .html, .pdf and .docx (a document a file), .jsonl (a document a line) and .warc (a web archive), each
    also as .gz. Without a PATH, loads the files of all enabled sources in the config file, or of the --source named.
    """
    from crawler import Archive, ConfigFile, load_settings, load_sources
    from crawler import load as load_paths

    settings = load_settings(ConfigFile.read(config_path))
    with Archive.open(settings.archive_path, create=True) as archive, progress("Loading documents") as count:
        if paths:
            report = load_paths(archive, settings, paths, source_name, count)
        else:
            report = load_sources(archive, settings, [source_name] if source_name else None, count)
    _tell(report, as_json=as_json)
    ctx.exit(1 if report.failed else 0)


def _tell(report: LoadReport, *, as_json: bool) -> None:
    for error in report.failed:
        click.echo(f"concord: {error}", err=True)
    if as_json:
        print_json(report.to_json(), in_a_line=True)
        return
    for path in report.skipped[:_SKIPPED_SHOWN]:
        click.echo(f"skipped (of a kind that can't be loaded): {click.format_filename(path)}", err=True)
    if len(report.skipped) > _SKIPPED_SHOWN:
        click.echo(f"skipped {len(report.skipped) - _SKIPPED_SHOWN} more: --json names them all", err=True)
    click.echo(report.summary())
