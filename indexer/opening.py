"""The collection as commands open it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from indexer.collection import Collection


def open_collection(config_path: Path) -> Collection:
    """Open it, with a line on stderr where the archive has changes that it does not have yet."""
    from crawler import ConfigFile
    from indexer.collection import Collection
    from indexer.status import count_waiting
    from indexer.wording import counted

    config = ConfigFile.read(config_path)
    collection = Collection.open(config)
    waiting = count_waiting(config)
    if waiting:
        changes = f"{counted(waiting, 'change')} that {'is' if waiting == 1 else 'are'} not indexed yet"
        click.echo(f"note: the archive has {changes}: 'concord index' brings {_them(waiting)} in", err=True)
    return collection


def _them(number: int) -> str:
    return "it" if number == 1 else "them"
