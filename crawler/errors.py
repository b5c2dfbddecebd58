"""What can go wrong in a way that the user can act on.

::

    ConcordError            root of all packages: one line, exit status 1
    └── CrawlerError        root of this package
        ├── ConfigError     config.toml is missing, unreadable or wrong (all mistakes at once)
        ├── UnknownSource   a source is named that config.toml does not have
        ├── FetchError          an address could not be fetched, or must not be
        ├── CrawlRunning    another crawl is at work
        ├── DiscoveryError  what was fetched is no feed or sitemap that can be read
        ├── LoadError       a file or a line could not be turned into a document
        ├── ExtractionError     a page has no text that can be taken out of it
        │   └── Undecodable     its character set can't be told
        ├── UnknownDocumentId   no document, or no version of it, has this id
        └── ArchiveError    the archive can't be opened, written or understood
            ├── ArchiveMissing
            └── DuplicateDocument   an id or an address belongs to another document
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path


class ConcordError(Exception):
    """An error that its reader can act on: what, where, what to do."""


class CrawlerError(ConcordError):
    """Root of the errors of ``crawler``."""


class ConfigError(CrawlerError):
    """Mistakes in a config file, gathered: one line each in ``str()``."""

    def __init__(self, mistakes: Sequence[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = tuple(mistakes)


class UnknownSource(CrawlerError):
    """A source is named that config.toml does not have."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        near = get_close_matches(name, known, 1)
        meant = f'did you mean "{near[0]}"? ' if near else ""
        super().__init__(
            f'unknown source "{name}": {meant}config.toml has {", ".join(known) or "none"}; '
            f'add a [[source]] with name = "{name}", or name one of these'
        )
        self.name = name
        self.known = tuple(known)


class LoadError(CrawlerError):
    """A file, or one line of it, that could not be turned into a document."""

    def __init__(self, path: Path | str, reason: str, *, line: int | None = None) -> None:
        where = f"{path}:{line}" if line is not None else f"{path}"
        super().__init__(f"{where}: {reason}")
        self.path = str(path)
        self.line = line
        self.reason = reason


class ExtractionError(CrawlerError):
    """A page that no document could be taken out of."""

    def __init__(self, reason: str, *, url: str | None = None, media_type: str | None = None) -> None:
        super().__init__(f"{url}: {reason}" if url else reason)
        self.reason = reason
        self.url = url
        self.media_type = media_type


class FetchError(CrawlerError):
    """An address that could not be fetched, or must not be."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{url}: {reason}")
        self.url = url
        self.reason = reason


class DiscoveryError(CrawlerError):
    """A body that was to be a feed or a sitemap and is none."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{url}: {reason}")
        self.url = url
        self.reason = reason


class CrawlRunning(CrawlerError):
    """Another crawl holds the lock: one crawl at a time fetches into an archive."""

    def __init__(self, holder: str) -> None:
        super().__init__(f"another crawl is running ({holder}): wait for it, or stop it with Ctrl-C")
        self.holder = holder


class Undecodable(ExtractionError):
    """Bytes whose character set can't be told: any text made of them might be a wrong one."""


class UnknownDocumentId(CrawlerError):
    """No document of the archive, or no version of it, has this id."""

    def __init__(self, document_id: str, version: int | None = None) -> None:
        which = f'version {version} of document "{document_id}"' if version is not None else f'document "{document_id}"'
        super().__init__(f"no {which} in the archive: 'concord search' lists ids")
        self.document_id = document_id
        self.version = version


class ArchiveError(CrawlerError):
    """The archive can't be opened, written or understood."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"archive {path}: {reason}")
        self.path = path
        self.reason = reason


class ArchiveMissing(ArchiveError):
    """There is no archive yet."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "not there yet: load documents first, with 'concord load PATH' or 'concord run'")


class DuplicateDocument(ArchiveError):
    """An id or an address belongs to another document already."""

    def __init__(self, path: Path, document_id: str, known_id: str, source: str, address: str) -> None:
        super().__init__(
            path,
            f'"{document_id}" can\'t be stored: source "{source}" has document "{known_id}" from {address} already; '
            "give one of them another id",
        )
        self.document_id = document_id
        self.known_id = known_id
        self.source = source
        self.address = address
