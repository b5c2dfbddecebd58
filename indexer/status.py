"""What is in the archive and in the index, and whether the one is up to date with the other."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from crawler import Archive, ArchiveMissing, ConcordError, ConfigFile, SourceRecord, load_settings
from indexer.errors import IndexerError
from indexer.generations import GenerationStore
from indexer.settings import load_index_settings


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """The generation being served. ``waiting``: changes of the archive that it does not have yet."""

    generation: str
    built_at: str
    documents: int
    bytes: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Status:
    """``index`` is ``None`` where there is none that can be read; ``problem`` then says why.

    ``stories`` are the documents that are no near copies of another one.
    """

    sources: tuple[SourceRecord, ...]
    stories: int
    index: IndexStatus | None
    problem: str | None

    @property
    def documents(self) -> int:
        """Documents in the archive."""
        return sum(source.documents for source in self.sources)

    def to_json(self) -> dict[str, Any]:
        """The JSON of ``concord status --json``; counts are of the archive but for ``index``."""
        return {
            "captures": sum(source.captures for source in self.sources),
            "documents": self.documents,
            "stories": self.stories,
            "versions": sum(source.versions for source in self.sources),
            "undated": sum(source.undated for source in self.sources),
            "sources": [
                asdict(source) | {"last_captured_at": source.last_captured_at.isoformat(timespec="seconds")}
                for source in self.sources
            ],
            "index": asdict(self.index) if self.index else None,
            "problem": self.problem,
        }


def count_waiting(config: ConfigFile) -> int:
    """How many changes the archive has that the index doesn't; 0 where that can't be told."""
    try:
        manifest = GenerationStore(load_index_settings(config).path).current().manifest
        with Archive.open(load_settings(config).archive_path) as archive:
            return _waiting(archive.last_change(), manifest.change) if archive.id == manifest.archive else 0
    except ConcordError:
        return 0


def _waiting(last_change: int, indexed: int) -> int:
    return max(0, last_change - indexed)


def collect_status(config: ConfigFile) -> Status:
    """Read the archive's and the index's counts; raises ``ConfigError`` or ``ArchiveError``."""
    sources: tuple[SourceRecord, ...] = ()
    last_change = stories = 0
    try:
        with Archive.open(load_settings(config).archive_path) as archive:
            sources, stories, last_change = archive.coverage(), archive.count_stories(), archive.last_change()
    except ArchiveMissing:
        pass
    store = GenerationStore(load_index_settings(config).path)
    try:
        generation = store.current()
    except IndexerError as error:
        return Status(sources, stories, None, str(error))
    manifest = generation.manifest
    waiting = _waiting(last_change, manifest.change)
    index = IndexStatus(generation.name, manifest.built_at, manifest.documents, store.size(generation), waiting)
    return Status(sources, stories, index, None)
