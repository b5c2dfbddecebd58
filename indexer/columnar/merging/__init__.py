"""Several segments become one: without the documents that are deleted, and with a bound on memory."""

from indexer.columnar.merging.merge import merge
from indexer.columnar.merging.policy import to_merge

__all__ = ["merge", "to_merge"]
