"""The section ``[index]`` of ``config.toml``."""

from __future__ import annotations

from pathlib import Path

from crawler import ConfigFile, Settings, load_settings


class IndexSettings(Settings):
    """Where the index is kept, and which taxonomy labels the documents (left out: Concord's own)."""

    path: Path = Path("data/index")
    taxonomy: Path | None = None


def load_index_settings(config: ConfigFile) -> IndexSettings:
    """The settings with absolute paths; raises ``ConfigError`` with every mistake, the crawler's sections included."""
    config.check(load_settings, _load)
    return _load(config)


def _load(config: ConfigFile) -> IndexSettings:
    settings = config.section("index", IndexSettings)
    return IndexSettings(
        path=config.resolve(settings.path),
        taxonomy=config.resolve(settings.taxonomy) if settings.taxonomy else None,
    )
