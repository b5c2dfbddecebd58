"""The server: an address to listen at, taken at once, and answers until it is told to stop."""

from __future__ import annotations

import errno
import ipaddress
import logging
import os
import signal
import socket
from contextlib import suppress
from types import FrameType
from typing import TYPE_CHECKING

from waitress.server import create_server

from webui.errors import CannotListen, PortInUse, PortNotAllowed, UnknownHost
from webui.settings import WebSettings

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

_log = logging.getLogger(__name__)


class Server:
    """A program that serves ``app``. The port is taken when it is made; answers are given while :meth:`run` runs.

    In between, browsers that connect wait: that is how ``concord run`` can build an index first and still tell at
    once that the port is in use.
    """

    def __init__(self, app: WSGIApplication, settings: WebSettings) -> None:
        self._socket = _listen(settings.host, settings.port)
        self._waitress = create_server(app, sockets=[self._socket], threads=settings.threads, ident=None)
        self.host = settings.host
        self.port = int(self._socket.getsockname()[1])
        if not _is_loopback(self._socket.getsockname()[0]):
            _log.warning("concord: warning: %s is not on this machine alone: others can read what is served", self.url)

    @property
    def url(self) -> str:
        """The address to open in a browser."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    def run(self) -> None:
        """Answer requests until Ctrl-C or SIGTERM, then return."""
        before = signal.signal(signal.SIGTERM, _stop)
        try:
            self._waitress.run()
        finally:
            signal.signal(signal.SIGTERM, before)
            self.close()

    def close(self) -> None:
        """Give the address back."""
        with suppress(OSError):
            self._waitress.close()
        self._socket.close()


def _stop(_number: int, _frame: FrameType | None) -> None:
    # waitress ends its loop and its threads on this, as it does on Ctrl-C.
    raise KeyboardInterrupt


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (socket.gaierror, UnicodeError) as error:
        raise UnknownHost(host, port, getattr(error, "strerror", None) or "not a host name") from None
    listener = socket.socket(family, kind, protocol)
    try:
        if os.name == "posix":  # on Windows this option would let two programs share the port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(1024)
    except OSError as error:
        listener.close()
        raise _translated(host, port, error) from None
    return listener


def _translated(host: str, port: int, error: OSError) -> CannotListen:
    if error.errno == errno.EADDRINUSE:
        return PortInUse(host, port)
    if error.errno in {errno.EACCES, errno.EPERM}:
        return PortNotAllowed(host, port)
    return UnknownHost(host, port, error.strerror or "not an address of this machine")


def _is_loopback(address: str) -> bool:
    return ipaddress.ip_address(address.partition("%")[0]).is_loopback
