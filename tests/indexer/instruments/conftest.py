"""A collection for the instruments, and its documents as they are read word by word."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from indexer import Collection
from tests.indexer.instruments.papers import DOCUMENTS
from tests.indexer.slow_matching import Read
from tests.indexer.support import CONFIG, Workspace


@pytest.fixture(scope="session")
def papers_workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Notes and speeches, indexed in two steps; tests only read it."""
    folder = tmp_path_factory.mktemp("papers")
    (folder / "config.toml").write_text(CONFIG, "utf-8")
    workspace = Workspace(folder)
    for part in (DOCUMENTS[::2], DOCUMENTS[1::2]):
        workspace.load(*part)
        workspace.index()
    return workspace


@pytest.fixture(scope="session")
def papers(papers_workspace: Workspace) -> Iterator[Collection]:
    """The papers, open for reading."""
    collection = Collection.open(papers_workspace.config)
    yield collection
    collection.close()


@pytest.fixture(scope="session")
def reads(papers: Collection) -> list[Read]:
    """The papers as their texts."""
    _, engine = papers._engine()
    entries = [engine.document(paper) for paper in sorted(engine.versions())]
    return [Read(entry) for entry in entries if entry]
