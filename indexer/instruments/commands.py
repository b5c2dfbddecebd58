"""The commands ``concord kwic``, ``collocates`` and ``trends``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from crawler.console import config_option, json_option
from indexer.filter_options import search_filters

if TYPE_CHECKING:
    from indexer.collection import Collection
    from indexer.instruments.scope import About


@click.command()
@click.argument("query")
@click.option("--width", type=click.IntRange(0, 200), default=10, show_default=True, help="Words on either side.")
@click.option("--sort", type=click.Choice(["left", "right"]), help="By the words left or right of the hit.")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True, help="Lines a page.")
@click.option("--page", type=click.IntRange(1), default=1, show_default=True, help="Which page of lines.")
@search_filters
@json_option
@config_option
def kwic(
    query: str, width: int, sort: str | None, limit: int, page: int, as_json: bool, config_path: Path, **filters: Any
) -> None:
    """Every hit of QUERY with the words around it: a concordance.

    Each line begins with its document and passage, as in CUB_63_2008#p12. Lines come by date, or sorted by the words
    beside the hit, nearest first. QUERY is written as for search.
    """
    from indexer.instruments.report import print_kwic
    from indexer.instruments.requests import KwicRequest, LineOrder

    order = LineOrder(sort) if sort else LineOrder.DATE
    found = _collection(config_path).kwic(
        KwicRequest(query, width=width, order=order, limit=limit, page=page, **filters)
    )
    _require_hits(found.hits, found.about)
    if as_json:
        _print_json(found.to_json())
    else:
        print_kwic(found)


@click.command()
@click.argument("query")
@click.option("--span", type=click.IntRange(1, 50), default=5, show_default=True, help="Words on either side of a hit.")
@click.option("--min", "least", type=click.IntRange(1), default=3, show_default=True, help="How often a word is near.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="How many words.")
@click.option("--sort", type=click.Choice(["log-likelihood", "log-dice"]), default="log-likelihood", show_default=True)
@click.option("--all", "function_words", is_flag=True, help="Also words of grammar, such as the and of.")
@search_filters
@json_option
@config_option
def collocates(
    query: str,
    span: int,
    least: int,
    limit: int,
    sort: str,
    function_words: bool,
    as_json: bool,
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
    found = _collection(config_path).collocates(request)
    _require_hits(found.hits, found.about)
    if as_json:
        _print_json(found.to_json())
    else:
        print_collocates(found)


@click.command()
@click.argument("query")
@click.option("--by", type=click.Choice(["year", "month"]), default="year", show_default=True, help="Which periods.")
@click.option("--split", type=click.Choice(["source", "domain"]), help="Also source by source, or domain by domain.")
@search_filters
@json_option
@config_option
def trends(query: str, by: str, split: str | None, as_json: bool, config_path: Path, **filters: Any) -> None:
    """How often QUERY is found, year by year or month by month.

    Measured against what there is: hits per million words, documents per thousand documents. A period of which nothing
    was collected is told as such.
    """
    from indexer.instruments.report import print_trends
    from indexer.instruments.requests import TrendBy, TrendSplit, TrendsRequest

    request = TrendsRequest(query, by=TrendBy(by), split=TrendSplit(split) if split else None, **filters)
    found = _collection(config_path).trends(request)
    _require_hits(found.total.whole.hits, found.about)
    if as_json:
        _print_json(found.to_json())
    else:
        print_trends(found)


def _collection(config_path: Path) -> Collection:
    from crawler import ConfigFile
    from indexer.collection import Collection

    return Collection.open(ConfigFile.read(config_path))


def _require_hits(hits: int, about: About) -> None:
    """What stands nowhere is an error: there is nothing to draw or to count."""
    from indexer.errors import NeverFound
    from indexer.report import print_notes

    if not hits:
        print_notes(about.query, about.notes)
        raise NeverFound(about.query, about.searched, chosen=about.filtered, corrected=about.corrected)


def _print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
