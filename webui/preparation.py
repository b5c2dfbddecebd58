"""What ``concord run`` does before it serves: the seeds into an empty archive, the index up to date."""

from __future__ import annotations

import click

from crawler import Archive, ConfigFile, LoadReport, load_settings, load_sources
from crawler.console import progress
from indexer import update_index


def prepare(config: ConfigFile) -> None:
    """Load the configured sources where nothing is loaded yet, then bring the index up to date.

    A file that can't be loaded is told on stderr and the work goes on; mistakes in the config file and a damaged
    archive are raised.
    """
    report = _load_into_empty_archive(config)
    if report is not None:
        for failure in report.failed:
            click.echo(f"concord: {failure}", err=True)
        click.echo(report.summary())
    click.echo(update_index(config, progress=progress).summary())


def _load_into_empty_archive(config: ConfigFile) -> LoadReport | None:
    settings = load_settings(config)
    with Archive.open(settings.archive_path, create=True) as archive:
        if archive.count_documents():
            return None
        with progress("Loading documents") as count:
            return load_sources(archive, settings, progress=count)
