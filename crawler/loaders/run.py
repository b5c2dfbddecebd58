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
from crawler.extract.language import detect
from crawler.extract.page import Hints
from crawler.loaders.files import display
from crawler.loaders.identity import Identity, address_of, check_source, identify, source_of
from crawler.loaders.parsed import Parsed, PassedOver, Seen, SourceHints
from crawler.loaders.report import LoadReport
from crawler.loaders.walk import Readable, Skipped, walk
from crawler.loaders.warc import GONE
from crawler.source import WarcSource

if TYPE_CHECKING:
    from crawler.settings import CrawlerSettings
    from crawler.source import LocalSource

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
    chosen: Iterable[LocalSource] = (source for source in settings.local_sources if source.enabled)
    if names is not None:
        chosen = [settings.local_source(name) for name in names]
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
    absent: int = 0
    confirmed: int = 0
    passed_over: Counter[str] = field(default_factory=Counter)
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
            absent=self.absent,
            confirmed=self.confirmed,
            passed_over=dict(self.passed_over),
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

    def _items(self, found: Readable | Skipped | LoadError) -> Iterator[Outcome | LoadError | None]:
        match found:
            case Skipped(path):
                self.skipped.append(path)
            case LoadError():
                yield found
            case Readable():
                yield from self._read(found)

    def _read(self, file: Readable) -> Iterator[Outcome | LoadError | None]:
        address = address_of(file.path, self.settings.folder)
        place = _Place(file.path, address, home=source_of(file.path, self.settings))
        try:
            for item in file.reader(file.path, self._hints(self.source or place.home)):
                yield self._take(item, place)
        except LoadError as error:
            yield error

    def _hints(self, name: str) -> SourceHints:
        source = next((source for source in self.settings.sources if source.name == name), None)
        if source is None:
            return SourceHints()
        keep = source.keep if isinstance(source, WarcSource) else ()
        return SourceHints(Hints(source.selectors, source.date_format, source.language), keep)

    def _take(self, item: Parsed | Seen | PassedOver | LoadError, place: _Place) -> Outcome | LoadError | None:
        match item:
            case Parsed():
                return self._store(item, place)
            case Seen():
                self._note(item, self.source or place.home)
            case PassedOver(why):
                self.passed_over[why] += 1
            case LoadError():
                return item
        return None

    def _note(self, seen: Seen, source: str) -> None:
        document = self.archive.find(source, seen.address)
        if seen.unchanged_since is None:
            self.absent += 1
            if document and seen.status in GONE:
                self.archive.note_absence(document, seen.moment, seen.status)
            return
        self.confirmed += 1
        # Only the latest capture can be confirmed: of an older one, another has followed since.
        if document and self.archive.history(document)[-1].captured_at == seen.unchanged_since:
            self.archive.confirm(document, seen.moment)

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
        """Two lines of one load can't both be what a document says now: every load would make it change twice.

        Captures that say when they were made can: the later one is what the document says now.
        """
        if parsed.captured_at is not None:
            return False
        content = hash(parsed.body)
        return self.seen.setdefault(hash(identity.id), content) != content

    def _record(self, parsed: Parsed, identity: Identity) -> Record:
        return Record(
            id=identity.id,
            url=parsed.url,
            title=parsed.title,
            paragraphs=parsed.paragraphs,
            date=parsed.date,
            language=parsed.language or self._language(parsed, identity.source),
            author=parsed.author,
            pages=parsed.pages,
        )

    def _language(self, parsed: Parsed, source: str) -> str | None:
        return detect("\n".join([parsed.title, *parsed.paragraphs]), hint=self.settings.language(source))


def _capture(parsed: Parsed, identity: Identity, path: str) -> Capture:
    origin = {"path": path} if parsed.line is None else {"path": path, "line": str(parsed.line)}
    moment = parsed.captured_at or datetime.now(UTC)
    headers = {**parsed.headers, **origin}
    return Capture(identity.source, identity.address, moment, parsed.body, parsed.media_type, headers)
