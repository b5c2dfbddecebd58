"""Bringing the index up to date with the archive: only what changed, or everything anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from crawler import Archive, ConfigFile, Document, load_settings
from indexer.columnar import unreadable
from indexer.domains import Taxonomy
from indexer.engines.protocol import BuildLimits, EngineWriter
from indexer.engines.whoosh import WhooshWriter
from indexer.errors import IndexDamaged, IndexerError, IndexIncompatible, IndexMissing
from indexer.generations import Generation, GenerationStore, new_manifest
from indexer.labels import Labels
from indexer.past import read_history
from indexer.settings import load_index_settings

Progress = Callable[[str, int | None], AbstractContextManager[Callable[[int], None]]]
"""Takes a description and a total; gives, while entered, a function to tell of each step done."""

ENGINE = "whoosh"


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What an index run did. ``reason`` tells why everything was indexed anew, ``None`` where it was not.

    ``removed``: documents that were in the index and are not in the archive any more.
    """

    generation: str
    indexed: int
    documents: int
    reason: str | None
    removed: int = 0

    def summary(self) -> str:
        """One line for people."""
        if self.reason is not None:
            return f"{self.documents:,} documents indexed anew ({self.reason}): {self.generation}"
        if not self.indexed and not self.removed:
            return f"the index is up to date: {self.documents:,} documents, {self.generation}"
        removed = f", {self.removed:,} removed" if self.removed else ""
        return (
            f"{self.indexed:,} new or changed documents indexed{removed}, {self.documents:,} in all: {self.generation}"
        )

    def to_json(self) -> dict[str, Any]:
        """The fields by name."""
        return asdict(self)


@contextmanager
def silent(_description: str, _total: int | None) -> Iterator[Callable[[int], None]]:
    """Progress that nobody watches."""
    yield lambda _: None


def update_index(config: ConfigFile, *, rebuild: bool = False, progress: Progress = silent) -> IndexReport:
    """Index what changed in the archive since the current generation; all of it with ``rebuild`` or where need be.

    The generation being served stays as it is until the new one is complete. Raises ``ArchiveError``,
    ``TaxonomyError``, ``IndexLocked`` or ``ConfigError``.
    """
    settings = load_index_settings(config)
    taxonomy = Taxonomy.load(settings.taxonomy)
    store = GenerationStore(settings.path)
    crawler = load_settings(config)
    labels = Labels(taxonomy, crawler.sources)
    with Archive.open(crawler.archive_path) as archive, _disk_errors(store.path), store.writing(), archive.snapshot():
        run = _Run(store, archive, labels, progress, settings.limits)
        basis, reason = _basis(store, archive, labels, rebuild=rebuild)
        try:
            return run.run(basis, reason)
        except IndexDamaged as error:
            # Whoosh stumbled over a file of the basis; what is built from nothing has none.
            return run.run(None, _damaged(error.reason))


@contextmanager
def _disk_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise IndexerError(
            f"index {path}: could not be written: {error}; the generation that was served is untouched "
            "(where there is room on the disk, 'concord index --rebuild' starts afresh)"
        ) from error


def _basis(
    store: GenerationStore, archive: Archive, labels: Labels, *, rebuild: bool
) -> tuple[Generation | None, str | None]:
    """The generation to update, or ``None`` and why there is none."""
    if rebuild:
        return None, "asked for"
    try:
        generation = store.current()
    except IndexMissing:
        return None, "first time"
    except IndexIncompatible:
        return None, "the index was written by another version of Concord"
    except IndexDamaged as error:
        return None, _damaged(error.reason)
    manifest = generation.manifest
    checks = (
        (manifest.engine == ENGINE, "another engine is configured"),
        (manifest.archive == archive.id, "the archive is another one"),
        (manifest.change <= archive.last_change(), "the archive is older than the index"),
        (manifest.taxonomy == labels.digest, "the taxonomy of domains, or what a source says of them, changed"),
    )
    for holds, reason in checks:
        if not holds:
            return None, reason
    broken = generation.damage()
    if broken:
        return None, _damaged(f"{broken[0].name}: {broken[0].what}")
    what = unreadable(generation.folder)
    if what:
        return None, f"the index can't be read: {what}"
    return generation, None


def _damaged(reason: str) -> str:
    return f"the index was damaged: {reason}"


class _Run:
    def __init__(
        self, store: GenerationStore, archive: Archive, labels: Labels, progress: Progress, limits: BuildLimits
    ) -> None:
        self._limits = limits
        self._store = store
        self._archive = archive
        self._labels = labels
        self._progress = progress

    def run(self, basis: Generation | None, reason: str | None) -> IndexReport:
        since = basis.manifest.change if basis else 0
        until = self._archive.last_change()
        total = self._archive.count_documents()
        if basis is not None and (since, basis.manifest.documents) == (until, total):
            return IndexReport(basis.name, 0, total, None)
        folder = self._store.begin(basis)
        try:
            indexed, removed = self._write(folder, since, total, update=basis is not None)
            manifest = new_manifest(
                engine=ENGINE,
                archive=self._archive.id,
                change=until,
                taxonomy=self._labels.digest,
                documents=total,
            )
            generation = self._store.publish(folder, manifest, basis)
        except BaseException:
            self._store.discard(folder)
            raise
        return IndexReport(generation.name, indexed, total, reason, removed)

    def _write(self, folder: Path, since: int, total: int, *, update: bool) -> tuple[int, int]:
        """How many documents were indexed, and how many removed."""
        writer: EngineWriter = WhooshWriter(folder, update=update, limits=self._limits)
        changes = self._archive.changes(since)
        try:
            with self._progress("Indexing", None if update else total) as count, closing(changes):
                indexed = self._add(writer, changes, count)
            removed = 0 if writer.count == total else self._remove(writer)
            if writer.count != total:
                raise self._incomplete(writer.count, total, update=update)
        except BaseException:
            writer.cancel()
            raise
        writer.commit()
        return indexed, removed

    def _incomplete(self, count: int, total: int, *, update: bool) -> IndexerError:
        if update:
            return IndexDamaged(self._store.path, f"{count:,} documents where the archive has {total:,}")
        return IndexerError(
            f"archive {self._archive.path}: only {count:,} of its {total:,} documents can be read: "
            "'concord check' says what is broken; the generation that was served is untouched"
        )

    def _add(self, writer: EngineWriter, documents: Iterable[Document], count: Callable[[int], None]) -> int:
        changed = self._archive.documents_with_history()
        items = (
            (document, read_history(self._archive, document) if document.id in changed else None)
            for document in documents
        )
        return writer.add_all(items, self._labels.label, count)

    def _remove(self, writer: EngineWriter) -> int:
        """Take out what the archive doesn't have any more. Reads all ids: only where the numbers don't agree."""
        gone = writer.ids() - {document.id for document in self._archive.identities()}
        for document_id in sorted(gone):
            writer.remove(document_id)
        return len(gone)
