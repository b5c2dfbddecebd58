"""What the crawl's tests share: a local site, a config file, and ``concord crawl`` as a process of its own.

Twisted's reactor runs once in a process, so each crawl has one.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from crawler import Archive
from tests.shared import ROOT
from tests.site.pages import Site
from tests.site.server import Server

COMMAND = (sys.executable, "-W", "error::DeprecationWarning:crawler", "-m", "tests.site.concord")


@dataclass
class Concord:
    """A folder with a config file and an archive."""

    folder: Path
    crawls: subprocess.Popen[str]

    def configure(self, *sources: str, crawl: str = "") -> None:
        """Write config.toml; a source is the text below its ``[[source]]``."""
        sections = [f"[archive]\npath = 'archive.sqlite'\n[crawl]\n{crawl}\n", *(f"[[source]]\n{s}\n" for s in sources)]
        (self.folder / "config.toml").write_text("\n".join(sections))

    def arguments(self, *arguments: str) -> list[str]:
        return [*COMMAND, "crawl", *arguments, "--config", str(self.folder / "config.toml")]

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run ``concord crawl``, to its end."""
        return subprocess.run(
            self.arguments(*arguments), cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
        )

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Begin ``concord crawl``."""
        return subprocess.Popen(
            self.arguments(*arguments), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def crawl_all(self, **options: Any) -> dict[str, Any]:
        """Crawl in the process that all tests share: the whole report, or ``{"error": …}``."""
        assert self.crawls.stdin
        assert self.crawls.stdout
        self.crawls.stdin.write(json.dumps({"config": str(self.folder / "config.toml"), **options}) + "\n")
        self.crawls.stdin.flush()
        report: dict[str, Any] = json.loads(self.crawls.stdout.readline())
        return report

    def crawl(self, **options: Any) -> dict[str, Any]:
        """The report of the only source."""
        whole = self.crawl_all(**options)
        assert "sources" in whole, whole
        (report,) = whole["sources"]
        return dict(report)

    def archive(self) -> Archive:
        return Archive.open(self.folder / "archive.sqlite")

    def documents(self) -> dict[str, Any]:
        """The documents by the path of their address."""
        with self.archive() as archive:
            return {document.url.partition("//")[2].partition("/")[2]: document for document in archive.changes()}


@pytest.fixture(scope="session")
def crawls() -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.site.crawls"]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    yield process
    process.communicate(timeout=30)


@pytest.fixture
def concord(tmp_path: Path, crawls: subprocess.Popen[str]) -> Concord:
    return Concord(tmp_path, crawls)


@pytest.fixture
def serve() -> Iterator[Callable[..., Server]]:
    """Start servers; they stop after the test."""
    servers: list[Server] = []

    def serve(count: int = 12, *, validators: bool = True) -> Server:
        server = Server(Site(count, validators)).__enter__()
        servers.append(server)
        return server

    yield serve
    for server in servers:
        server.__exit__(None, None, None)


@pytest.fixture
def server(serve: Callable[..., Server]) -> Server:
    return serve()


POLITE = "delay = 0\nconcurrency = 4\nallow_private = true\ntimeout = 5\n"


def site_source(server: Server, more: str = "", *, start: str = "/", polite: str = POLITE) -> str:
    return f'name = "site"\nkind = "site"\nstart = ["{server.base}{start}"]\nkeep = ["/news/[0-9]+"]\n{polite}{more}'


def sitemap_source(server: Server, more: str = "", *, path: str = "/sitemap.xml") -> str:
    return f'name = "map"\nkind = "sitemap"\nsitemaps = ["{server.base}{path}"]\n{POLITE}{more}'


def feed_source(server: Server, more: str = "", *, path: str = "/feed.rss") -> str:
    return f'name = "feed"\nkind = "feed"\nfeeds = ["{server.base}{path}"]\n{POLITE}{more}'
