"""The server: answers until it is told to stop, from this process or from several."""

from __future__ import annotations

import logging
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING, Protocol

from waitress.server import create_server

from webui.listening import Listener
from webui.settings import WebSettings

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


class Serving(Protocol):
    """What serves at an address. The port is taken when it is made; answers are given while :meth:`run` runs.

    In between, browsers that connect wait: that is how ``concord run`` can build an index first and still tell at
    once that the port is in use.
    """

    @property
    def url(self) -> str:
        """The address to open in a browser."""

    def run(self) -> None:
        """Answer requests until Ctrl-C or SIGTERM, then return."""

    def close(self) -> None:
        """Give the address back."""


class Server:
    """Serves ``app`` from this process. Raises ``CannotListen``."""

    def __init__(self, app: WSGIApplication, settings: WebSettings) -> None:
        self._listener = Listener(settings.host, settings.port)
        # Requests that wait for a thread are no news to the reader of a terminal.
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        self._waitress = create_server(app, sockets=[self._listener.socket], threads=settings.threads, ident=None)
        self.port = self._listener.port

    @property
    def url(self) -> str:
        """The address to open in a browser."""
        return self._listener.url

    def run(self) -> None:
        """Answer requests until Ctrl-C or SIGTERM, then return."""
        with stopped_by_sigterm():
            try:
                self._waitress.run()
            finally:
                self.close()

    def close(self) -> None:
        """Give the address back."""
        with suppress(OSError):
            self._waitress.close()
        self._listener.close()


def answer_at(listener: socket.socket, opened: Callable[[], WSGIApplication], threads: int) -> None:
    """Answer at an address that other processes answer at as well, until SIGTERM."""
    with stopped_by_sigterm():
        create_server(opened(), sockets=[listener], threads=threads, ident=None).run()


@contextmanager
def stopped_by_sigterm() -> Iterator[None]:
    """SIGTERM is like Ctrl-C here: waitress ends its loop and its threads on that."""
    before = signal.signal(signal.SIGTERM, _stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
