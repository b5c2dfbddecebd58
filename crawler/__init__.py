"""Sources, captures, documents and the archive that keeps them."""

from crawler.archive import Archive, Capture, Outcome, Presence, Record, SourceRecord
from crawler.config import ConfigFile, Settings
from crawler.document import DateBasis, DatePrecision, Document, PublicationDate
from crawler.errors import (
    ArchiveError,
    ArchiveMissing,
    ConcordError,
    ConfigError,
    CrawlerError,
    DuplicateDocument,
    LoadError,
    UnknownDocumentId,
    UnknownSource,
)
from crawler.loaders import LoadReport, load, load_sources
from crawler.settings import LOCAL, CrawlerSettings, Source, SourceKind, load_settings

__all__ = [
    "LOCAL",
    "Archive",
    "ArchiveError",
    "ArchiveMissing",
    "Capture",
    "ConcordError",
    "ConfigError",
    "ConfigFile",
    "CrawlerError",
    "CrawlerSettings",
    "DateBasis",
    "DatePrecision",
    "Document",
    "DuplicateDocument",
    "LoadError",
    "LoadReport",
    "Outcome",
    "Presence",
    "PublicationDate",
    "Record",
    "Settings",
    "Source",
    "SourceKind",
    "SourceRecord",
    "UnknownDocumentId",
    "UnknownSource",
    "load",
    "load_settings",
    "load_sources",
]
