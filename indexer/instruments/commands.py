"""The commands ``concord kwic``, ``collocates`` and ``trends``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from crawler.console import TextCommand, config_option
from indexer.filter_options import search_filters
from indexer.instruments.forms import Form, form_options
from indexer.opening import open_collection

if TYPE_CHECKING:
    from indexer.instruments.scope import About


@click.command(cls=TextCommand)
@click.argument("query")
@click.option("--width", type=click.IntRange(0, 200), default=10, show_default=True, help="Words on either side.")
@click.option(
    "--sort",
    type=click.Choice(["date", "left", "right", "hit"]),
    default="date",
    show_default=True,
    help="By what the lines are sorted.",
)
@click.option("--sample", type=click.IntRange(1), metavar="N", help="Only so many hits, drawn at random.")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True, help="Lines a page.")
@click.option("--page", type=click.IntRange(1), default=1, show_default=True, help="Which page of lines.")
@search_filters
@form_options
@config_option
def kwic(
    query: str,
    width: int,
    sort: str,
    sample: int | None,
    limit: int,
    page: int,
    form: Form,
    config_path: Path,
    **filters: Any,
) -> None:
    """Every hit of QUERY with the words around it: a concordance.

    Each line begins with its document and passage, as in CUB_63_2008#p12. Lines come by date, or sorted by the words
    beside the hit, nearest first, or by the hit. QUERY is written as for search.
    """
    from indexer.instruments.report import print_kwic
    from indexer.instruments.requests import KwicRequest, LineOrder

    order = LineOrder(sort)
    request = KwicRequest(query, width=width, order=order, limit=limit, page=page, sample=sample, **filters)
    found = open_collection(config_path).kwic(request)
    _require_hits(found.about)
    if not found.lines:
        click.echo(f"note: there is no page {page}: the last is {found.pages}", err=True)
    form.write(found, lambda: print_kwic(found))


@click.command(cls=TextCommand)
@click.argument("query")
@click.option("--span", type=click.IntRange(1, 50), default=5, show_default=True, help="Words on either side of a hit.")
@click.option("--min", "least", type=click.IntRange(1), default=3, show_default=True, help="How often a word is near.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="How many words.")
@click.option("--sort", type=click.Choice(["log-likelihood", "log-dice"]), default="log-likelihood", show_default=True)
@click.option("--all", "function_words", is_flag=True, help="Also words of grammar, such as the and of.")
@search_filters
@form_options
@config_option
def collocates(
    query: str,
    span: int,
    least: int,
    limit: int,
    sort: str,
    function_words: bool,
    form: Form,
    config_path: Path,
    **filters: Any,
) -> None:
    """The words that keep company with QUERY.

    Told are words that stand near a hit, in the same passage, more often than chance would have it; inflections count
    as one word.
    """
    from indexer.instruments.report import print_collocates
    from indexer.instruments.requests import CollocateOrder, CollocatesRequest

    request = CollocatesRequest(
        query,
        span=span,
        least=least,
        limit=limit,
        order=CollocateOrder(sort),
        function_words=function_words,
        **filters,
    )
    found = open_collection(config_path).collocates(request)
    _require_hits(found.about)
    form.write(found, lambda: print_collocates(found))


@click.command(cls=TextCommand)
@click.argument("query")
@click.option("--by", type=click.Choice(["year", "month"]), default="year", show_default=True, help="Which periods.")
@click.option("--split", type=click.Choice(["source", "domain"]), help="Also source by source, or domain by domain.")
@search_filters
@form_options
@config_option
def trends(query: str, by: str, split: str | None, form: Form, config_path: Path, **filters: Any) -> None:
    """How often QUERY is found, year by year or month by month.

    Measured against what there is: hits per million words, documents per thousand documents. A period of which nothing
    was collected is told as such.
    """
    from indexer.instruments.report import print_trends
    from indexer.instruments.requests import TrendBy, TrendSplit, TrendsRequest

    request = TrendsRequest(query, by=TrendBy(by), split=TrendSplit(split) if split else None, **filters)
    found = open_collection(config_path).trends(request)
    _require_hits(found.about, in_chosen=False)
    form.write(found, lambda: print_trends(found))


def _require_hits(about: About, *, in_chosen: bool = True) -> None:
    """Raise where there is nothing to draw: no document, or no hit; in those that were chosen or in any of all."""
    from indexer.engines.protocol import Filters
    from indexer.errors import NeverFound, NothingChosen
    from indexer.instruments.report import conditions
    from indexer.report import print_notes

    missed = about.missed
    if missed is None or (missed.documents and missed.elsewhere and not in_chosen):
        return
    print_notes(about.query, about.notes)
    if not missed.documents:
        raise NothingChosen(about.searched, conditions(about))
    chosen = in_chosen and about.filters != Filters()
    raise NeverFound(about.query, about.searched, chosen=chosen, corrected=about.corrected)
