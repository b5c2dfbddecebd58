"""The versions of a document, as the archive has them."""

from __future__ import annotations

from crawler import Archive, ConfigFile, Document, load_settings
from indexer.history.timeline import Stay, check_version, stays
from indexer.marking import mark_passages
from indexer.results import DocumentView, Passage


def read_version(config: ConfigFile, document_id: str, version: int) -> DocumentView:
    """One version to read, without domains and near copies, which are those of the text in the index.

    Raises ``UnknownDocumentId``, ``UnknownVersion``, ``ConfigError`` or ``ArchiveError``.
    """
    settings = load_settings(config)
    with Archive.open(settings.archive_path) as archive:
        check_version(document_id, version, [each.version for each in archive.versions(document_id)])
        document = archive.document(document_id, version)
    labels = {source.name: source.label for source in settings.sources}
    return _view(document, labels.get(document.source, document.source))


def _view(document: Document, source_label: str) -> DocumentView:
    title, *passages = mark_passages([document.title, *document.paragraphs], document.language, [], {})
    return DocumentView(
        id=document.id,
        url=document.url,
        title=document.title,
        title_html=title.html(),
        source=document.source,
        source_label=source_label,
        date=str(document.date) if document.date else None,
        date_precision=document.date.precision.value if document.date else None,
        date_basis=document.date.basis.value if document.date else None,
        language=document.language,
        version=document.version,
        captured_at=document.captured_at,
        passages=tuple(Passage(number, passage.html(), 0) for number, passage in enumerate(passages, 1)),
        domains=(),
    )


def read_stays(config: ConfigFile, document_id: str) -> tuple[Stay, ...]:
    """When which version was there, in the order of time; raises as :func:`read_version` does."""
    with Archive.open(load_settings(config).archive_path) as archive:
        return stays(archive, document_id)
