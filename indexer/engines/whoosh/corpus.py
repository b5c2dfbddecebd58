"""The texts of a generation: its documents' words by number, and the versions that aren't current."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from indexer.engines.whoosh.schema import UNDATED
from indexer.engines.whoosh.table import DocumentTable, Row
from indexer.engines.whoosh.texts import PastTexts, Texts, read_past, read_texts
from indexer.engines.whoosh.wordlist import WordList

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from whoosh.reading import IndexReader


class Corpus:
    """The texts of all documents of a generation, read when first needed; ``rows`` are in the same order."""

    def __init__(self, folder: Path, reader: IndexReader, table: DocumentTable) -> None:
        self._folder = folder
        self._reader = reader
        self.rows: Sequence[Row] = list(table.rows.values())
        self.numbers = np.fromiter(table.rows, np.intp, len(table.rows))
        self.places = {row.number: place for place, row in enumerate(self.rows)}

    @cached_property
    def words(self) -> WordList:
        """The words by number."""
        return WordList.read(self._folder)

    @cached_property
    def texts(self) -> Texts:
        """The current texts."""
        return read_texts(self._reader, list(self.places))

    @cached_property
    def past(self) -> PastTexts:
        """All versions of the documents that have several."""
        return read_past(self._reader, list(self.places), self.texts)

    @cached_property
    def past_passages(self) -> list[frozenset[int]]:
        """The passages of each of the past texts, as hashes of their words, in whatever language they are read.

        Passages without a word are left out.
        """
        past, folded = self.past.texts, self.words.exact
        return [
            frozenset(hash(folded[part].tobytes()) for part in past.by_passage(at) if len(part))
            for at in range(len(past))
        ]

    @cached_property
    def word_counts(self) -> NDArray[np.intp]:
        """How often each word stands in all texts."""
        return np.bincount(self.texts.words, minlength=len(self.words))

    @cached_property
    def by_date(self) -> NDArray[np.intp]:
        """The rank of each document in the order of dates: the undated last, ties by id."""
        ids = [row.id for row in self.rows]
        by_id = np.array(sorted(range(len(ids)), key=ids.__getitem__), np.intp)
        days = np.array([row.first for row in self.rows], np.intp)[by_id]
        ranks = np.empty(len(ids), np.intp)
        ranks[by_id[np.lexsort((days, days == UNDATED))]] = np.arange(len(ids))
        return ranks
