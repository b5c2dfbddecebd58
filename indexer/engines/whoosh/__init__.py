"""The embedded engine: a Whoosh index a generation, in files of columns."""

from indexer.columnar import ColumnarWriter as WhooshWriter
from indexer.engines.whoosh.engine import WhooshEngine

__all__ = ["WhooshEngine", "WhooshWriter"]
