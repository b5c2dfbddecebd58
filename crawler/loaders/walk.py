"""Finding the files to load: in sorted order, each once, without hidden ones."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from crawler.errors import LoadError
from crawler.loaders.files import display
from crawler.loaders.jsonl import read_jsonl
from crawler.loaders.pages import MEDIA_TYPES, read_page
from crawler.loaders.parsed import Reader
from crawler.loaders.text import read_text
from crawler.loaders.warc import read_warc

FORMATS: dict[str, Reader] = {
    ".txt": read_text,
    ".jsonl": read_jsonl,
    **dict.fromkeys(MEDIA_TYPES, read_page),
    ".warc": read_warc,
}
"""The reader of each kind of file; each kind may be packed as ``.gz`` too."""


@dataclass(frozen=True, slots=True)
class Readable:
    """A file, and the reader of its kind."""

    path: Path
    reader: Reader


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file in a folder that no reader is for."""

    path: Path


def reader_of(path: Path) -> Reader | None:
    """The reader for a file, by its name; ``None`` where there is none."""
    name = Path(path.name.lower().removesuffix(".gz"))
    return FORMATS.get(name.suffix)


def walk(path: Path) -> Iterator[Readable | Skipped | LoadError]:
    """The files at ``path``: itself, or all that a folder has, at any depth.

    A file that is named itself must be of a known kind; in a folder, other kinds are skipped. A folder that is reached
    twice (a loop of links) is walked once.
    """
    if _is_folder(path):
        yield from _walk_folder(path, set())
    elif not os.path.lexists(path):
        yield LoadError(display(path), "no such file or folder")
    elif reader := reader_of(path):
        yield Readable(path, reader)
    else:
        yield LoadError(display(path), f"of a kind that can't be loaded: the kinds are {', '.join(kinds())}")


def kinds() -> list[str]:
    """The endings of files that can be loaded."""
    return [*FORMATS, *(f"{ending}.gz" for ending in FORMATS)]


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # not even that may be asked; reading it will tell why
        return False


def _walk_folder(folder: Path, walked: set[tuple[int, int]]) -> Iterator[Readable | Skipped | LoadError]:
    try:
        status = folder.stat()
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        yield LoadError(display(folder), f"can't be read: {error.strerror}")
        return
    if (status.st_dev, status.st_ino) in walked:
        return
    walked.add((status.st_dev, status.st_ino))
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if _is_folder(entry):
            yield from _walk_folder(entry, walked)
        else:
            reader = reader_of(entry)
            yield Readable(entry, reader) if reader else Skipped(entry)
