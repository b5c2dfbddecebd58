"""In which form the commands of the instruments give their answers: as lines to read, as JSON, as a table (CSV)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from crawler.console import json_option, json_text, print_json
from indexer.saving import check_target, force_option, output_option, save

if TYPE_CHECKING:
    from indexer.instruments import Collocates, Kwic, Trends

Command = TypeVar("Command", bound=Callable[..., Any])

_format_option = click.option(
    "--format", "csv", type=click.Choice(["csv"]), help="Write a table that spreadsheets open."
)


@dataclass(frozen=True, slots=True)
class Form:
    """What was asked for beside the question; ``output``: the file to write, ``None`` is the terminal."""

    csv: bool
    json: bool
    output: Path | None
    force: bool

    def write(self, found: Kwic | Collocates | Trends, show: Callable[[], None]) -> None:
        """Print or save an answer; ``show`` prints it as lines to read. Raises ``OutputError``."""
        if self.csv:
            from indexer.report import print_notes

            print_notes(found.about.query, found.about.notes)
            save(_table(found), self.output, force=self.force)
        elif self.output:
            save([json_text(found.to_json()), "\n"], self.output, force=self.force)
        elif self.json:
            print_json(found.to_json())
        else:
            show()


def form_options(command: Command) -> Command:
    """Give a command ``--json``, ``--format csv``, ``-o`` and ``--force``, as one argument ``form``."""

    @wraps(command)
    def formed(*args: Any, csv: str | None, as_json: bool, output: Path | None, force: bool, **options: Any) -> Any:
        if csv and as_json:
            raise click.UsageError("--format csv or --json, not both", click.get_current_context())
        if output and not (csv or as_json):
            raise click.UsageError("-o needs --format csv or --json", click.get_current_context())
        if output:
            check_target(output, force=force)
        return command(*args, form=Form(bool(csv), as_json, output, force), **options)

    with_options = cast(Command, formed)
    for option in (force_option, output_option, _format_option, json_option):
        with_options = option(with_options)
    return with_options


def _table(found: Kwic | Collocates | Trends) -> Iterator[str]:
    from indexer.spreadsheet import csv_lines

    return csv_lines(found.COLUMNS, found.rows())
