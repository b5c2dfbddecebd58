"""What tests of several packages share: the documents that ship with Concord, loaded and indexed once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

from crawler import Archive, ConfigFile, load_settings, load_sources
from indexer import update_index

ROOT = Path(__file__).parent.parent

# Timings are never asserted: a busy machine is no failure.
hypothesis_settings.register_profile("concord", deadline=None)
hypothesis_settings.load_profile("concord")


@pytest.fixture(scope="session")
def seed_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the seeds and the shipped ``config.toml``, loaded and indexed; tests only read it."""
    folder = tmp_path_factory.mktemp("seed-workspace")
    shutil.copy(ROOT / "config.toml", folder)
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    config = ConfigFile.read(folder / "config.toml")
    settings = load_settings(config)
    with Archive.open(settings.archive_path, create=True) as archive:
        load_sources(archive, settings)
    update_index(config)
    return folder
