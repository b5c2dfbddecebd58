"""The section ``[index]`` of ``config.toml``."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import Field

from crawler import ConfigFile, Settings, load_settings
from indexer.engines.protocol import BuildLimits

MOST_PROCESSES = 4  # unless more are asked for: each has the model that tells languages, and merging is done by one


def _some_processes() -> int:
    return min(os.cpu_count() or 1, MOST_PROCESSES)


class IndexSettings(Settings):
    """Where the index is kept, and which taxonomy labels the documents (left out: Concord's own).

    ``memory_mb`` and ``processes``: what building it may use at most.
    """

    path: Path = Path("data/index")
    taxonomy: Path | None = None
    memory_mb: int = Field(512, ge=256, le=1_048_576)
    processes: int = Field(default_factory=_some_processes, ge=1, le=64)

    @property
    def limits(self) -> BuildLimits:
        """What building the index may use."""
        return BuildLimits(self.memory_mb, self.processes)


def load_index_settings(config: ConfigFile) -> IndexSettings:
    """The settings with absolute paths; raises ``ConfigError`` with every mistake, the crawler's sections included."""
    config.check(load_settings, _load)
    return _load(config)


def _load(config: ConfigFile) -> IndexSettings:
    settings = config.section("index", IndexSettings)
    return settings.model_copy(
        update={
            "path": config.resolve(settings.path),
            "taxonomy": config.resolve(settings.taxonomy) if settings.taxonomy else None,
        }
    )
