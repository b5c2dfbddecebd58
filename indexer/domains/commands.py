"""``concord domains``: look at the taxonomy, try it on a text, see what it did and what an edited one would do."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from crawler.console import TextCommand, config_option, json_option, print_json, progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler import ConfigFile
    from indexer.collection import Collection
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
        print_json([_row(node) | {"names": dict(node.names)} for node in nodes], in_a_line=True)
    else:
        click.echo("\n".join(tree(nodes)))


@domains_group.command("test", cls=TextCommand)
@config_option
@json_option
@click.option("--lang", "language", metavar="L", help="The language of the text, such as en; found out if left out.")
@click.option("--language", "spelt_out", hidden=True)
@click.argument("text")
def test_text(config_path: Path, as_json: bool, language: str | None, spelt_out: str | None, text: str) -> None:
    """Print the domains that TEXT, a passage, comes under, with the words that it rests on.

    A TEXT of - is read from standard input.
    """
    from indexer.domains.label import Labeller
    from indexer.domains.report import left_out, mentions, near_misses

    taxonomy = _taxonomy(_config(config_path))
    labeller = Labeller(taxonomy)
    passage = sys.stdin.read() if text == "-" else text
    read_in = _asked_for(language or spelt_out, labeller.languages) or _detected(passage, labeller.languages)
    found = labeller.read(passage, read_in)
    for line in (*(left_out(found) if as_json else ()), *near_misses(found)):
        click.echo(f"note: {line}", err=True)
    if as_json:
        named = [node for node in taxonomy.nodes if node.id in found and found[node.id].counts]
        print_json([_row(node) | {"language": read_in} | _tested(found[node.id]) for node in named], in_a_line=True)
    else:
        click.echo("\n".join(mentions(found)))


def _asked_for(language: str | None, known: Sequence[str]) -> str | None:
    from indexer.errors import UnknownValue

    code = language and language.lower().partition("-")[0]
    if language is not None and code not in known:
        raise UnknownValue("language", language, known, holder="the taxonomy")
    return code


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
    click.echo(f"note: {how} (--lang says which it is)", err=True)
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
@click.option("--domain", metavar="D", help="Only this domain, and those below it.")
@click.argument("document_id", metavar="ID")
def explain(config_path: Path, as_json: bool, domain: str | None, document_id: str) -> None:
    """Print why a document is under its domains: the passages, and the words that each rests on."""
    from indexer.collection import Collection
    from indexer.domains.report import print_explanation

    config = _config(config_path)
    collection = Collection.open(config)
    try:
        explanation = collection.explain_domains(document_id, domain)
        if not _is_built_with(config, collection):
            click.echo(f"note: {_OTHER_TAXONOMY}", err=True)
    finally:
        collection.close()
    if as_json:
        print_json(explanation.to_json(), in_a_line=True)
    else:
        print_explanation(explanation, domain)


_OTHER_TAXONOMY = (
    "these are the labels that the index was built with; the taxonomy, or what config.toml says of sources, is "
    "another one now: 'concord domains diff' tells what would change"
)


def _is_built_with(config: ConfigFile, collection: Collection) -> bool:
    """Whether the configured taxonomy would give the labels that are in the index."""
    from crawler import load_settings
    from indexer.errors import TaxonomyError
    from indexer.labels import Labels

    generation, _ = collection.entries()
    try:
        return Labels(_taxonomy(config), load_settings(config).sources).digest == generation.manifest.taxonomy
    except TaxonomyError:
        return False


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
        print_json(found.to_json(), in_a_line=True)
    else:
        print_lines(difference(found))


@domains_group.command("measure")
@config_option
@json_option
@click.option("--errors", "domain", metavar="DOMAIN", help="Also tell the passages that are wrong for this domain.")
@click.argument("file", type=click.Path(path_type=Path))
def measure(config_path: Path, as_json: bool, domain: str | None, file: Path) -> None:
    """Measure the labels on the passages of FILE, of which the domains are known: precision, recall and F1."""
    from indexer.domains.judged import read_passages
    from indexer.domains.label import Labeller
    from indexer.domains.measure import measure
    from indexer.domains.report import measurement, mistakes, print_lines
    from indexer.errors import UnknownValue

    taxonomy = _taxonomy(_config(config_path))
    if domain is not None and taxonomy.get(domain) is None:
        raise UnknownValue("domain", domain, [node.id for node in taxonomy.nodes])
    passages = read_passages(file, taxonomy)
    with progress("Measuring", len(passages)) as count:
        found = measure(passages, Labeller(taxonomy), taxonomy, count)
    wrong = None if domain is None else found.mistakes(taxonomy, domain)
    if as_json:
        print_json(
            found.to_json() | ({} if wrong is None else {"errors": [each.to_json() for each in wrong]}), in_a_line=True
        )
    else:
        print_lines(measurement(found) if wrong is None else mistakes(wrong))


def _config(path: Path) -> ConfigFile:
    from crawler import ConfigFile

    return ConfigFile.read(path)


def _taxonomy(config: ConfigFile) -> Taxonomy:
    from indexer.domains.taxonomy import Taxonomy
    from indexer.settings import load_index_settings

    return Taxonomy.load(load_index_settings(config).taxonomy)


def _row(node: Node) -> dict[str, Any]:
    return {"id": node.id, "name": node.name, "parent": node.parent}
