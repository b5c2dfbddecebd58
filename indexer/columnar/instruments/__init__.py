"""Concordance, collocates, trends and changes: what is read from the texts of a generation word by word."""

from indexer.columnar.instruments.changes import Changes
from indexer.columnar.instruments.corpus import Corpus
from indexer.columnar.instruments.instruments import Instruments

__all__ = ["Changes", "Corpus", "Instruments"]
