"""A crawl of a local site, beside a plain Scrapy spider that fetches the same pages and does nothing else.

``python -m benchmarks.crawl [--pages 2000] [--json FILE]``. Both are processes of their own with the same settings
(no delay, eight requests at once, robots.txt obeyed), against a server in a third one. The plain spider's rate is
without the start of its process, ours is counted the same way: from the first page asked for to the last.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.site.pages import Site
from tests.site.server import Server

GOAL = 0.6
"""Of plain Scrapy's pages a second."""
CONCURRENCY = 8
PAGES = 2000
ROOT = Path(__file__).resolve().parents[1]

PLAIN = Path(__file__).with_name("plain_spider.py")

CONFIG = """
[archive]
path = "archive.sqlite"
[[source]]
name = "site"
kind = "site"
start = ["{base}/"]
keep = ["/news/[0-9]+"]
delay = 0
concurrency = {concurrency}
allow_private = true
"""
SELECTORS = """
language = "en"
[source.selectors]
title = "h1"
body = "article"
date = ".date"
"""


@dataclass
class Figures:
    """Pages a second; resident memory (MB) of the crawling process, without the extraction's workers, at 25, 50 and
    100 % of the pages."""

    pages: int
    seconds: float
    rate: float
    memory_mb: dict[str, float]


class _Watch(threading.Thread):
    """Notes the memory of a process as the server's log grows."""

    def __init__(self, server: Server, pid: int, pages: int) -> None:
        super().__init__(daemon=True)
        self._server, self._pid, self._pages = server, pid, pages
        self.memory: dict[str, float] = {}

    def run(self) -> None:
        for share in (25, 50, 100):
            while len(self._server.asked) < self._pages * share / 100:
                time.sleep(0.02)
                if not Path(f"/proc/{self._pid}").exists():
                    return
            self.memory[f"{share}%"] = _resident_mb(self._pid)


def _resident_mb(pid: int) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0.0
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 2**20, 1)


def _measure(count: int, command: list[str], server: Server) -> Figures:
    server.asked.clear()
    times: list[float] = []
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    watch = _Watch(server, process.pid, count)
    watch.start()
    while process.poll() is None:
        if server.asked and not times:
            times.append(time.perf_counter())
        time.sleep(0.005)
    seconds = time.perf_counter() - times[0]
    fetched = sum(path.startswith("/news/") and path[6:7].isdigit() for path in server.paths(200).elements())
    if process.returncode or fetched != count:
        raise SystemExit(f"{command[1:3]} fetched {fetched} of {count} pages and ended with {process.returncode}")
    return Figures(fetched, round(seconds, 2), round(fetched / seconds, 1), watch.memory)


def measure(count: int) -> dict[str, Any]:
    """All crawls; ``ratios`` are ours to plain Scrapy's: of a source with selectors, and of one without."""
    with Server(Site(count)) as server, tempfile.TemporaryDirectory() as folder:
        plain = _measure(count, [sys.executable, str(PLAIN), server.base + "/", str(CONCURRENCY)], server)
        figures = {"plain": asdict(plain)}
        ratios = {}
        for name, more in (("selectors", SELECTORS), ("none", "")):
            crawl = _command(Path(folder) / name, CONFIG.format(base=server.base, concurrency=CONCURRENCY) + more)
            ours = _measure(count, crawl, server)
            figures[f"concord, {name}"] = asdict(ours)
            ratios[name] = round(ours.rate / plain.rate, 2)
        again = _measure_again(server, crawl)
    return {"pages": count, "figures": figures, "again_s": again, "ratios": ratios, "goal": GOAL}


def _command(folder: Path, config: str) -> list[str]:
    folder.mkdir()
    (folder / "config.toml").write_text(config)
    return [sys.executable, "-m", "tests.site.concord", "crawl", "--config", str(folder / "config.toml")]


def _measure_again(server: Server, command: list[str]) -> float:
    server.asked.clear()
    began = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    if any(path.startswith("/news/") for path in server.paths(200)):
        raise SystemExit("the second crawl downloaded pages")
    return round(time.perf_counter() - began, 2)


def lines(result: dict[str, Any]) -> Iterator[str]:
    """The table."""
    yield (f"{'':20}{'pages/s':>10}{'seconds':>10}{'MB at 25 %':>12}{'50 %':>8}{'100 %':>8}")
    for name, row in result["figures"].items():
        memory = [row["memory_mb"].get(share, 0.0) for share in ("25%", "50%", "100%")]
        yield (f"{name:20}{row['rate']:>10}{row['seconds']:>10}{memory[0]:>12}{memory[1]:>8}{memory[2]:>8}")
    ratios = ", ".join(f"{ratio} with selectors: {name}" for name, ratio in result["ratios"].items())
    yield (f"ratio to plain Scrapy: {ratios} (goal {GOAL}); a second crawl, nothing changed: {result['again_s']} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=PAGES)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    result = measure(options.pages)
    print("\n".join(lines(result)))
    if options.json:
        options.json.write_text(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
