"""Sockets under urllib3 that reach public addresses only, private ones only, or both, as is allowed."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from typing import Any

import urllib3
from urllib3 import exceptions
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util.connection import allowed_gai_family

from crawler.errors import FetchError
from crawler.spider.internet import is_public

_Candidate = tuple[socket.AddressFamily, socket.SocketKind, int, str, Any]
"""A row of ``getaddrinfo``."""

_PRIVATE = (
    "on this computer or in its own network, and left alone: --allow-private (allow_private = true in config.toml) "
    "permits it"
)
_NAMELESS = "on the internet, where nothing is fetched without [crawl] contact in config.toml"


class Connector:
    """Opens the sockets: to addresses that are allowed, whatever a name resolves to at this moment."""

    def __init__(self, *, allow_private: bool, allow_public: bool) -> None:
        self._allow_private = allow_private
        self._allow_public = allow_public
        self._connection: HTTPConnection | None = None

    def connect(self, connection: HTTPConnection) -> socket.socket:
        """A socket to the host of ``connection``; raises :class:`FetchError` where none of its addresses is allowed.

        The address that was judged is the one connected to: a name that resolves anew can't slip in another.
        """
        self._connection = connection
        host = connection._dns_host.strip("[]")
        try:
            found = socket.getaddrinfo(host, connection.port, allowed_gai_family(), socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            reason = error if isinstance(error, socket.gaierror) else socket.gaierror(str(error))
            raise exceptions.NameResolutionError(host, connection, reason) from error
        allowed = [each for each in found if self._is_allowed(each)]
        if not allowed:
            public = any(is_public(str(each[4][0])) for each in found)
            raise FetchError(f"{host}:{connection.port}", _NAMELESS if public else _PRIVATE)
        return self._first(connection, allowed)

    def _is_allowed(self, candidate: _Candidate) -> bool:
        return self._allow_public if is_public(str(candidate[4][0])) else self._allow_private

    def hang_up(self) -> None:
        """End what the connection is doing, from another thread."""
        connected = self._connection.sock if self._connection else None
        if connected is not None:
            try:
                connected.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # it is closed already

    @staticmethod
    def _first(connection: HTTPConnection, candidates: Sequence[_Candidate]) -> socket.socket:
        last: OSError = OSError("no address")
        for family, kind, protocol, _, address in candidates:
            opened = socket.socket(family, kind, protocol)
            opened.settimeout(connection.timeout)
            try:
                opened.connect(address)
            except OSError as error:
                opened.close()
                last = error
            else:
                return opened
        raise exceptions.NewConnectionError(connection, str(last)) from last


def pools(connector: Connector) -> urllib3.PoolManager:
    """A manager of connections that ``connector`` opens; it takes no proxy from the environment."""

    class Http(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return connector.connect(self)

    class Https(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return connector.connect(self)

    class HttpPool(urllib3.HTTPConnectionPool):
        ConnectionCls = Http

    class HttpsPool(urllib3.HTTPSConnectionPool):
        ConnectionCls = Https

    manager = urllib3.PoolManager()
    manager.pool_classes_by_scheme = {"http": HttpPool, "https": HttpsPool}
    return manager
