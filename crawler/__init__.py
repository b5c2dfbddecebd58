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
    FetchError,
    LoadError,
    UnknownDocumentId,
    UnknownSource,
)
from crawler.extract.canonical import page_key
from crawler.extract.credit import read_credit
from crawler.extract.language import detect as detect_language
from crawler.loaders import LoadReport, load, load_sources, read_corpus, read_lines, read_records
from crawler.settings import CrawlerSettings, load_settings
from crawler.source import LOCAL, FetchedSource, LocalSource, Source, SourceKind, SourceRole

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
    "FetchError",
    "FetchedSource",
    "LoadError",
    "LoadReport",
    "LocalSource",
    "Outcome",
    "Presence",
    "PublicationDate",
    "Record",
    "Settings",
    "Source",
    "SourceKind",
    "SourceRecord",
    "SourceRole",
    "UnknownDocumentId",
    "UnknownSource",
    "detect_language",
    "load",
    "load_settings",
    "load_sources",
    "page_key",
    "read_corpus",
    "read_credit",
    "read_lines",
    "read_records",
]
