"""Whether archive and index are sound: what is broken, where, what to do about it, and mending what can be rebuilt.

The archive is only read: what it has lost nothing else has. The index can be built from a sound archive at any time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from crawler import Archive, ArchiveError, ArchiveMissing, ConfigFile, load_settings
from indexer.build import Progress, silent, update_index
from indexer.columnar import EXTENSION, damage_of
from indexer.engines.whoosh import WhooshEngine
from indexer.errors import IndexDamaged, IndexIncompatible, IndexMissing
from indexer.generations import Generation, GenerationStore
from indexer.settings import load_index_settings
from indexer.wording import counted

_RESTORE = "restore the archive from a backup, or move it away and load the documents again"
_REBUILD = "'concord check --repair' builds the index anew from the archive"
_UPDATE = "'concord index' brings it up to date"
_NAMED = 5  # ids told of each kind of disagreement: enough to look at, few enough to read


@dataclass(frozen=True, slots=True)
class Problem:
    """Something broken: ``where`` names the file or the part of it, ``todo`` says what mends it."""

    where: str
    what: str
    todo: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}: {self.todo}"


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found. ``generation`` is ``None`` where there is no index that can be read.

    ``documents`` are those of the archive, ``waiting`` the changes of it that the index doesn't have yet; ``left_over``
    counts folders of builds that are not finished. ``repaired`` tells what ``--repair`` did, or why it did not.
    """

    documents: int
    archive: tuple[Problem, ...]
    generation: str | None
    index: tuple[Problem, ...]
    waiting: int
    left_over: int
    repaired: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing is broken. What isn't there yet, and what waits to be indexed, is not broken."""
        return not self.archive and not self.index

    def lines(self) -> Iterator[str]:
        """The report for people."""
        yield from self.repaired
        yield f"archive: {_verdict(self.archive)}, {counted(self.documents, 'document')}"
        yield from (f"  {problem}" for problem in self.archive)
        missing = "not there yet ('concord index')"
        yield f"index: {_verdict(self.index) if self.generation or self.index else missing}{self._waiting()}"
        yield from (f"  {problem}" for problem in self.index)
        if self.left_over:
            yield f"{self.left_over} unfinished: a build is under way, or 'concord check --repair' clears it away"

    def _waiting(self) -> str:
        """What waits; where the index is damaged, what is said of the damage mends this too."""
        if not self.waiting or (self.index and not self.generation):
            return ""
        return f", {self.waiting:,} not indexed yet" + ("" if self.index else " ('concord index')")

    def to_json(self) -> dict[str, Any]:
        """The JSON of ``concord check --json``."""
        return {
            "sound": self.sound,
            "documents": self.documents,
            "archive": [asdict(problem) for problem in self.archive],
            "generation": self.generation,
            "index": [asdict(problem) for problem in self.index],
            "waiting": self.waiting,
            "left_over": self.left_over,
            "repaired": list(self.repaired),
        }


def _verdict(problems: tuple[Problem, ...]) -> str:
    return "damaged" if problems else "sound"


def check(config: ConfigFile, *, repair: bool = False, progress: Progress = silent) -> CheckReport:
    """Read all of the archive and the index; with ``repair`` mend the index, then check again.

    Raises ``ConfigError``; with ``repair`` also what ``update_index`` raises.
    """
    checker = _Checker(config, progress)
    report = checker.report()
    if not repair:
        return report
    repaired = tuple(checker.repair(report))
    return replace(checker.report(), repaired=repaired) if repaired else report


class _Checker:
    def __init__(self, config: ConfigFile, progress: Progress) -> None:
        self._config = config
        self._progress = progress
        self._path = load_settings(config).archive_path
        self._store = GenerationStore(load_index_settings(config).path)

    def report(self) -> CheckReport:
        """Check both, and hold the one against the other, as of one moment of the archive."""
        try:
            with Archive.open(self._path) as archive, archive.snapshot():
                return self._with_archive(archive)
        except ArchiveMissing:
            missing = Problem(str(self._path), "not there, but an index of it is", _RESTORE)
            return self._without_archive([missing] if self._is_built() else [])
        except ArchiveError as error:
            what, _, todo = error.reason.partition(": ")
            return self._without_archive([Problem(str(self._path), what, todo or _RESTORE)])

    def repair(self, report: CheckReport) -> Iterator[str]:
        """Mend what can be mended, and tell it a line each."""
        if report.index and report.archive:
            yield "the index was left as it is: the archive that it would be built from is damaged"
        elif report.index:
            built = update_index(self._config, rebuild=True, progress=self._progress)
            yield f"the index was repaired: {counted(built.indexed, 'document')} indexed anew: {built.generation}"
        elif report.left_over:
            with self._store.writing():
                count = self._store.sweep()
                yield f"{count:,} unfinished build{' was' if count == 1 else 's were'} cleared away"
        if report.archive:
            yield "the archive was left as it is: it can't be mended from anything else"

    def _is_built(self) -> bool:
        return self._store.stamp() is not None or bool(self._store.finished())

    def _with_archive(self, archive: Archive) -> CheckReport:
        with self._progress("Checking the archive", None) as count:
            broken = tuple(Problem(str(self._path), line, _RESTORE) for line in archive.check())
            count(archive.count_documents())
        with self._progress("Checking the index", None) as count:
            generation, problems = self._index(None if broken else archive)
            count(generation.manifest.documents if generation else 0)
        waiting = self._waiting(archive, generation)
        left_over = len(self._store.left_over())
        name = generation.name if generation else None
        return CheckReport(archive.count_documents(), broken, name, tuple(problems), waiting, left_over)

    def _without_archive(self, broken: list[Problem]) -> CheckReport:
        generation, problems = self._index(None)
        name = generation.name if generation else None
        return CheckReport(0, tuple(broken), name, tuple(problems), 0, len(self._store.left_over()))

    @staticmethod
    def _waiting(archive: Archive, generation: Generation | None) -> int:
        since = generation.manifest.change if generation else 0
        return sum(document.change > since for document in archive.identities())

    def _index(self, archive: Archive | None) -> tuple[Generation | None, list[Problem]]:
        """The current generation, ``None`` where there is none to read, and what is wrong with it."""
        try:
            generation = self._store.current()
        except IndexMissing:
            return None, []
        except IndexDamaged as error:
            return None, [Problem(str(error.path), error.reason, _REBUILD)]
        except IndexIncompatible as error:
            what = f"written in format {error.found}, this version of Concord reads format {error.expected}"
            return None, [Problem(str(error.path), what, _REBUILD)]
        files = [_broken(generation.folder / each.name, each.what) for each in generation.damage(read=True)]
        return generation, files or [*_within_files(generation), *self._content(generation, archive)]

    def _content(self, generation: Generation, archive: Archive | None) -> Iterator[Problem]:
        """What is wrong inside of files that are as they were written."""
        where = str(generation.folder)
        try:
            with closing(WhooshEngine(generation.folder)) as engine:
                indexed = engine.versions()
                rows = sum(source.documents for source in engine.sources())
        except IndexDamaged as error:
            yield Problem(where, error.reason, _REBUILD)
            return
        if not rows == len(indexed) == generation.manifest.documents:
            what = f"{rows:,} documents of {len(indexed):,} ids where {generation.manifest.documents:,} were written"
            yield Problem(where, what, _REBUILD)
        unreadable = [document_id for document_id, version in indexed.items() if version is None]
        yield from _problem(where, "can't be read back", unreadable)
        if archive is not None:
            yield from _agreement(generation, indexed, archive)


def _broken(file: Path, what: str) -> Problem:
    """A file that isn't as it was published, with the place where it is broken, if it says one."""
    inside = damage_of(file) if file.suffix == EXTENSION and file.exists() else None
    return Problem(str(file), f"{what}: {inside}" if inside else what, _REBUILD)


def _within_files(generation: Generation) -> Iterator[Problem]:
    """What doesn't fit together in files that are as they were published."""
    for name in sorted(generation.manifest.files):
        inside = damage_of(generation.folder / name) if name.endswith(EXTENSION) else None
        if inside:
            yield Problem(str(generation.folder / name), inside, _REBUILD)


def _agreement(generation: Generation, indexed: dict[str, int | None], archive: Archive) -> Iterator[Problem]:
    """Where the index and the archive differ in what both should have; what changed since only waits."""
    where, manifest = str(generation.folder), generation.manifest
    if manifest.archive != archive.id:
        yield Problem(where, "built from another archive", _UPDATE)
        return
    if manifest.change > archive.last_change():
        yield Problem(where, "newer than the archive, which may be an older backup", _UPDATE)
        return
    documents = {document.id: document for document in archive.identities()}
    settled = [document for document in documents.values() if document.change <= manifest.change]
    yield from _problem(where, "missing", [each.id for each in settled if each.id not in indexed])
    other = [each.id for each in settled if indexed.get(each.id) not in (None, each.version)]
    yield from _problem(where, "in another version than the current one", other)
    yield from _problem(where, "not in the archive any more", sorted(indexed.keys() - documents.keys()), _UPDATE)


def _problem(where: str, what: str, ids: list[str], todo: str = _REBUILD) -> Iterator[Problem]:
    if ids:
        named = ", ".join(ids[:_NAMED]) + (", …" if len(ids) > _NAMED else "")
        yield Problem(where, f"{counted(len(ids), 'document')} {what} ({named})", todo)
