"""The command ``concord eval``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from crawler.console import config_option, json_option, progress

_FILE = click.Path(path_type=Path)


@click.command("eval")
@click.option("--corpus", type=_FILE, required=True, metavar="F.jsonl", help="Documents: _id, title, text.")
@click.option("--queries", type=_FILE, required=True, metavar="F.jsonl", help="Queries: _id, text.")
@click.option("--qrels", type=_FILE, required=True, metavar="F.tsv", help="Judgments: query-id, corpus-id, score.")
@json_option
@config_option
def evaluate(corpus: Path, queries: Path, qrels: Path, as_json: bool, config_path: Path) -> None:
    """Measure how well searches rank, on a collection with known answers.

    Collections in the BEIR layout are read, also with .gz files. The documents go into a temporary index; the archive,
    the index and the settings of CONFIG play no part.
    """
    from indexer.evaluate import evaluate as measure
    from indexer.judged import JudgedFiles

    found = measure(JudgedFiles(corpus, queries, qrels), progress)
    if as_json:
        click.echo(json.dumps(found.to_json(), indent=2))
        return
    for note in found.notes:
        click.echo(f"note: {note}", err=True)
    click.echo("\n".join(found.lines()))
