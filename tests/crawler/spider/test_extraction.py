"""Extraction in processes of its own."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest

from crawler.errors import ExtractionError
from crawler.extract.page import Hints, Page
from crawler.spider import extraction
from crawler.spider.extraction import Extractor
from tests.shared import ROOT
from tests.site.pages import article, title_of

T = TypeVar("T")
GOOD = Page(article(1).body, "http://127.0.0.1/news/1.html")


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine in a thread of its own: a test before may have left a loop running in this one (Playwright's)."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


def crash(page: Page, hints: Hints) -> str:
    os._exit(9)


def hang(page: Page, hints: Hints) -> str:
    time.sleep(60)
    return "awake"


async def read(*pages: Page, time_limit: float = 60.0):
    extractor = Extractor(workers=1, time_limit=time_limit)
    try:
        return await asyncio.gather(*(extractor(page, Hints()) for page in pages), return_exceptions=True)
    finally:
        extractor.close()


def test_a_page_is_read_and_one_without_text_is_an_error():
    good, empty = run(read(GOOD, Page(b"", "http://127.0.0.1/empty")))
    assert good.title == title_of(1)
    assert isinstance(empty, ExtractionError)
    assert empty.reason


def test_a_crash_is_an_error(monkeypatch):
    monkeypatch.setattr(extraction, "_read", crash)
    (found,) = run(read(GOOD))
    assert isinstance(found, ExtractionError)
    assert found.reason == "reading it made the extractor crash"


def test_a_page_that_takes_too_long_is_an_error(monkeypatch):
    monkeypatch.setattr(extraction, "_read", hang)
    (found,) = run(read(GOOD, time_limit=0.5))
    assert isinstance(found, ExtractionError)
    assert "takes more than" in found.reason


@pytest.mark.parametrize("how", [crash, hang])
def test_the_pages_after_a_bad_one_are_read(monkeypatch, how):
    async def both():
        extractor = Extractor(workers=1, time_limit=0.3)
        try:
            with monkeypatch.context() as patched:
                patched.setattr(extraction, "_read", how)
                with pytest.raises(ExtractionError):
                    await extractor(GOOD, Hints())
            extractor._time_limit = 20
            return await extractor(GOOD, Hints())
        finally:
            extractor.close()

    assert run(both()).title == title_of(1)


def test_workers_end_with_the_process_that_started_them():
    program = """
import asyncio, os
from crawler.extract.page import Hints, Page
from crawler.spider.extraction import Extractor

async def main():
    extractor = Extractor(workers=1)
    await extractor(Page(b"<p>Some text that is long enough.</p>", "http://127.0.0.1/"), Hints())
    print(next(iter(extractor._all))._process.pid, flush=True)
    os.kill(os.getpid(), 9)

if __name__ == "__main__":
    asyncio.run(main())
"""
    killed = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    pid = int(killed.stdout)
    end = time.monotonic() + 10
    while time.monotonic() < end and Path(f"/proc/{pid}").exists() and "(zombie)" not in status(pid):
        time.sleep(0.05)
    assert not Path(f"/proc/{pid}").exists() or "(zombie)" in status(pid)


def status(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return "(zombie)"
