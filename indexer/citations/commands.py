"""``concord export``, ``receipt`` and ``verify``."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from crawler.console import TextCommand, config_option, json_option, print_json
from indexer.filter_options import search_filters
from indexer.opening import open_collection
from indexer.saving import force_option, output_option

if TYPE_CHECKING:
    from indexer.results import Note, SearchRequest

_FORMATS = ("csv", "jsonl", "ris", "bibtex")  # as FORMATS has them; a test holds the two together
_sort_option = click.option(
    "--sort", type=click.Choice(["relevance", "newest", "oldest"]), default="relevance", show_default=True
)


def _request(query: str, filters: dict[str, Any], sort: str, *, fold: bool) -> SearchRequest:
    from indexer.results import SearchRequest, Sort

    readable = query.encode("utf-8", "surrogateescape").decode("utf-8", "replace")  # bytes of another character set
    return SearchRequest(readable, sort=Sort(sort), fold=fold, **filters)


def _tell(query: str, notes: Iterable[Note], undated_left_out: int) -> None:
    """What the writer of a query should know, on stderr: what is written may go to the terminal as well."""
    from indexer.report import print_notes

    print_notes(query, notes)
    if undated_left_out:
        click.echo(f"note: {undated_left_out:,} undated left out by the dates", err=True)


@click.command(cls=TextCommand)
@click.argument("query")
@click.option("--format", "form", type=click.Choice(_FORMATS), required=True, help="What to write.")
@output_option
@force_option
@search_filters
@_sort_option
@click.option("--fold/--no-fold", default=False, show_default=True, help="Near copies of one text are one citation.")
@click.option("--partial", is_flag=True, help="Documents with only some of the words too.")
@config_option
def export(
    query: str,
    form: str,
    output: Path | None,
    force: bool,
    sort: str,
    fold: bool,
    partial: bool,
    config_path: Path,
    **filters: Any,
) -> None:
    """Write all hits of QUERY as citations: each with its version, the digest of its text and a quote.

    'concord verify' checks them against the archive, years later too.
    """
    from indexer.citations import FORMATS, cite
    from indexer.errors import NothingToCite
    from indexer.saving import check_target, save
    from indexer.wording import counted

    if output:
        check_target(output, force=force)
    collection, request = open_collection(config_path), _request(query, filters, sort, fold=fold)
    found = collection.every_hit(request, some_words=partial)
    _tell(query, found.notes, found.undated_left_out)
    if not found.total:
        some_words = collection.every_hit(request, some_words=True).total
        raise NothingToCite(query, some_words=some_words, corrected=found.corrected)
    save(FORMATS[form].write(map(cite, found)), output, force=force)
    if output:
        click.echo(f"{counted(found.total, 'citation')}: {output}")


@click.command(cls=TextCommand)
@click.argument("query", required=False)
@output_option
@force_option
@click.option("--rerun", type=click.Path(path_type=Path), metavar="FILE", help="Search again, and tell what differs.")
@search_filters
@_sort_option
@click.option("--fold/--no-fold", default=True, show_default=True, help="Near copies of one text are one hit.")
@json_option
@config_option
def receipt(
    query: str | None,
    output: Path | None,
    force: bool,
    rerun: Path | None,
    sort: str,
    fold: bool,
    as_json: bool,
    config_path: Path,
    **filters: Any,
) -> None:
    """Write down what QUERY finds, on which index, so that the search can be repeated and compared.

    With --rerun: what is new, changed and withdrawn since a receipt was written, and why. Nothing is written then.
    """
    if (query is None) == (rerun is None):
        raise click.UsageError("give either a QUERY, or --rerun and the FILE of a receipt")
    if rerun is not None:
        _check_alone(output, force, sort, filters)
        _rerun(rerun, config_path, as_json=as_json)
        return
    from indexer.citations import receipt as receipt_of
    from indexer.results import Note
    from indexer.saving import check_target, save
    from indexer.wording import counted

    if output:
        check_target(output, force=force)
    record = receipt_of(open_collection(config_path), _request(query or "", filters, sort, fold=fold))
    _tell(query or "", [Note(message) for message in record["notes"]], record["undated_left_out"])
    save([json.dumps(record, ensure_ascii=False, indent=1) + "\n"], output, force=force)
    if output and as_json:
        print_json({"file": str(output), "total": record["total"], "checksum": record["checksum"]})
    elif output:
        click.echo(f"{counted(record['total'], 'hit')}: {output}")


def _check_alone(output: Path | None, force: bool, sort: str, filters: dict[str, Any]) -> None:
    if output or force or sort != "relevance" or any(filters.values()):
        raise click.UsageError("--rerun takes the search from the receipt: leave out -o, --force, --sort and filters")


def _rerun(path: Path, config_path: Path, *, as_json: bool) -> None:
    from crawler import Archive, ConfigFile, load_settings
    from indexer.citations import rerun
    from indexer.citations.formats import read_text
    from indexer.citations.report import rerun_lines
    from indexer.collection import Collection

    text = read_text(path)
    config = ConfigFile.read(config_path)
    with Archive.open(load_settings(config).archive_path) as archive, archive.snapshot():
        found = rerun(Collection.open(config), archive, path, text)
    if as_json:
        print_json(found.to_json())
    else:
        click.echo("\n".join(rerun_lines(found)))


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@config_option
@click.pass_context
def verify(ctx: click.Context, file: Path, as_json: bool, config_path: Path) -> None:
    """Check each citation of FILE against the text stored in the archive.

    FILE is BibTeX, RIS, CSV, JSONL or a receipt, by Concord or by others. Exit status 1 where a citation can't stand.
    """
    from crawler import ConfigFile
    from indexer.citations import verify_file
    from indexer.citations.report import verification_lines

    found = verify_file(ConfigFile.read(config_path), file)
    if as_json:
        print_json(found.to_json())
    else:
        click.echo("\n".join(verification_lines(found)))
    ctx.exit(0 if found.good else 1)
