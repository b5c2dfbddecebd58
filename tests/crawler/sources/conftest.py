"""A site on this computer, a config file, and the commands."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from crawler.cli import load, sources
from crawler.console import ConcordGroup
from crawler.fetch import Fetcher, Manners
from tests.crawler.pages import Site


@pytest.fixture
def site():
    with Site() as site:
        yield site


@pytest.fixture
def fetcher():
    return Fetcher(Manners("Concord", delay=0, allow_private=True))


@pytest.fixture
def at_once(monkeypatch):
    """Politeness is tested where pages are fetched; here nobody waits for it."""
    monkeypatch.setattr("crawler.fetch.time.sleep", lambda _: None)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "config.toml"
    path.write_text("# My sources.\n\n[web]\nport = 8080  # not 8000\n", "utf-8")
    return path


@pytest.fixture
def concord(config: Path):
    """Run a command with the config file."""
    group = ConcordGroup("concord", params=[click.Option(["--debug"], is_flag=True)])
    for command in (load, sources):
        group.add_command(command)

    def run(*arguments: str | Path) -> Result:
        return CliRunner().invoke(group, [*map(str, arguments), "--config", str(config)])

    return run
