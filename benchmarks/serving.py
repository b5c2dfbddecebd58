"""How long does a request take over HTTP, and how many a second are answered from one process and from two?

The made documents of ``pages.py``, asked what ``pages.py`` asks. The server is ``concord serve``, beside this process.
First one reader asks one thing after the other, then eight at once; each request comes over a connection of its own, as
from another reader. The readers are threads of this process, so on two cores they take from what the server has: half a
millisecond a request.
"""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from benchmarks.asked import count, queries
from benchmarks.corpus import Corpus
from benchmarks.pages import DOCUMENTS, LONG_SHARE, typed
from benchmarks.prepared import CONCORD, Prepared
from benchmarks.timing import percentiles
from benchmarks.workspace import Workspace
from crawler import ConfigFile

PROCESSES = (1, 2)
PATHS = {"json": "/api/v1/search", "html": "/"}
READERS = 8  # twice the threads of a server by default
SECONDS = 10.0  # of the eight readers; some thousand requests
_FEW = 100  # requests of one reader
_PROGRAM = "from concord import main; main()"
_WARM_UPS = 40  # over fresh connections: no process of the server is left out


def measure(workspace: Workspace) -> dict[str, Any]:
    """By number of processes and by path: milliseconds of one reader's requests, and requests a second of eight."""
    prepared = Prepared(workspace, Corpus(workspace.size or DOCUMENTS, LONG_SHARE))
    prepared.built(CONCORD)
    asked = queries(count(prepared.corpus))
    turns = [typed(one) for some in zip(*asked.values(), strict=True) for one in some]
    return {"documents": prepared.corpus.size} | served(prepared.config(), turns)


def served(config: ConfigFile, asked: Sequence[str]) -> dict[str, Any]:
    """The figures of a collection for these queries, asked in turns."""
    found: dict[str, Any] = {}
    for processes in PROCESSES:
        with serving(config, processes) as address:
            found[str(processes)] = {name: _figures(address, path, asked) for name, path in PATHS.items()}
    return {"readers": READERS, "processes": found}


def _figures(address: str, path: str, asked: Sequence[str]) -> dict[str, Any]:
    targets = itertools.cycle([f"{path}?{urlencode({'q': query})}" for query in asked])
    with ThreadPoolExecutor(READERS) as readers:
        list(readers.map(lambda _: request(address, next(targets)), range(_WARM_UPS)))
        one = [request(address, next(targets)) for _ in range(_FEW)]
        started = time.perf_counter()
        several = [time_ for some in readers.map(lambda _: _until(started + SECONDS, address, targets), range(READERS))
                   for time_ in some]  # fmt: skip
    seconds = time.perf_counter() - started
    return {"one": percentiles(one), "several": percentiles(several), "per_second": round(len(several) / seconds, 1)}


def _until(end: float, address: str, targets: Iterator[str]) -> list[float]:
    times = []
    while time.perf_counter() < end:
        times.append(request(address, next(targets)))
    return times


def request(address: str, target: str) -> float:
    """Milliseconds from connecting to the last byte of the answer."""
    started = time.perf_counter()
    connection = HTTPConnection(address, timeout=60)
    connection.request("GET", target)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{target}: status {answer.status}")
    return (time.perf_counter() - started) * 1000


@contextmanager
def serving(config: ConfigFile, processes: int) -> Iterator[str]:
    """``concord serve`` with so many processes; gives its host and port."""
    copy = config.path.with_name(f"{config.path.stem}-{processes}.toml")
    copy.write_text(f"{config.text}\n[web]\nprocesses = {processes}\n", "utf-8")
    command = [sys.executable, "-c", _PROGRAM, "serve", "--port", "0", "--config", str(copy)]
    root = Path(__file__).parents[1]
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    # What waitress says of a queue of requests is what is measured here.
    server = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=root, env=environment
    )
    try:
        line = server.stdout.readline() if server.stdout else ""
        address = next((word for word in line.split() if word.startswith("http://")), None)
        if address is None:
            raise RuntimeError("concord serve did not start")
        yield urlsplit(address).netloc
    finally:
        server.send_signal(signal.SIGTERM)
        server.communicate()
        copy.unlink()


def lines(found: dict[str, Any]) -> Iterator[str]:
    """A row a path and number of processes."""
    yield f"  {'':14}{'one: p50':>10}{'p95':>8}{found['readers']:>5}: p50{'p95':>8}{'a second':>10}"
    for processes, paths in found["processes"].items():
        for name, figures in paths.items():
            one, several = figures["one"], figures["several"]
            label = f"{name}, {processes} process{'es' * (int(processes) > 1)}"
            yield (
                f"  {label:14}{one['p50']:10.1f}{one['p95']:8.1f}{several['p50']:10.1f}{several['p95']:8.1f}"
                f"{figures['per_second']:10.1f}"
            )
