"""The collection of the query table, asked in every way that there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from concord import main
from indexer import Collection
from tests.indexer.support import Workspace
from tests.surfaces.documents import made
from webui import WebSettings, create_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient


@pytest.fixture(scope="session")
def table(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The collection; tests only read it."""
    return made(tmp_path_factory.mktemp("query-table"))


@pytest.fixture(scope="session")
def client(table: Workspace) -> Iterator[FlaskClient]:
    """The web interface over it."""
    collection = Collection.open(table.config)
    yield create_app(WebSettings(), collection).test_client()
    collection.close()


@pytest.fixture
def run(table: Workspace) -> Callable[..., Any]:
    """Runs ``concord search`` over it and gives the finished run."""

    def search(query: str, *options: str) -> Any:
        config = ["--config", str(table.folder / "config.toml")]
        result = CliRunner().invoke(main, ["search", *options, *config, "--", query])
        assert result.exit_code == 0, result.output
        return result

    return search
