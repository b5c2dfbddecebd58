"""The texts of a generation: its documents' words by number, and the versions that aren't current."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from indexer.columnar.documents import Documents
from indexer.columnar.generation import Generation
from indexer.columnar.instruments.texts import PastTexts, Texts, read_past, read_texts
from indexer.columnar.instruments.wordlist import WordList

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]
    Numbers = NDArray[np.intp]

_COUNTED = 1 << 21  # words counted at a time: counting takes eight bytes for each


class Corpus:
    """The texts of all documents, read when first needed: text ``n`` is that of document ``n``, deleted ones too."""

    def __init__(self, generation: Generation, documents: Documents) -> None:
        self.generation = generation
        self.documents = documents

    @cached_property
    def words(self) -> WordList:
        """The words by number."""
        return WordList(self.generation)

    @cached_property
    def texts(self) -> Texts:
        """The current texts."""
        return read_texts(self.generation, self.words)

    @cached_property
    def past(self) -> PastTexts:
        """All versions of the documents that have several."""
        return read_past(self.generation, self.words, self.texts)

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
    def live(self) -> Mask:
        """Which documents aren't deleted."""
        live = self.generation.live
        return np.ones(self.generation.size, np.bool_) if live is None else live

    def word_counts(self, documents: Mask) -> Numbers:
        """How often each word stands in some documents, none of them deleted; of most, by those that are left out."""
        others = self.live & ~documents
        if not others.any():
            return self._word_counts
        lengths = self.texts.lengths
        if lengths[others].sum() < lengths[documents].sum():
            return self._word_counts - self._counted(others)
        return self._counted(documents)

    @cached_property
    def _word_counts(self) -> Numbers:
        return self._counted(self.live)

    def _counted(self, documents: Mask) -> Numbers:
        words = self.texts.words
        if not documents.all():
            words = words[np.repeat(documents, self.texts.lengths)]
        counts = np.zeros(len(self.words), np.intp)
        for first in range(0, len(words), _COUNTED):
            counts += np.bincount(words[first : first + _COUNTED], minlength=len(counts))
        return counts
