"""The sources as people meet them: listed, looked at, added to and removed from ``config.toml``."""

from crawler.sources.status import SourceStatus, as_table, list_sources

__all__ = ["SourceStatus", "as_table", "list_sources"]
