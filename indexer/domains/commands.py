"""``concord domains``: look at the taxonomy, try it on a text, see what it did and what an edited one would do."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from crawler.console import config_option, json_option, progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler import ConfigFile
    from indexer.domains.label import Mention
    from indexer.domains.taxonomy import Node, Taxonomy


@click.group("domains")
def domains_group() -> None:
    """Look at the cooperation domains, why documents are under them, and try them out."""


@domains_group.command("list")
@config_option
@json_option
def list_domains(config_path: Path, as_json: bool) -> None:
    """Print the domains as a tree."""
    from indexer.domains.report import tree

    nodes = _taxonomy(_config(config_path)).nodes
    if as_json:
        _print_json([_row(node) | {"names": dict(node.names)} for node in nodes])
    else:
        click.echo("\n".join(tree(nodes)))


@domains_group.command("test")
@config_option
@json_option
@click.option("--language", metavar="CODE", help="The language of the text (ISO 639-1); found out if left out.")
@click.argument("text")
def test_text(config_path: Path, as_json: bool, language: str | None, text: str) -> None:
    """Print the domains that TEXT, a passage, comes under, with the words that it rests on.

    A TEXT of - is read from standard input.
    """
    from indexer.domains.label import Labeller
    from indexer.domains.report import left_out, mentions

    taxonomy = _taxonomy(_config(config_path))
    labeller = Labeller(taxonomy)
    passage = sys.stdin.read() if text == "-" else text
    read_in = language or _detected(passage, labeller.languages)
    found = labeller.read(passage, read_in)
    if as_json:
        for line in left_out(found):
            click.echo(f"note: {line}", err=True)
        named = [node for node in taxonomy.nodes if node.id in found and found[node.id].counts]
        _print_json([_row(node) | {"language": read_in} | _tested(found[node.id]) for node in named])
    else:
        click.echo("\n".join(mentions(found)))


def _detected(text: str, tried: Sequence[str]) -> str | None:
    """The language of a text, with a line that says what it was taken for."""
    from crawler import detect_language

    language = detect_language(text)
    if language is None:
        how = f"can't tell the language of so short a text: tried {', '.join(tried)}"
    elif language in tried:
        how = f"read as {language}"
    else:
        how = f"read as {language}, of which the taxonomy has no words"
    click.echo(f"note: {how} (--language says which it is)", err=True)
    return language


def _tested(mention: Mention) -> dict[str, Any]:
    return {
        "weight": mention.weight,
        "terms": list(mention.terms),
        "weights": list(mention.weights),
        "not_counted": list(mention.excluded),
    }


@domains_group.command("explain")
@config_option
@json_option
@click.argument("document_id", metavar="ID")
def explain(config_path: Path, as_json: bool, document_id: str) -> None:
    """Print why a document is under its domains: the passages, and the words that each rests on."""
    from indexer.collection import Collection
    from indexer.domains.report import print_explanation

    collection = Collection.open(_config(config_path))
    try:
        explanation = collection.explain_domains(document_id)
    finally:
        collection.close()
    if as_json:
        _print_json(explanation.to_json())
    else:
        print_explanation(explanation)


@domains_group.command("diff")
@config_option
@json_option
@click.option(
    "--taxonomy",
    "path",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="An edited taxonomy; the configured one if left out.",
)
def diff(config_path: Path, as_json: bool, path: Path | None) -> None:
    """Print what an edited taxonomy would change in the index, before it is built anew. Nothing is written."""
    from crawler import load_settings
    from indexer.collection import Collection
    from indexer.domains.difference import compare
    from indexer.domains.report import difference, print_lines
    from indexer.domains.taxonomy import Taxonomy
    from indexer.labels import Labels

    config = _config(config_path)
    taxonomy = Taxonomy.load(path) if path else _taxonomy(config)
    labels = Labels(taxonomy, load_settings(config).sources)
    collection = Collection.open(config)
    try:
        generation, entries = collection.entries()
        with progress("Comparing", generation.manifest.documents) as count:
            found = compare(entries, labels, taxonomy, count)
    finally:
        collection.close()
    if as_json:
        _print_json(found.to_json())
    else:
        print_lines(difference(found))


def _config(path: Path) -> ConfigFile:
    from crawler import ConfigFile

    return ConfigFile.read(path)


def _taxonomy(config: ConfigFile) -> Taxonomy:
    from indexer.domains.taxonomy import Taxonomy
    from indexer.settings import load_index_settings

    return Taxonomy.load(load_index_settings(config).taxonomy)


def _row(node: Node) -> dict[str, Any]:
    return {"id": node.id, "name": node.name, "parent": node.parent}


def _print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False))
