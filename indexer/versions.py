"""The versions of a document, as the archive has them."""

from __future__ import annotations

from crawler import Archive, ConfigFile, load_settings
from indexer.history.timeline import Stay, check_version, stays
from indexer.marking import mark_passages
from indexer.viewing import view_of
from indexer.views import DocumentView


def read_version(config: ConfigFile, document_id: str, version: int) -> DocumentView:
    """One version to read, without domains and near copies, which are those of the text in the index.

    Raises ``UnknownDocumentId``, ``UnknownVersion``, ``ConfigError`` or ``ArchiveError``.
    """
    settings = load_settings(config)
    with Archive.open(settings.archive_path) as archive:
        check_version(document_id, version, [each.version for each in archive.versions(document_id)])
        document = archive.document(document_id, version)
    labels = {source.name: source.label for source in settings.sources}
    title, *passages = mark_passages([document.title, *document.paragraphs], document.language, [], {})
    return view_of(document, labels.get(document.source, document.source), title, passages)


def read_stays(config: ConfigFile, document_id: str) -> tuple[Stay, ...]:
    """When which version was there, in the order of time; raises as :func:`read_version` does."""
    with Archive.open(load_settings(config).archive_path) as archive:
        return stays(archive, document_id)
