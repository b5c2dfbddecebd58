"""A web server on 127.0.0.1, at a port of the system's choice, with a log of what it was asked for.

It speaks just enough HTTP/1.1, and writes to the socket itself: a server that keeps to the protocol can't misbehave.
"""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Self

from tests.site.pages import Resource, Site


@dataclass(frozen=True)
class Asked:
    """One request, and the status that was answered; 0 where the answer was none."""

    path: str
    headers: Mapping[str, str]
    status: int


@dataclass
class Exchange:
    """A request being answered by a behaviour that writes for itself."""

    path: str
    headers: Mapping[str, str]
    writer: asyncio.StreamWriter
    times: int
    status: int = 0

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        """A proper answer; header names with ``_`` for ``-``."""
        self.status = status
        fields = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))}
        fields |= {name.replace("_", "-"): value for name, value in headers.items()}
        head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        await self.send(f"HTTP/1.1 {status} X\r\n{head}\r\n".encode() + body)


Behaviour = Callable[[Exchange], Awaitable[None]]


@dataclass
class Server:
    """Serves a site; ``behaviours`` by path, or by a prefix that ends in ``*``, go before its resources."""

    site: Site
    behaviours: dict[str, Behaviour] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    base: str = ""
    port: int = 0

    def __enter__(self) -> Self:
        started = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run(started)), daemon=True)
        self._thread.start()
        started.wait()
        self.base = f"http://127.0.0.1:{self.port}"
        self.site.build(self.base)
        return self

    def __exit__(self, *_: object) -> None:
        # All of it in the server's own thread: a browser test has a running loop in this one.
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    async def _run(self, started: threading.Event) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0, backlog=200)
        self.port = server.sockets[0].getsockname()[1]
        started.set()
        await self._stop.wait()
        server.close()
        answering = asyncio.all_tasks() - {asyncio.current_task()}
        for task in answering:
            task.cancel()
        await asyncio.gather(*answering, return_exceptions=True)

    def paths(self, status: int | None = None) -> Counter[str]:
        """How often each path was asked for, with that status if given."""
        return Counter(each.path for each in self.asked if status in (None, each.status))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await self._answer(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass
        except asyncio.CancelledError:
            return
        finally:
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        line, *fields = head.split("\r\n")
        path = line.split(" ")[1]
        headers = {name.lower(): value.strip() for name, _, value in (each.partition(":") for each in fields if each)}
        exchange = Exchange(path, headers, writer, self.paths()[path] if self.behaviours else 0)
        behaviour = self._behaviour(path)
        if behaviour is None:
            await self._serve_resource(exchange)
        else:
            try:
                await behaviour(exchange)
            finally:
                self.asked.append(Asked(path, headers, exchange.status))
            return exchange.status > 0
        self.asked.append(Asked(path, headers, exchange.status))
        return True

    def _behaviour(self, path: str) -> Behaviour | None:
        if path in self.behaviours:
            return self.behaviours[path]
        return next(
            (each for key, each in self.behaviours.items() if key.endswith("*") and path.startswith(key[:-1])), None
        )

    async def _serve_resource(self, exchange: Exchange) -> None:
        resource = self.site.resources.get(exchange.path)
        if resource is None:
            await exchange.answer(404, b"<html><body>Not here</body></html>")
        elif resource.validators and self._is_fresh(exchange.headers, resource):
            await exchange.answer(304, b"", ETag=resource.etag)
        else:
            extra = {"ETag": resource.etag, "Last_Modified": resource.modified} if resource.validators else {}
            await exchange.answer(200, resource.body, Content_Type=resource.media_type, **extra, **resource.headers)

    @staticmethod
    def _is_fresh(headers: Mapping[str, str], resource: Resource) -> bool:
        if "if-none-match" in headers:
            return headers["if-none-match"] == resource.etag
        return headers.get("if-modified-since") == resource.modified
