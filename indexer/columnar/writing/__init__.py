"""From documents to a segment: collected with little done per word, computed as whole arrays when it is written."""

from indexer.columnar.writing.builder import SegmentBuilder, write_segment

__all__ = ["SegmentBuilder", "write_segment"]
