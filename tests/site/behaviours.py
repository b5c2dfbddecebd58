"""How servers misbehave: each is a behaviour for ``Server.behaviours``."""

from __future__ import annotations

import asyncio
import gzip
import re
import zlib

from tests.site.pages import article
from tests.site.server import Behaviour, Exchange


def loop(*paths: str) -> Behaviour:
    """Redirects from each path to the next, and from the last to the first."""

    async def behave(exchange: Exchange) -> None:
        place = paths.index(exchange.path)
        await exchange.answer(302, Location=paths[(place + 1) % len(paths)])

    return behave


def redirect(target: str) -> Behaviour:
    async def behave(exchange: Exchange) -> None:
        await exchange.answer(302, Location=target)

    return behave


async def calendar(exchange: Exchange) -> None:
    """Each month links to the next and the one before, for ever."""
    month = int((re.search(r"\d+", exchange.path) or ["0"])[0])
    around = f'<a href="/calendar/{month - 1}">before</a> <a rel="next" href="/calendar/{month + 1}">after</a>'
    await exchange.answer(200, f"<html><body>No events. {around}</body></html>".encode())


async def drip(exchange: Exchange) -> None:
    """A byte every second, and no end of it."""
    exchange.status = 200
    await exchange.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    for _ in range(60):
        await exchange.send(b"x")
        await asyncio.sleep(1)


async def truncated_gzip(exchange: Exchange) -> None:
    """Half a gzip body, of the length that the header says."""
    body = gzip.compress(article(1).body)
    await exchange.answer(200, body[: len(body) // 2], Content_Encoding="gzip")


async def gzip_bomb(exchange: Exchange) -> None:
    """A few hundred kilobytes that unpack to 200 MB."""
    packer = zlib.compressobj(9, wbits=31)
    body = b"".join(packer.compress(b" " * 2_000_000) for _ in range(100)) + packer.flush()
    await exchange.answer(200, body, Content_Encoding="gzip")


async def too_short(exchange: Exchange) -> None:
    """Less than Content-Length says; then the connection is closed."""
    body = article(1).body
    exchange.status = 200
    await exchange.send(f"HTTP/1.1 200 OK\r\nContent-Length: {len(body) * 2}\r\n\r\n".encode() + body)
    exchange.writer.close()


async def huge(exchange: Exchange) -> None:
    """50 MB, announced."""
    await exchange.answer(200, b"<p>" + b"x" * 50_000_000)


async def huge_unannounced(exchange: Exchange) -> None:
    """50 MB without Content-Length."""
    exchange.status = 200
    await exchange.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n")
    for _ in range(50):
        await exchange.send(b"x" * 1_000_000)
    exchange.writer.close()


async def nested(exchange: Exchange) -> None:
    """HTML nested 100,000 deep."""
    await exchange.answer(200, b"<html><body>" + b"<div>" * 100_000 + b"deep inside</body></html>")


async def mixed_charsets(exchange: Exchange) -> None:
    """The header says one, the page another, and the bytes are of a third."""
    text = '<meta charset="big5"><title>T</title><p>' + "中华人民共和国外交部发言人说明合作协议的内容。" * 20
    await exchange.answer(200, text.encode("gb18030"), Content_Type="text/html; charset=iso-8859-1")


async def cookies(exchange: Exchange) -> None:
    """Sends its reader round until a cookie comes back."""
    if "cookie" in exchange.headers:
        await exchange.answer(200, article(1).body)
    else:
        await exchange.answer(302, Location=exchange.path, Set_Cookie="session=1; Path=/")


def busy(status: int, times: int, retry_after: str | None, number: int = 9) -> Behaviour:
    """Answers ``status`` the first ``times`` times, then article ``number``."""

    async def behave(exchange: Exchange) -> None:
        extra = {} if retry_after is None else {"Retry_After": retry_after}
        if exchange.times < times:
            await exchange.answer(status, b"", **extra)
        else:
            await exchange.answer(200, article(number).body)

    return behave


def status(code: int, **headers: str) -> Behaviour:
    async def behave(exchange: Exchange) -> None:
        await exchange.answer(code, b"<html><body>x</body></html>", **headers)

    return behave


async def hang_up(exchange: Exchange) -> None:
    """Closes the connection without a word."""
    exchange.writer.close()


async def nonsense(exchange: Exchange) -> None:
    """No HTTP at all."""
    await exchange.send(b"\x00\x01\x02 nonsense\r\n\r\n")
    exchange.writer.close()
