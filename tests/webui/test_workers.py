"""Serving from several processes: all answer at one address, and all end together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import webui.workers
from crawler import ConfigError
from webui import NotServing, PortInUse, WebSettings
from webui.workers import Workers

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PATIENCE = 60.0  # seconds; a machine that runs many tests at once starts processes slowly


def tell_process(_environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
    start("200 OK", [])
    return [str(os.getpid()).encode()]


def opened() -> WSGIApplication:
    return tell_process


def not_to_be_opened() -> WSGIApplication:
    raise ConfigError(["config.toml: [index] path: no such thing"])


def serve() -> None:
    """What the process under test does; there, what ends is started anew however soon that is."""
    webui.workers._SOON = 0.0
    workers = Workers(opened, WebSettings(port=0, processes=2))
    print(workers.url, flush=True)
    workers.run()


def answering(url: str) -> int:
    """The process that answers."""
    with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
        return int(answer.read())


def waited_for(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return False


def runs(pid: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(pid, 0)
        return "zombie" not in Path(f"/proc/{pid}/status").read_text() if Path("/proc/self").exists() else True
    return False


def complaints(errors: str) -> list[str]:
    """What was said, but for waitress's word on requests that came before its threads were up."""
    return [line for line in errors.splitlines() if not line.startswith("Task queue depth is")]


@contextmanager
def serving() -> Iterator[tuple[subprocess.Popen[str], str, set[int]]]:
    """The process that watches, its address, and the two that answer there."""
    watcher = subprocess.Popen(
        [sys.executable, "-c", f"from {__name__} import serve; serve()"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        # A shell that runs the tests in the background has them ignore Ctrl-C, and all that they start.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        start_new_session=True,
    )
    answered: set[int] = set()
    try:
        assert watcher.stdout is not None
        url = watcher.stdout.readline().strip()

        def both() -> bool:
            answered.add(answering(url))
            return len(answered) == 2

        assert waited_for(both)
        yield watcher, url, answered
    finally:
        watcher.kill()
        watcher.communicate()


def test_all_stop_cleanly_when_the_first_one_is_told_to():
    with serving() as (watcher, _, answered):
        watcher.send_signal(signal.SIGTERM)
        _, errors = watcher.communicate(timeout=PATIENCE)
        assert (watcher.returncode, complaints(errors)) == (0, [])
        assert not any(map(runs, answered))


def test_ctrl_c_on_a_terminal_stops_all_without_a_word():
    with serving() as (watcher, _, answered):
        os.killpg(watcher.pid, signal.SIGINT)
        _, errors = watcher.communicate(timeout=PATIENCE)
        assert (watcher.returncode, complaints(errors)) == (0, [])
        assert not any(map(runs, answered))


def test_none_is_left_behind_where_the_first_one_is_killed():
    with serving() as (watcher, _, answered):
        watcher.kill()
        assert waited_for(lambda: not any(map(runs, answered)))


def test_a_process_that_ends_is_replaced():
    with serving() as (watcher, url, answered):
        os.kill(min(answered), signal.SIGKILL)
        assert waited_for(lambda: answering(url) not in answered)
        watcher.send_signal(signal.SIGTERM)
        assert "a process that served ended (-9): another one is started" in watcher.communicate(timeout=PATIENCE)[1]


def test_where_the_application_does_not_open_the_server_stops_and_says_so(capfd: pytest.CaptureFixture[str]):
    workers = Workers(not_to_be_opened, WebSettings(port=0, processes=2))
    with pytest.raises(NotServing, match=r"ended as soon as it was started \(1\)"):
        workers.run()
    assert "config.toml: [index] path: no such thing" in capfd.readouterr().err


def test_the_port_is_taken_before_the_processes_run():
    first = Workers(opened, WebSettings(port=0, processes=2))
    try:
        with pytest.raises(PortInUse):
            Workers(opened, WebSettings(port=first.port, processes=2))
    finally:
        first.close()
