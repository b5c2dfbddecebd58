"""The command ``crawl``."""

from __future__ import annotations

from pathlib import Path

import click

from crawler.console import config_option, json_option, print_json


@click.command()
@click.argument("names", metavar="[NAME]...", nargs=-1)
@click.option("--max-pages", type=click.IntRange(min=1), help="Ask for at most so many pages of each source.")
@click.option("--full", is_flag=True, help="Ask for every page again, whether it seems to have changed or not.")
@json_option
@config_option
@click.pass_context
def crawl(
    ctx: click.Context, names: tuple[str, ...], max_pages: int | None, full: bool, as_json: bool, config_path: Path
) -> None:
    """Fetch configured sources into the archive: what is new, and what has changed.

    Without a NAME, fetches all enabled sources that are on the web. A crawl that was interrupted goes on where it was;
    one that was finished is followed by a new one, which asks only for what may have changed.
    """
    from crawler import Archive, ConfigFile, load_settings
    from crawler.spider.lock import crawl_lock
    from crawler.spider.progress import crawl_progress
    from crawler.spider.run import CrawlOptions
    from crawler.spider.run import crawl as crawl_sources

    settings = load_settings(ConfigFile.read(config_path))
    with (
        crawl_lock(settings.archive_path),
        Archive.open(settings.archive_path, create=True) as archive,
        crawl_progress() as progress,
    ):
        report = crawl_sources(archive, settings, names, CrawlOptions(max_pages, full), progress)
    if as_json:
        print_json(report.to_json(), in_a_line=True)
    else:
        click.echo("\n".join(report.lines() or ["no enabled source is on the web: 'concord sources add URL' adds one"]))
    ctx.exit(0 if report.succeeded else 1)
