"""Extraction in other processes: the crawl goes on meanwhile, and a page that hangs or crashes takes nothing along.

A worker reads one page at a time. The two ends of its socket are in asyncio's loop here and in plain code there: a
``ProcessPoolExecutor`` would add two threads to the crawl, which wait for its interpreter lock with every page, and it
can neither end one page nor survive a crash.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import pickle
import signal
import socket
from typing import TYPE_CHECKING, Any

from crawler.errors import ExtractionError
from crawler.extract.page import Hints, Page

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.process import BaseProcess

    from crawler.extract.page import Extracted

WORKERS = max(2, min(4, os.cpu_count() or 2))
"""Two, so that one reads while the other's page is on its way; more than four wait for the network."""
TIME_LIMIT_S = 60.0
"""Of one page. A long PDF takes some seconds; what takes a minute won't end."""
START_LIMIT_S = 60.0
"""For a worker to start and load its libraries: two seconds, on a busy machine several times that."""

_LENGTH = 8
_REHEARSAL = (Page(b"<html><body><p>A short text, to begin with.</p></body></html>"), Hints())
"""A worker's first page: libraries and their tables are loaded with it, outside of any real page's time."""


class Extractor:
    """Takes documents out of pages, up to ``workers`` at once; close it when done."""

    def __init__(self, workers: int = WORKERS, time_limit: float = TIME_LIMIT_S) -> None:
        self._time_limit = time_limit
        self._turns = asyncio.Semaphore(workers)
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()

    async def __call__(self, page: Page, hints: Hints) -> Extracted:
        """The document on a page; raises :class:`ExtractionError`, also for a page that takes too long or crashes."""
        async with self._turns:
            worker = self._idle.pop() if self._idle else await self._start()
            try:
                found = await asyncio.wait_for(worker.ask((page, hints)), self._time_limit)
            except TimeoutError:
                self._end(worker)
                raise ExtractionError(f"reading it takes more than {self._time_limit:g} seconds") from None
            except (EOFError, OSError):
                self._end(worker)
                raise ExtractionError("reading it made the extractor crash") from None
            self._idle.append(worker)
        if isinstance(found, str):
            raise ExtractionError(found, url=page.url, media_type=page.media_type)
        return found  # type: ignore[no-any-return]

    async def _start(self) -> _Worker:
        worker = await _Worker.start(_read)
        self._all.add(worker)
        try:
            await asyncio.wait_for(worker.answer(), START_LIMIT_S)
        except (TimeoutError, EOFError, OSError):
            self._end(worker)
            raise ExtractionError("the extractor does not start") from None
        return worker

    def _end(self, worker: _Worker) -> None:
        self._all.discard(worker)
        worker.end()

    def close(self) -> None:
        """End the workers, whatever they are at."""
        for worker in tuple(self._all):
            self._end(worker)
        self._idle.clear()


class _Worker:
    def __init__(self, process: BaseProcess, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._process = process
        self._reader = reader
        self._writer = writer

    @classmethod
    async def start(cls, read: Callable[[Page, Hints], Extracted | str]) -> _Worker:
        ours, theirs = socket.socketpair()
        # Not fork: the reactor's threads would be forked along.
        process = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs, read), daemon=True)
        process.start()
        theirs.close()
        return cls(process, *await asyncio.open_connection(sock=ours))

    async def ask(self, question: Any) -> Any:
        """What the worker makes of it; raises ``EOFError`` (``IncompleteReadError`` is one) where it has crashed."""
        message = pickle.dumps(question)
        self._writer.write(len(message).to_bytes(_LENGTH) + message)
        await self._writer.drain()
        return await self.answer()

    async def answer(self) -> Any:
        """The next thing that the worker says; the first is that it is ready."""
        length = int.from_bytes(await self._reader.readexactly(_LENGTH))
        return pickle.loads(await self._reader.readexactly(length))  # noqa: S301 - from our own process

    def end(self) -> None:
        self._writer.transport.abort()
        self._process.kill()
        self._process.join()


def _serve(connection: socket.socket, read: Callable[[Page, Hints], Extracted | str]) -> None:
    """A worker's life. It ends with the crawl, however that ends: the other end of the socket is then closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the crawl
    _read(*_REHEARSAL)
    with connection, connection.makefile("rb") as questions:
        _send(connection, None)
        while head := questions.read(_LENGTH):
            question = pickle.loads(questions.read(int.from_bytes(head)))  # noqa: S301 - from our own process
            _send(connection, read(*question))


def _send(connection: socket.socket, answer: Any) -> None:
    message = pickle.dumps(answer)
    connection.sendall(len(message).to_bytes(_LENGTH) + message)


def _read(page: Page, hints: Hints) -> Extracted | str:
    """The document, or the reason why there is none."""
    from crawler.extract.extract import extract

    try:
        return extract(page, hints)
    except ExtractionError as error:
        return error.reason
    except Exception as error:  # a bug met a page: the crawl goes on, and its report tells
        return f"internal error: {type(error).__name__}: {error}"[:200]
