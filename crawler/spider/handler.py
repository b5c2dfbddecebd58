"""Scrapy's download handler, with a guard at the place where connections are made.

A check before the request would see another address than the connection where a name resolves anew. Here the address is
the one that is connected to, whatever name, notation or redirect led to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from twisted.internet.endpoints import HostnameEndpoint
from twisted.internet.interfaces import IReactorPluggableNameResolver, IReactorTCP, IReactorTime
from twisted.web.client import HTTPConnectionPool
from zope.interface import implementer

from crawler.spider.internet import is_public

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.internet.defer import Deferred

ALLOW_PRIVATE = "CONCORD_ALLOW_PRIVATE"
ALLOW_PUBLIC = "CONCORD_ALLOW_PUBLIC"


class AddressRefused(Exception):
    """The address of a connection is none that this source may be fetched from."""


def check_address(host: str, *, allow_private: bool, allow_public: bool) -> None:
    """Raise :class:`AddressRefused` unless a connection to ``host``, an IP address, is allowed."""
    public = is_public(host)
    if not public and not allow_private:
        raise AddressRefused(f"{host} is not an address of the public internet: allow_private = true allows it")
    if public and not allow_public:
        raise AddressRefused(f"{host} is on the public internet: give [crawl] contact in config.toml first")


@implementer(IReactorTCP, IReactorTime, IReactorPluggableNameResolver)
class _GuardedReactor:
    """The reactor, as endpoints see it: by the time they connect, the host is an IP address."""

    def __init__(self, reactor: Any, allow_private: bool, allow_public: bool) -> None:
        self._reactor = reactor
        self._allowed = {"allow_private": allow_private, "allow_public": allow_public}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reactor, name)

    def connectTCP(self, host: str, *args: Any, **kwargs: Any) -> Any:
        check_address(host, **self._allowed)
        return self._reactor.connectTCP(host, *args, **kwargs)


class _GuardedPool(HTTPConnectionPool):
    """A pool whose new connections go through the guard; it belongs to one source, so no other one's are reused."""

    guard: _GuardedReactor

    def getConnection(self, key: Any, endpoint: Any) -> Deferred[Any]:
        inner = getattr(endpoint, "_wrappedEndpoint", endpoint)  # TLS wraps the endpoint that resolves and connects
        if not isinstance(inner, HostnameEndpoint):
            raise AddressRefused(f"connections of kind {type(inner).__name__} can't be guarded")
        inner._reactor = self.guard
        return super().getConnection(key, endpoint)


class GuardedHandler(HTTP11DownloadHandler):
    """Downloads over HTTP and HTTPS from the addresses that the settings allow."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        from twisted.internet import reactor

        pool = _GuardedPool(reactor, persistent=True)  # type: ignore[no-untyped-call]
        pool.maxPersistentPerHost = self._pool.maxPersistentPerHost
        pool._factory = self._pool._factory
        settings = crawler.settings
        pool.guard = _GuardedReactor(reactor, settings.getbool(ALLOW_PRIVATE), settings.getbool(ALLOW_PUBLIC))
        self._pool = pool
