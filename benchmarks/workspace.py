"""What the questions share: a folder with a config file for the seeds, both indexes in it, and the machine's name."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.stock import StockIndex
from crawler import Archive, ConfigFile, Document, load_settings, load_sources
from indexer import update_index

SEEDS = Path(__file__).parent.parent / "seeds"
FIRST = "round0"

_CONFIG = """
[archive]
path = "{name}.sqlite"

[index]
path = "{name}"

[[source]]
name = "xinhua"
paths = ["{seeds}/xinhua"]
language = "en"

[[source]]
name = "un-general-debate"
paths = ["{seeds}/un-general-debate"]
language = "en"
"""


@dataclass(frozen=True)
class Workspace:
    """A folder that goes away after the run, unless it is to be kept.

    ``size``: how many made documents the questions about speed are asked of, where not their own number;
    ``large``: growth is followed to half a million.
    """

    folder: Path
    size: int | None = None
    large: bool = False

    def config_named(self, name: str) -> ConfigFile:
        """A config file whose archive and index are called ``name``; they are empty the first time."""
        path = self.folder / f"{name}.toml"
        path.write_text(_CONFIG.format(name=name, seeds=SEEDS.as_posix()), "utf-8")
        return ConfigFile.read(path)

    @cached_property
    def config(self) -> ConfigFile:
        """The seeds, loaded and indexed by Concord; what an earlier question built is taken over."""
        config = self.config_named(FIRST)
        load_seeds(config)
        update_index(config)
        return config

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """The seeds as the archive has them: what both indexers are given."""
        config = self.config_named("documents")
        load_seeds(config)
        with Archive.open(load_settings(config).archive_path) as archive:
            return tuple(archive.changes())

    @cached_property
    def stock(self) -> StockIndex:
        """The same texts, indexed by stock Whoosh; what an earlier question built is taken over."""
        folder = self.stock_folder(FIRST)
        return StockIndex.open(folder) if folder.exists() else StockIndex.build(folder, self.documents)

    def stock_folder(self, name: str) -> Path:
        """Where stock Whoosh's index called ``name`` is."""
        return self.folder / f"stock-{name}"


def load_seeds(config: ConfigFile) -> None:
    """Load the seeds as ``concord load`` does."""
    settings = load_settings(config)
    with Archive.open(settings.archive_path, create=True) as archive:
        report = load_sources(archive, settings)
    if report.failed:
        raise RuntimeError(f"the seeds did not load: {report.failed[0]}")


def machine() -> dict[str, Any]:
    """Where the figures were measured."""
    return {
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "whoosh3": version("whoosh3"),
    }
