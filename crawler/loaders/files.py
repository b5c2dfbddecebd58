"""Reading files with bounded memory, compressed or not."""

from __future__ import annotations

import gzip
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from crawler.errors import LoadError

MIB = 2**20
MAX_FILE = 64 * MIB
"""Of a file that is one document: several times the longest book; more than that is no text, or not one text."""
MAX_LINE = 16 * MIB
"""Of a line that is one document."""
_CHUNK = 64 * 1024


def display(path: Path | str) -> str:
    """A path as text that can be stored and printed, also where its name isn't Unicode."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


@contextmanager
def open_file(path: Path, *, unpack: bool = True) -> Iterator[BinaryIO]:
    """Open a regular file, unpacked where its name ends in ``.gz``; what goes wrong inside is a :class:`LoadError`."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise LoadError(display(path), "can't be read: not a regular file")
        with path.open("rb") as raw:
            yield cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if unpack and path.suffix.lower() == ".gz" else raw
    except EOFError:
        raise LoadError(display(path), "the gzip file is cut off: get it again") from None
    except (gzip.BadGzipFile, zlib.error) as error:
        raise LoadError(display(path), f"not a sound gzip file: {error}") from None
    except OSError as error:
        raise LoadError(display(path), f"can't be read: {error.strerror or error}") from None


def read_file(path: Path, limit: int | None = None) -> bytes:
    """All bytes of a file; raises :class:`LoadError`, also where there are more than ``limit`` (:data:`MAX_FILE`)."""
    limit = MAX_FILE if limit is None else limit
    with open_file(path) as file:
        body = file.read(limit + 1)
    if len(body) > limit:
        raise LoadError(display(path), f"more than {limit // MIB} MB in one document: split it")
    return body


def read_lines(path: Path, limit: int | None = None) -> Iterator[tuple[int, bytes | None]]:
    """Each line with its number (from 1), without its end; ``None`` for one longer than ``limit`` (:data:`MAX_LINE`).

    Raises :class:`LoadError` where the file can't be read any further; the lines before that have been yielded.
    """
    limit = MAX_LINE if limit is None else limit
    with open_file(path) as file:
        number = 0
        while line := file.readline(limit + 2):
            number += 1
            body = line.rstrip(b"\r\n")
            if len(body) <= limit:
                yield number, body
                continue
            while line and not line.endswith(b"\n"):
                line = file.readline(_CHUNK)
            yield number, None
