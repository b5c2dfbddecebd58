"""The commands ``concord sources ...``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from crawler.console import config_option, json_option, print_json

if TYPE_CHECKING:
    from crawler.config import ConfigFile
    from crawler.settings import CrawlerSettings
    from crawler.sources.adding import Prepared

private_option = click.option(
    "--allow-private", is_flag=True, help="Permit addresses on this computer and in its own network."
)
yes_option = click.option("--yes", is_flag=True, help="Don't ask before config.toml is changed.")


@click.group()
def sources() -> None:
    """The places that documents come from."""


@sources.command("list")
@json_option
@config_option
def list_command(as_json: bool, config_path: Path) -> None:
    """List the sources, what the archive holds of each, and how their last crawls went."""
    from crawler import Archive, ArchiveMissing, ConfigFile, load_settings
    from crawler.sources import as_table, list_sources

    settings = load_settings(ConfigFile.read(config_path))
    try:
        with Archive.open(settings.archive_path) as archive:
            coverage, crawls = archive.coverage(), archive.crawls()
    except ArchiveMissing:
        coverage, crawls = (), ()
    statuses = list_sources(settings, coverage, crawls)
    if as_json:
        print_json([status.to_json() for status in statuses], in_a_line=True)
    else:
        click.echo("\n".join(as_table(statuses)))


@sources.command("add")
@click.argument("url")
@click.option("--name", metavar="NAME", help="What to call the source (left out: made from the address).")
@click.option("--contact", metavar="ADDRESS", help="Where whoever crawls can be reached, for [crawl] contact.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@yes_option
@private_option
@json_option
@config_option
def add_command(
    url: str,
    name: str | None,
    contact: str | None,
    dry_run: bool,
    yes: bool,
    allow_private: bool,
    as_json: bool,
    config_path: Path,
) -> None:
    """Look at the site at URL and write it into config.toml as a source.

    Finds its feeds and sitemaps, proposes how to crawl it, and shows what would be stored of its first pages.
    """
    from crawler import ConfigFile, load_settings

    config = ConfigFile.read(config_path)
    settings = load_settings(config)
    _check_asking(config_path, asks=not dry_run and not yes, as_json=as_json)
    new_contact = _new_contact(settings, url, contact, allow_private)
    prepared = _prepare(settings, url, name, new_contact, allow_private)
    if not as_json:
        _show(prepared)
    written = not dry_run and (yes or _confirm(config_path))
    if written:
        _write(config, prepared, new_contact)
    if as_json:
        print_json(_added(prepared, written), in_a_line=True)
    elif written:
        _tell_next(config_path, str(prepared.proposal.values["name"]))


@sources.command("check")
@click.argument("name")
@click.option("--limit", metavar="N", type=click.IntRange(1, 50), default=3, show_default=True, help="How many pages.")
@json_option
@config_option
@click.pass_context
def check_command(ctx: click.Context, name: str, limit: int, as_json: bool, config_path: Path) -> None:
    """Fetch a few pages of the source NAME and show what would be stored; nothing is stored."""
    from crawler import ConfigFile, load_settings

    settings = load_settings(ConfigFile.read(config_path))
    source = settings.fetched_source(name)
    from crawler.sources.manners import fetcher_for
    from crawler.sources.preview import as_lines, check

    previews = check(fetcher_for(settings.crawl, source, tell=_tell), source, limit)
    if as_json:
        print_json([preview.to_json() for preview in previews], in_a_line=True)
    elif previews:
        click.echo("\n".join(as_lines(previews)).lstrip("\n"))
    if not previews:
        click.echo(f'concord: source "{name}": its lists name no page that keep and skip let through', err=True)
    ctx.exit(0 if any(preview.found for preview in previews) else 1)


@sources.command("remove")
@click.argument("name")
@yes_option
@json_option
@config_option
def remove_command(name: str, yes: bool, as_json: bool, config_path: Path) -> None:
    """Take the source NAME out of config.toml. Its documents stay in the archive."""
    from crawler import ConfigFile, load_settings
    from crawler.sources.edit import remove_source

    config = ConfigFile.read(config_path)
    settings = load_settings(config)
    settings.source(name)
    _check_asking(config_path, asks=not yes, as_json=as_json)
    documents = _count_documents(settings, name)
    kept = (
        f"its {documents:,} documents stay in the archive and can be searched" if documents else "it has no documents"
    )
    if not as_json:
        click.echo(f'source "{name}": {kept}')
    if removed := yes or _confirm(config_path):
        remove_source(config.path, config.text, name)
    if as_json:
        print_json({"name": name, "removed": removed, "documents": documents}, in_a_line=True)
    elif removed:
        click.echo(f"taken out of {click.format_filename(config_path)}")


def _new_contact(settings: CrawlerSettings, url: str, given: str | None, allow_private: bool) -> str | None:
    """The contact to write into config.toml; ``None`` where there is one already, or where none is needed."""
    from crawler import ConfigError, checks
    from crawler.sources.manners import NO_CONTACT

    try:
        checks.url(url)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="URL") from None
    if settings.crawl.contact is not None or (given is None and allow_private):
        return None
    if given is None and not sys.stdin.isatty():
        raise ConfigError([f"{NO_CONTACT}; or give --contact ADDRESS"])
    given = given or click.prompt("A mail or web address at which a site's keeper can reach you", err=True)
    try:
        return checks.contact(given)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--contact") from None


def _prepare(
    settings: CrawlerSettings, url: str, name: str | None, contact: str | None, allow_private: bool
) -> Prepared:
    from crawler import checks
    from crawler.sources.adding import prepare
    from crawler.sources.manners import fetcher_for

    try:
        checks.name(name) if name is not None else None
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--name") from None
    crawl = settings.crawl.model_copy(update={"contact": contact}) if contact else settings.crawl
    fetcher = fetcher_for(crawl, allow_private=allow_private, tell=_tell)
    return prepare(fetcher, settings, url, name, allow_private=allow_private)


def _show(prepared: Prepared) -> None:
    from crawler.sources.preview import as_lines

    click.echo(f"proposed, because {prepared.proposal.reason}:\n")
    click.echo(prepared.section)
    if prepared.previews:
        click.echo("what would be stored of its first pages:")
        click.echo("\n".join(as_lines(prepared.previews)) + "\n")
    else:
        click.echo("no page was found to try it on: look at keep before you crawl\n")


def _check_asking(config_path: Path, *, asks: bool, as_json: bool) -> None:
    """Before anything is fetched: a question needs somebody to answer it."""
    from crawler import ConfigError

    if asks and (as_json or not sys.stdin.isatty()):
        raise ConfigError(
            [
                f"{config_path}: left as it is: where there is no terminal to ask on, "
                "give --yes to change it without being asked"
            ]
        )


def _confirm(config_path: Path) -> bool:
    return click.confirm(f"Change {click.format_filename(config_path)}?", err=True)


def _write(config: ConfigFile, prepared: Prepared, contact: str | None) -> None:
    from crawler.sources.edit import add_source

    add_source(config.path, config.text, prepared.section, contact)


def _added(prepared: Prepared, written: bool) -> dict[str, Any]:
    return {
        "name": prepared.proposal.values["name"],
        "kind": prepared.proposal.values["kind"],
        "reason": prepared.proposal.reason,
        "section": prepared.section,
        "previews": [preview.to_json() for preview in prepared.previews],
        "written": written,
    }


def _tell_next(config_path: Path, name: str) -> None:
    click.echo(f"written into {click.format_filename(config_path)}")
    click.echo(f"next: 'concord crawl {name}', then 'concord index'; to change it, edit the file and try")
    click.echo(f"'concord sources check {name}'")


def _count_documents(settings: CrawlerSettings, name: str) -> int:
    from crawler import Archive, ArchiveMissing

    try:
        with Archive.open(settings.archive_path) as archive:
            return next((record.documents for record in archive.coverage() if record.name == name), 0)
    except ArchiveMissing:
        return 0


def _tell(url: str) -> None:
    click.echo(f"fetching {url}", err=True)
