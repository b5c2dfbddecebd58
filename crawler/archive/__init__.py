"""The archive: one SQLite file with every capture, document and version. The index can always be rebuilt from it."""

from crawler.archive.archive import Archive
from crawler.archive.records import Capture, Outcome, Presence, Record, Sighting, SourceRecord

__all__ = ["Archive", "Capture", "Outcome", "Presence", "Record", "Sighting", "SourceRecord"]
