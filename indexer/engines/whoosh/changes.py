"""Which documents changed between two captures so that a query holds for the later one only, or the earlier one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from indexer.engines.whoosh.corpus import Corpus
from indexer.engines.whoosh.holding import holds
from indexer.engines.whoosh.occurrences import Occurrences
from indexer.engines.whoosh.postings import Postings
from indexer.query.nodes import Change, Changed, Everything, Leaf, Node

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indexer.engines.whoosh.evaluate import Matches


class Documents(Protocol):
    """Says which documents something holds for, as they are today."""

    def matches(self, node: Node) -> Matches:
        """The documents that ``node`` holds for."""


class Changes:
    """The versions of a corpus; ``documents`` answers what doesn't depend on their text (source, date, title)."""

    def __init__(self, corpus: Corpus, postings: Postings, documents: Documents) -> None:
        self._corpus = corpus
        self._documents = documents
        self._past = corpus.past
        self._occurrences = Occurrences(self._past.texts, corpus.words, postings)

    def numbers(self, changed: Changed) -> list[int]:
        """The documents of the index for which ``changed`` holds."""
        past = self._past
        before, after = past.order[past.steps], past.order[past.steps + 1]
        if isinstance(changed.child, Everything):
            steps = self._with_other_passages(before, after, changed.kind)
        else:
            fits = holds(changed.child, self._with_leaf, self._as_today)
            steps = fits[after] & ~fits[before] if changed.kind is Change.ADDED else fits[before] & ~fits[after]
        places = np.unique(past.owners[before[steps]])
        numbers: list[int] = self._corpus.numbers[places].tolist()
        return numbers

    def _with_other_passages(
        self, before: NDArray[np.intp], after: NDArray[np.intp], kind: Change
    ) -> NDArray[np.bool_]:
        """Which steps have a passage on one side that the other side lacks."""
        passages = self._corpus.past_passages
        one, other = (after, before) if kind is Change.ADDED else (before, after)
        pairs = zip(one.tolist(), other.tolist(), strict=True)
        return np.fromiter((bool(passages[here] - passages[there]) for here, there in pairs), np.bool_, len(one))

    def _with_leaf(self, leaf: Leaf) -> NDArray[np.bool_]:
        """Which versions have a leaf in a passage."""
        mask = np.zeros(len(self._past.texts), np.bool_)
        mask[self._past.texts.text_of(self._occurrences.stretches(leaf).firsts)] = True
        return mask

    def _as_today(self, node: Node) -> NDArray[np.bool_]:
        """For which versions something holds that is asked of the document."""
        return self._documents.matches(node).found[self._corpus.numbers[self._past.owners]]
