"""Where the leaves of a query stand in texts that have no postings: past versions. All their words are looked at.

The same answers as :meth:`indexer.columnar.executor.leaves.Leaves.stretches` gives of current texts.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from indexer.analysis import characters
from indexer.columnar.executor.leaves import Leaves
from indexer.columnar.executor.stretches import NONE, Stretches, chain, near, single, tightest, window
from indexer.columnar.instruments.texts import Texts
from indexer.columnar.instruments.wordlist import WordList
from indexer.query.nodes import Either, Element, Exact, Fuzzy, Near, Phrase, Wildcard, Window, Word

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Finds leaves in ``texts``; ``leaves`` tell what words and patterns stand for."""

    texts: Texts
    words: WordList
    leaves: Leaves

    def stretches(self, element: Element) -> Stretches:
        """Where an element stands."""
        starts = self.texts.starts
        match element:
            case Word(text):
                chars = characters(text)
                if chars is None:
                    return self._words(self.words.with_family(self.leaves.families(element)))
                return chain([self._words(self.words.with_form((char,))) for char in chars], starts)
            case Exact(text):
                return self._words(self.words.with_form((text,)))
            case Wildcard() | Fuzzy():
                return self._words(self.words.with_form(self.leaves.expand(element)))
            case Phrase(elements):
                return chain([self.stretches(inner) for inner in elements], starts)
            case Either(elements):
                return tightest([self.stretches(inner) for inner in elements])
            case Window(elements, distance):
                parts = {inner: self.stretches(inner) for inner in elements}
                return window(parts, Counter(elements), distance, starts)
            case Near(left, right, distance):
                return near(self.stretches(left), self.stretches(right), distance, starts)

    def _words(self, wanted: NDArray[np.bool_]) -> Stretches:
        return single(np.flatnonzero(wanted.take(self.texts.words))) if wanted.any() else NONE
