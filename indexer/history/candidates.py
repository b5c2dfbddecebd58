"""Which documents are worth reading for a phrase: those that the index knows to have had it, and what it can't know."""

from __future__ import annotations

from contextlib import closing

from crawler import Archive, ConfigFile, load_settings
from indexer.collection import Collection
from indexer.errors import IndexDamaged, IndexIncompatible, IndexMissing
from indexer.generations import GenerationStore
from indexer.history.phrase import WrittenPhrase
from indexer.history.trace import Trace, trace
from indexer.results import SearchRequest
from indexer.settings import load_index_settings


def trace_phrase(config: ConfigFile, text: str, source: str | None = None) -> Trace:
    """Follow a phrase through the archive that ``config`` names, with the help of its index where there is one.

    The answer is that of the archive, however far the index is behind. Raises ``NotAPhrase``, ``PhraseNeverFound``,
    ``UnknownValue``, ``ArchiveError``, ``ConfigError``.
    """
    settings = load_settings(config)
    phrase = WrittenPhrase(text)
    with Archive.open(settings.archive_path) as archive, archive.snapshot():
        return trace(
            archive,
            phrase,
            source=source,
            known_sources=[each.name for each in settings.sources],
            candidates=candidates(config, archive, phrase),
        )


def candidates(config: ConfigFile, archive: Archive, phrase: WrittenPhrase) -> set[str] | None:
    """Ids outside of which no version has the phrase; ``None`` where there is no index to tell.

    The index has the passages of all versions and the titles of the current ones, as of the change that it was built
    at: documents that changed since, and those that had another title, are always among them.
    """
    if phrase.has_patterns:
        return None
    try:
        # Read before the collection is opened, which may then be newer: more changes are looked at than need be.
        manifest = GenerationStore(load_index_settings(config).path).current().manifest
        if manifest.archive != archive.id or manifest.change > archive.last_change():
            return None
        with closing(Collection.open(config)) as collection:
            in_passages = collection.ever_with(phrase.leaf)
            titles = SearchRequest(f'title:"{phrase.text}"', limit=max(1, manifest.documents), fold=False)
            in_titles = [document_id for document_id, _ in collection.ranking(titles)]
    except (IndexMissing, IndexDamaged, IndexIncompatible):
        return None
    changed = (each.id for each in archive.identities() if each.change > manifest.change)
    return {*in_passages, *in_titles, *changed, *archive.retitled_documents()}
