"""From a web site to the browser: one source written by hand, one by ``sources add``; crawled, indexed, found."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.journeys.conftest import SCREENSHOTS, concord, environment, serve
from tests.site.pages import Site, day_of, title_of
from tests.site.server import Server

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.journey

CONFIG = """
# The institute's own settings.
[archive]
path = "archive.sqlite"
[index]
path = "index"

[[source]]
name = "ministry"
label = "Ministry of Examples"
kind = "site"
start = ["{base}/news/"]
keep = ['/news/\\d+\\.html$']
allow_private = true
"""


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over two crawled sites; the second reprints the first and has more."""
    folder = tmp_path_factory.mktemp("crawled")
    with Server(Site(count=30)) as first, Server(Site(count=45)) as second:
        (folder / "config.toml").write_text(CONFIG.format(base=first.base), "utf-8")
        add = ("sources", "add", f"{second.base}/sitemap.xml", "--name", "agency", "--allow-private", "--yes")
        run(folder, *add)
        written = (folder / "config.toml").read_text("utf-8")
        assert "# The institute's own settings." in written
        (folder / "config.toml").write_text(written.replace("allow_private = true", "allow_private = true\ndelay = 0"))
        run(folder, "crawl")
        run(folder, "index")
    yield from serve(folder)


def run(folder: Path, *command: str) -> None:
    done = subprocess.run(concord(folder, *command), env=environment(), capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def found_titles(page: Page) -> list[str]:
    return page.locator(".hit h2").all_inner_texts()


def test_a_page_of_the_source_written_by_hand_is_found_with_its_date(
    crawled: str, open_page: Callable[..., Page]
) -> None:
    page = open_page("/?q=%22statement+7%22&source=ministry", base=crawled)
    assert found_titles(page) == [title_of(7)]
    day = day_of(7)
    assert f"{day.day} {day:%B %Y}" in page.locator(".hit").inner_text()


def test_a_page_of_the_source_that_was_added_is_found_with_its_date(
    crawled: str, open_page: Callable[..., Page]
) -> None:
    page = open_page('/?q="statement+41"', base=crawled)
    assert found_titles(page) == [title_of(41)]
    day = day_of(41)
    assert f"{day.day} {day:%B %Y}" in page.locator(".hit").inner_text()


def test_a_story_on_both_sites_is_one_hit_that_says_where_else_it_is(
    crawled: str, open_page: Callable[..., Page]
) -> None:
    page = open_page('/?q="statement+7"', base=crawled)
    assert found_titles(page) == [title_of(7)]
    assert "Also at" in page.locator(".hit").inner_text()
    page.screenshot(path=SCREENSHOTS / "crawled-light.png")


def test_every_page_of_both_sites_is_counted(crawled: str, open_page: Callable[..., Page]) -> None:
    page = open_page("/about", base=crawled)
    rows = {row.split("\t")[0]: row.split("\t")[1] for row in page.locator("tbody tr").all_inner_texts()}
    assert rows["Ministry of Examples"] == "30"
    assert sorted(rows.values()) == ["30", "45"]
