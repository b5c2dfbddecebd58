"""The command ``concord``: the commands of the three packages in one group, and nothing else."""

from __future__ import annotations

import click

from crawler.cli import commands as crawler_commands
from crawler.console import ConcordGroup
from indexer.cli import commands as indexer_commands
from webui.cli import commands as webui_commands


@click.group(cls=ConcordGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="concord")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def main(debug: bool) -> None:
    """Search policy texts: load or crawl them, index them, serve them in the browser."""


for command in (*crawler_commands, *indexer_commands, *webui_commands):
    main.add_command(command)
