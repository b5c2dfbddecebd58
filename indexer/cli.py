"""The commands of the indexer: ``index``, ``check``, ``search``, ``show``, ``status``."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crawler.console import TextCommand, config_option, json_option, print_json, progress
from indexer.filter_options import search_filters
from indexer.opening import open_collection

if TYPE_CHECKING:
    from indexer.views import DocumentView


@click.command()
@click.option("--rebuild", is_flag=True, help="Build a new generation of everything from the archive.")
@json_option
@config_option
def index(rebuild: bool, as_json: bool, config_path: Path) -> None:
    """Bring the index up to date with the archive.

    Only what changed is indexed. A running server answers from the new generation as soon as it is complete.
    """
    from crawler import ConfigFile
    from indexer.build import update_index

    report = update_index(ConfigFile.read(config_path), rebuild=rebuild, progress=progress)
    if as_json:
        print_json(report.to_json())
    else:
        click.echo(report.summary())


@click.command(cls=TextCommand)
@click.argument("query")
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True, help="Hits a page.")
@click.option("--page", type=click.IntRange(1), default=1, show_default=True, help="Which page of hits.")
@search_filters
@click.option("--sort", type=click.Choice(["relevance", "newest", "oldest"]), default="relevance", show_default=True)
@click.option("--fold/--no-fold", default=True, show_default=True, help="Show near copies of one text as one hit.")
@click.option("--explain", is_flag=True, help="Say how the query was read, and what scores are made of.")
@json_option
@config_option
def search(
    query: str,
    limit: int,
    page: int,
    sources: tuple[str, ...],
    domains: tuple[str, ...],
    languages: tuple[str, ...],
    since: date | None,
    until: date | None,
    sort: str,
    fold: bool,
    explain: bool,
    as_json: bool,
    config_path: Path,
) -> None:
    """Search for QUERY.

    Words match in any inflection; "quoted words" as written, next to each other. AND, OR, NOT, -word, +word, (…),
    extradit*, =form, word~, a NEAR/5 b, title: source: domain: lang: url: date: work as well. A QUERY that begins
    with a dash goes behind --.
    """
    from indexer.report import print_results
    from indexer.results import SearchRequest, Sort

    request = SearchRequest(query, limit, page, sources, domains, languages, since, until, Sort(sort), fold, explain)
    results = open_collection(config_path).search(request)
    if as_json:
        explanation = {"explanation": results.explanation} if explain else {}
        print_json(results.to_json() | explanation)
    else:
        print_results(results, explain=explain)


@click.command()
@click.argument("citation", metavar="ID")
@click.option(
    "--similar", type=click.IntRange(0, 20), metavar="N", default=0, help="Also name the N documents most like it."
)
@click.option("--version", type=click.IntRange(1), metavar="N", help="This version, as it is in the archive.")
@click.option("--versions", is_flag=True, help="Only tell which versions there are, and when each was present.")
@json_option
@config_option
def show(citation: str, similar: int, version: int | None, versions: bool, as_json: bool, config_path: Path) -> None:
    """Show one document, as it is in the index.

    An ID with a passage, as kwic prints it (CUB_63_2008#p12), shows it from there on.
    """
    from indexer.report import print_document, print_similar

    document_id, passage = _cited(citation)
    if versions:
        _show_versions(document_id, config_path, as_json=as_json)
        return
    collection = open_collection(config_path)
    view = collection.document(document_id) if version is None else _version(document_id, version, config_path)
    alike = collection.similar(document_id, similar) if similar else ()
    if passage:
        view = view.from_passage(passage)
    if as_json:
        more = {"similar": [document.to_json() for document in alike]} if similar else {}
        print_json(view.to_json() | more)
    else:
        print_document(view)
        print_similar(alike)


def _cited(citation: str) -> tuple[str, int | None]:
    """The document and the number of the passage of ``CUB_63_2008#p12``."""
    cited = re.fullmatch(r"(.+)#p([0-9]{1,9})", citation)
    return (cited[1], int(cited[2])) if cited else (citation.removesuffix("#title"), None)


def _version(document_id: str, version: int, config_path: Path) -> DocumentView:
    from crawler import ConfigFile
    from indexer.versions import read_version

    return read_version(ConfigFile.read(config_path), document_id, version)


def _show_versions(document_id: str, config_path: Path, *, as_json: bool) -> None:
    from crawler import ConfigFile
    from indexer.history.report import print_versions
    from indexer.versions import read_stays

    found = read_stays(ConfigFile.read(config_path), document_id)
    if as_json:
        print_json([{"version": stay.version} | stay.to_json() for stay in found])
    else:
        print_versions(found)


@click.command()
@click.option("--repair", is_flag=True, help="Build a damaged index anew from the archive, clear what is left over.")
@json_option
@config_option
@click.pass_context
def check(ctx: click.Context, repair: bool, as_json: bool, config_path: Path) -> None:
    """Verify archive and index: what is broken, where, and what to do.

    Everything is read. The archive is never changed. Exit status 1 where something is damaged.
    """
    from crawler import ConfigFile
    from indexer.check import check as check_all

    report = check_all(ConfigFile.read(config_path), repair=repair, progress=progress)
    if as_json:
        print_json(report.to_json())
    else:
        click.echo("\n".join(report.lines()))
    ctx.exit(0 if report.sound else 1)


@click.command()
@json_option
@config_option
def status(as_json: bool, config_path: Path) -> None:
    """Tell what is in the archive and in the index, source by source."""
    from crawler import ConfigFile
    from indexer.report import print_status
    from indexer.status import collect_status

    found = collect_status(ConfigFile.read(config_path))
    if as_json:
        print_json(found.to_json())
    else:
        print_status(found)
