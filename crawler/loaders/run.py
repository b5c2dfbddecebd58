"""A load: files into the archive, in batches, with an account of each document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.archive import Archive, Capture, Outcome, Record
from crawler.errors import DuplicateDocument, LoadError
from crawler.loaders.files import display
from crawler.loaders.identity import Identity, address_of, check_source, identify, source_of
from crawler.loaders.report import LoadReport
from crawler.loaders.walk import Readable, Skipped, walk

if TYPE_CHECKING:
    from crawler.loaders.parsed import Parsed
    from crawler.settings import CrawlerSettings, Source

BATCH = 200
"""Documents a transaction: each waits for the disk once, and a crash costs no more than this much work."""

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class _Place:
    """A file being read: its address in the archive, and the configured source that has it."""

    path: Path
    address: str
    home: str


def load(
    archive: Archive,
    settings: CrawlerSettings,
    paths: Sequence[Path],
    source: str | None = None,
    progress: Progress = lambda _: None,
) -> LoadReport:
    """Load files and folders. What can't be loaded is in the report, and the rest goes on.

    A document belongs to ``source`` if given, else to the source that it names itself, else to the configured source
    that has its file, else to ``local``. ``progress`` is called with 1 after each document and each failure. Raises
    :class:`UnknownSource`, and :class:`ArchiveError` where the archive can't be written: the batches before are kept.
    """
    chosen = check_source(settings, source) if source is not None else None
    return _Run(archive, settings, chosen, progress).load(paths)


def load_sources(
    archive: Archive,
    settings: CrawlerSettings,
    names: Sequence[str] | None = None,
    progress: Progress = lambda _: None,
) -> LoadReport:
    """Load the files of all enabled sources, or of those named (enabled or not); otherwise like :func:`load`."""
    chosen: Iterable[Source] = (source for source in settings.sources if source.enabled)
    if names is not None:
        chosen = [settings.source(name) for name in names]
    paths = [path for source in chosen for path in source.paths]
    return _Run(archive, settings, None, progress).load(paths)


@dataclass
class _Run:
    archive: Archive
    settings: CrawlerSettings
    source: str | None
    progress: Progress
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    failed: list[LoadError] = field(default_factory=list)
    skipped: list[Path] = field(default_factory=list)
    # A hash of each id, and of the bytes it stood for: a run of a million documents needs some 100 MB for it.
    seen: dict[int, int] = field(default_factory=dict)

    def load(self, paths: Sequence[Path]) -> LoadReport:
        steps = self._steps(paths)
        while True:
            with self.archive.batch():
                done = sum(1 for _ in islice(steps, BATCH))
            if done < BATCH:
                break
        count = self.outcomes
        return LoadReport(
            new=count[Outcome.NEW],
            changed=count[Outcome.CHANGED],
            unchanged=count[Outcome.UNCHANGED],
            failed=tuple(self.failed),
            skipped=tuple(self.skipped),
        )

    def _steps(self, paths: Sequence[Path]) -> Iterator[None]:
        """One step a document or failure; each document is stored by the time its step is yielded."""
        for path in paths:
            for found in walk(path):
                for item in self._items(found):
                    if isinstance(item, LoadError):
                        self.failed.append(item)
                    self.progress(1)
                    yield

    def _items(self, found: Readable | Skipped | LoadError) -> Iterator[Outcome | LoadError]:
        match found:
            case Skipped(path):
                self.skipped.append(path)
            case LoadError():
                yield found
            case Readable():
                yield from self._read(found)

    def _read(self, file: Readable) -> Iterator[Outcome | LoadError]:
        address = address_of(file.path, self.settings.folder)
        place = _Place(file.path, address, home=source_of(file.path, self.settings))
        try:
            for parsed in file.reader(file.path):
                yield parsed if isinstance(parsed, LoadError) else self._store(parsed, place)
        except LoadError as error:
            yield error

    def _store(self, parsed: Parsed, place: _Place) -> Outcome | LoadError:
        identity = identify(parsed, place.address, self.source or parsed.source or place.home)
        if self._is_contradiction(identity, parsed):
            reason = f'"{parsed.id or identity.address}" stands twice in what is loaded, with different content'
            return LoadError(display(place.path), reason, line=parsed.line)
        try:
            outcome = self.archive.store(_capture(parsed, identity, place.address), self._record(parsed, identity))
        except DuplicateDocument as error:
            return LoadError(display(place.path), error.reason, line=parsed.line)
        self.outcomes[outcome] += 1
        return outcome

    def _is_contradiction(self, identity: Identity, parsed: Parsed) -> bool:
        """Two lines of one load can't both be what a document says now: every load would make it change twice."""
        content = hash(parsed.body)
        return self.seen.setdefault(hash(identity.id), content) != content

    def _record(self, parsed: Parsed, identity: Identity) -> Record:
        return Record(
            id=identity.id,
            url=parsed.url,
            title=parsed.title,
            paragraphs=parsed.paragraphs,
            date=parsed.date,
            language=parsed.language or self.settings.language(identity.source),
        )


def _capture(parsed: Parsed, identity: Identity, path: str) -> Capture:
    origin = {"path": path} if parsed.line is None else {"path": path, "line": str(parsed.line)}
    return Capture(identity.source, identity.address, datetime.now(UTC), parsed.body, parsed.media_type, origin)
