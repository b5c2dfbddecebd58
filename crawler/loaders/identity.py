"""Where a loaded document belongs: its source, its address in the source, its id.

The address is, in this order: ``id:ID`` where the document's line gives an id; the URL where a line gives one, or that
a web archive has it from; the path for a file that is one document (not the URL that a saved page declares: templates
declare one for many pages); the path and a digest of the line for any other line. So a line that gives neither id nor
URL is another document once its content changes, while all others become a new version of the same document.

A path inside the config file's folder is written relative to it: a checkout that is moved keeps its ids.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.errors import UnknownSource
from crawler.loaders.files import display
from crawler.settings import CrawlerSettings
from crawler.source import LOCAL

if TYPE_CHECKING:
    from crawler.loaders.parsed import Parsed


@dataclass(frozen=True, slots=True)
class Identity:
    """Which document of which source."""

    source: str
    address: str
    id: str


def identify(parsed: Parsed, path: str, source: str) -> Identity:
    """The identity of a document read from ``path`` (as :func:`address_of` writes it)."""
    address = _address(parsed, path)
    return Identity(source, address, parsed.id or _digest(f"{source}\n{address}".encode()))


def address_of(path: Path, folder: Path) -> str:
    """A path relative to ``folder`` where it is inside, else absolute; with ``/`` on every system."""
    absolute = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would name what a link points at instead
    for candidate in (absolute, _real(absolute.parent) / absolute.name):
        if candidate.is_relative_to(folder):
            return display(candidate.relative_to(folder).as_posix())
    return display(absolute.as_posix())


def check_source(settings: CrawlerSettings, name: str) -> str:
    """``name`` if it is configured or built in; raises :class:`UnknownSource`."""
    if name != LOCAL and all(source.name != name for source in settings.sources):
        raise UnknownSource(name, [LOCAL, *(source.name for source in settings.sources)])
    return name


def source_of(path: Path, settings: CrawlerSettings) -> str:
    """The configured source that has ``path`` in its paths (the innermost, where several have), else ``local``."""
    place = _real(path)
    homes = [
        (len(home.parts), source.name)
        for source in settings.local_sources
        for configured in source.paths
        if place.is_relative_to(home := _real(configured))
    ]
    return max(homes)[1] if homes else LOCAL


def _real(path: Path) -> Path:
    # Path.resolve() raises RuntimeError for a link to itself before Python 3.13; such a file fails when it is read.
    return Path(os.path.realpath(path))


def _address(parsed: Parsed, path: str) -> str:
    if parsed.id is not None:
        return f"id:{parsed.id}"
    if parsed.address is not None:
        return parsed.address
    if parsed.url is not None and parsed.line is not None:
        return parsed.url
    return path if parsed.line is None else f"{path}#{_digest(parsed.body)}"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
