"""Fixtures of the indexer's tests: an empty workspace, and one shared by tests that only read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer import Collection
from tests.indexer.support import CONFIG, DOCUMENTS, Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """An empty workspace: a config file with two sources."""
    (tmp_path / "config.toml").write_text(CONFIG, "utf-8")
    return Workspace(tmp_path)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """:data:`DOCUMENTS`, indexed; tests only read it."""
    folder = tmp_path_factory.mktemp("shared")
    (folder / "config.toml").write_text(CONFIG, "utf-8")
    workspace = Workspace(folder)
    workspace.load(*DOCUMENTS)
    workspace.index()
    return workspace


@pytest.fixture
def collection(shared: Workspace) -> Iterator[Collection]:
    """The shared workspace, open for searching."""
    collection = Collection.open(shared.config)
    yield collection
    collection.close()
