"""``concord domains``: look at the taxonomy, and try it on a text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from crawler.console import config_option, json_option

if TYPE_CHECKING:
    from pathlib import Path

    from indexer.domains.taxonomy import Node, Taxonomy


@click.group("domains")
def domains_group() -> None:
    """Look at the cooperation domains and try them on a text."""


@domains_group.command("list")
@config_option
@json_option
def list_domains(config_path: Path, as_json: bool) -> None:
    """Print the domains as a tree."""
    nodes = _configured(config_path).nodes
    if as_json:
        click.echo(json.dumps([_row(node) for node in nodes], ensure_ascii=False))
        return
    width = max(len(node.id) + 2 * node.depth for node in nodes)
    for node in nodes:
        click.echo(f"{'  ' * node.depth + node.id:{width}}  {node.name}")


@domains_group.command("test")
@config_option
@json_option
@click.option(
    "--language", default="en", show_default=True, metavar="CODE", help="The language of the text (ISO 639-1)."
)
@click.argument("text")
def test_text(config_path: Path, as_json: bool, language: str, text: str) -> None:
    """Print the domains that TEXT, a passage, comes under, with the words that it rests on."""
    from indexer.domains.label import Labeller

    taxonomy = _configured(config_path)
    found = Labeller(taxonomy).label_passage(text, language)
    nodes = [node for node in taxonomy.nodes if node.id in found]
    if as_json:
        click.echo(json.dumps([{**_row(node), "terms": found[node.id]} for node in nodes], ensure_ascii=False))
        return
    for node in nodes:
        click.echo(f"{node.id}: {', '.join(found[node.id])}")
    if not nodes:
        click.echo("no domain: no term of the taxonomy stands in this text, and no two hints of one domain")


def _configured(config_path: Path) -> Taxonomy:
    from crawler import ConfigFile
    from indexer.domains.taxonomy import Taxonomy
    from indexer.settings import load_index_settings

    return Taxonomy.load(load_index_settings(ConfigFile.read(config_path)).taxonomy)


def _row(node: Node) -> dict[str, Any]:
    return {"id": node.id, "name": node.name, "parent": node.parent}
