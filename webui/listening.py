"""An address to listen at, taken at once."""

from __future__ import annotations

import errno
import ipaddress
import logging
import os
import socket

from webui.errors import CannotListen, PortInUse, PortNotAllowed, UnknownHost

_log = logging.getLogger(__name__)


class Listener:
    """A port that is taken: browsers that connect wait until somebody answers at ``socket``.

    Raises ``CannotListen``. ``port`` 0 takes a free one; what it became is in ``port``.
    """

    def __init__(self, host: str, port: int) -> None:
        self.socket = _listen(host, port)
        self.host = host
        self.port = int(self.socket.getsockname()[1])
        if not _is_loopback(self.socket.getsockname()[0]):
            _log.warning("concord: warning: %s is not on this machine alone: others can read what is served", self.url)

    @property
    def url(self) -> str:
        """The address to open in a browser."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    def close(self) -> None:
        """Give the address back."""
        self.socket.close()


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
