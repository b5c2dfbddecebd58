"""A real browser against a real server over the documents that ship with the project."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

ROOT = Path(__file__).parents[2]
SCREENSHOTS = Path(__file__).parent / "screenshots"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",  # the tests may run as root, where Chromium refuses to start with it
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CONFIG = f"""
[archive]
path = "archive.sqlite"
[index]
path = "index"
[[source]]
name = "xinhua"
label = "Xinhua"
paths = ['{ROOT / "seeds" / "xinhua"}']
language = "en"
[[source]]
name = "un-general-debate"
label = "UN General Debate"
paths = ['{ROOT / "seeds" / "un-general-debate"}']
language = "en"
"""

SIZES = {"light": (1280, 900), "dark": (1280, 900), "phone": (360, 740)}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        reason = f"no browser for the journeys: none of {', '.join(BROWSERS)} is on the PATH"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


def concord(folder: Path, *arguments: str) -> list[str]:
    return [
        sys.executable,
        "-c",
        "from concord import main; main()",
        *arguments,
        "--config",
        str(folder / "config.toml"),
    ]


def environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over the seeds, loaded and indexed by the commands."""
    folder = tmp_path_factory.mktemp("journey")
    (folder / "config.toml").write_text(CONFIG, "utf-8")
    for command in ("load", "index"):
        subprocess.run(concord(folder, command), check=True, env=environment(), capture_output=True)
    yield from serve(folder)


@pytest.fixture(scope="session")
def site_without_index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that has nothing to serve."""
    folder = tmp_path_factory.mktemp("nothing")
    (folder / "config.toml").write_text(CONFIG, "utf-8")
    yield from serve(folder)


def serve(folder: Path) -> Iterator[str]:
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(
            concord(folder, "serve", "--port", "0"), stdout=subprocess.PIPE, stderr=log, text=True, env=environment()
        )
    assert server.stdout is not None
    try:
        line = server.stdout.readline()
        assert line.startswith("Concord is serving on "), (folder / "log").read_text("utf-8")
        yield line.split()[4]
    finally:
        server.terminate()
        server.wait(60)
        server.stdout.close()


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Opens a page in a look of ``SIZES``; fails the test for anything that the console complains of."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        # A page that is meant to be an error says so in the console as well.
        if message.type in {"error", "warning"} and "the server responded with a status of" not in message.text:
            complaints.append(message.text)

    def fetch(path: str = "/", look: str = "light", base: str = site) -> Page:
        width, height = SIZES[look]
        scheme = "dark" if look == "dark" else "light"
        context = browser.new_context(
            base_url=base,
            color_scheme=scheme,
            viewport={"width": width, "height": height},
            has_touch=look == "phone",
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", listen)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield fetch
    for context in contexts:
        context.close()
    assert complaints == []
