"""Writing what a command makes: to a file as a whole or not at all, or to standard output."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

import click

from indexer.errors import OutputError

output_option = click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write to this file, not to the terminal."
)
force_option = click.option("--force", is_flag=True, help="Write over a file that is there.")


def save(pieces: Iterable[str], path: Path | None, *, force: bool = False) -> None:
    """Write pieces of text in UTF-8, exactly as they are; to standard output where ``path`` is ``None``.

    A file appears under its name when it is complete and on disk; after an error there is none, or the one before.
    Raises ``OutputError`` where it can't be written, or is there and ``force`` is off.
    """
    if path is not None:
        check_target(path, force=force)
    try:
        if path is None:
            _write(pieces, sys.stdout.buffer)
        elif path.exists() and not path.is_file():  # a device or a pipe, which has to stay what it is
            with path.open("wb") as file:
                _write(pieces, file)
        else:
            _replace(pieces, path.resolve())  # what a link names, and not the link
    except BrokenPipeError:
        raise  # the reader has gone, and nothing is wrong
    except OSError as error:
        raise OutputError(path or Path("the output"), f"can't be written: {error.strerror or error}") from error


def check_target(path: Path, *, force: bool) -> None:
    """Raise ``OutputError`` where a file is there that must not be written over."""
    if path.is_dir():
        raise OutputError(path, "is a folder: name a file")
    if path.is_file() and not force:
        raise OutputError(path, "is there already: name another file, or write over it with --force")


def _write(pieces: Iterable[str], file: BinaryIO) -> None:
    for piece in pieces:
        file.write(piece.encode())
    file.flush()


def _replace(pieces: Iterable[str], path: Path) -> None:
    handle, name = tempfile.mkstemp(prefix=".concord-", suffix=".new", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            _write(pieces, file)
            os.fsync(file.fileno())
        Path(name).chmod(0o666 & ~_umask())  # mkstemp's are for their owner alone, which no other command's files are
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
