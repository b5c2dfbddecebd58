"""Collections with documents that are awkward to cite, and a small taxonomy: reading the large one takes longest."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.collection import Collection
from tests.indexer.citations.support import AWKWARD, DOMAINS, TERMS
from tests.indexer.support import CONFIG, DOCUMENTS, Workspace


def _workspace(folder: Path) -> Workspace:
    config = CONFIG.replace("[index]", '[index]\ntaxonomy = "domains.toml"')
    config = config.replace('label = "The Ministry"', f'label = "The Ministry"\n{TERMS}')
    (folder / "config.toml").write_text(config, "utf-8")
    (folder / "domains.toml").write_text(DOMAINS, "utf-8")
    return Workspace(folder)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """An empty workspace."""
    return _workspace(tmp_path)


@pytest.fixture(scope="session")
def cited(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Tests write files beside its archive and index, and leave those alone."""
    workspace = _workspace(tmp_path_factory.mktemp("cited"))
    workspace.load(*DOCUMENTS, *AWKWARD)
    workspace.index()
    return workspace


@pytest.fixture(scope="session")
def _few(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = _workspace(tmp_path_factory.mktemp("few"))
    workspace.load(*DOCUMENTS)
    workspace.index()
    return workspace


@pytest.fixture
def own(_few: Workspace, tmp_path: Path) -> Workspace:
    """A collection that a test may change."""
    return Workspace(Path(shutil.copytree(_few.folder, tmp_path / "own")))


@pytest.fixture
def citable(cited: Workspace) -> Iterator[Collection]:
    """The awkward documents, open for searching."""
    collection = Collection.open(cited.config)
    yield collection
    collection.close()
