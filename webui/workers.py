"""Serving from several processes, as one of Python computes on one core at a time.

The way of the servers that fork before they serve (Stevens, Fenner & Rudoff, "UNIX Network Programming" 1, 30.6;
gunicorn's arbiter): one process takes the port and hands it to the others, watches them and starts anew what ends. It
answers nothing itself. Processes are started fresh, not forked: that is the same on every system, and nothing of what
this one has open (the archive, threads) is there twice.
"""

from __future__ import annotations

import logging
import multiprocessing
import signal
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess
from typing import TYPE_CHECKING

from crawler import ConcordError
from webui.errors import NotServing
from webui.listening import Listener
from webui.server import answer_at, stopped_by_sigterm
from webui.settings import WebSettings

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

_log = logging.getLogger(__name__)

_SOON = 5.0  # seconds: what ends before that would end again, and again
_PATIENCE = 10.0  # seconds to finish what is being answered; waitress itself gives its threads five

_SPAWN = multiprocessing.get_context("spawn")


class Workers:
    """Serves from ``settings.processes`` processes, each of which opens the application by itself.

    ``opened`` is sent to them, so it has to be a function of a module with plain arguments. Raises ``CannotListen``.
    """

    def __init__(self, opened: Callable[[], WSGIApplication], settings: WebSettings) -> None:
        self._listener = Listener(settings.host, settings.port)
        self._arguments = (self._listener.socket, opened, settings.threads)
        self._count = settings.processes
        self._started: dict[SpawnProcess, float] = {}
        self.port = self._listener.port

    @property
    def url(self) -> str:
        """The address to open in a browser."""
        return self._listener.url

    def run(self) -> None:
        """Answer requests until Ctrl-C or SIGTERM, then return; raises ``NotServing`` where no process can."""
        with stopped_by_sigterm():
            try:
                while True:
                    while len(self._started) < self._count:
                        self._start()
                    wait([process.sentinel for process in self._started])
                    for process in [each for each in self._started if not each.is_alive()]:
                        self._ended(process)
            except KeyboardInterrupt:
                pass
            finally:
                self.close()

    def _start(self) -> None:
        process = _SPAWN.Process(target=_work, args=self._arguments, daemon=True)
        # On a terminal Ctrl-C goes to all of them at once; this process tells the others. They are born deaf to it.
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            process.start()
            self._started[process] = time.monotonic()
        finally:
            signal.signal(signal.SIGINT, before)

    def _ended(self, process: SpawnProcess) -> None:
        lived = time.monotonic() - self._started.pop(process)
        if lived < _SOON:
            raise NotServing(process.exitcode)
        _log.warning("concord: warning: a process that served ended (%s): another one is started", process.exitcode)

    def close(self) -> None:
        """End all processes and give the address back."""
        for process in self._started:
            process.terminate()
        deadline = time.monotonic() + _PATIENCE
        for process in self._started:
            process.join(max(0.0, deadline - time.monotonic()))
            process.kill()
            process.join()
        self._started.clear()
        self._listener.close()


def _work(listener: socket.socket, opened: Callable[[], WSGIApplication], threads: int) -> None:
    """What each process does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        answer_at(listener, opened, threads)
    except ConcordError as error:
        _log.error("%s", error)
        raise SystemExit(1) from None
    except KeyboardInterrupt:  # told to stop before it could serve
        pass


def _end_with_parent() -> None:
    """However the first process ended: nobody would tell the others to stop."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        with suppress(OSError):
            signal.raise_signal(signal.SIGTERM)
