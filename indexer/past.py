"""What an index holds of the versions of a document that aren't current."""

from __future__ import annotations

from itertools import groupby

from crawler import Archive, Document
from indexer.analysis import UNKNOWN
from indexer.engines.protocol import History, PastVersion
from indexer.languages import passage_languages


def read_history(archive: Archive, document: Document) -> History:
    """The versions of a document in the order of its captures, with the text of the past ones."""
    order = tuple(version for version, _ in groupby(each.version for each in archive.sightings(document.id)))
    past = (version for version in archive.versions(document.id) if version.version != document.version)
    return History(order, tuple(map(_past, past)))


def _past(version: Document) -> PastVersion:
    return PastVersion(version.version, version.paragraphs, _languages(version))


def _languages(version: Document) -> tuple[str, ...]:
    return passage_languages(version) or (version.language or UNKNOWN,) * len(version.paragraphs)
