"""Everything that knows about arrays: files of columns, the Whoosh codec over them, writing, merging, searching."""

from indexer.columnar.codec.toc import unreadable
from indexer.columnar.errors import told
from indexer.columnar.reader import Reader
from indexer.columnar.segment import EXTENSION
from indexer.columnar.verifying import damage_of
from indexer.columnar.writer import ColumnarWriter

__all__ = ["EXTENSION", "ColumnarWriter", "Reader", "damage_of", "told", "unreadable"]
