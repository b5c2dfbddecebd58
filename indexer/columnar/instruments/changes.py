"""Which documents changed between two captures so that a query holds for the later one only, or the earlier one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from indexer.columnar.executor.evaluate import Evaluator
from indexer.columnar.instruments.corpus import Corpus
from indexer.columnar.instruments.holding import holds
from indexer.columnar.instruments.occurrences import Occurrences
from indexer.query.nodes import Change, Changed, Everything, Leaf, Node

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]
    Numbers = NDArray[np.intp]


class Changes:
    """The versions of a corpus; ``evaluator`` answers what doesn't depend on their text (source, date, title)."""

    def __init__(self, corpus: Corpus, evaluator: Evaluator) -> None:
        self._corpus = corpus
        self._evaluator = evaluator
        self._past = corpus.past
        self._occurrences = Occurrences(self._past.texts, corpus.words, evaluator.leaves)

    def documents(self, changed: Changed) -> Numbers:
        """The documents for which ``changed`` holds, in order."""
        past = self._past
        before, after = past.order[past.steps], past.order[past.steps + 1]
        if isinstance(changed.child, Everything):
            steps = self._with_other_passages(before, after, changed.kind)
        else:
            fits = holds(changed.child, self._with_leaf, self._as_today)
            steps = fits[after] & ~fits[before] if changed.kind is Change.ADDED else fits[before] & ~fits[after]
        return np.unique(past.owners[before[steps]])

    def _with_other_passages(self, before: Numbers, after: Numbers, kind: Change) -> Mask:
        """Which steps have a passage on one side that the other side lacks."""
        passages = self._corpus.past_passages
        one, other = (after, before) if kind is Change.ADDED else (before, after)
        pairs = zip(one.tolist(), other.tolist(), strict=True)
        return np.fromiter((bool(passages[here] - passages[there]) for here, there in pairs), np.bool_, len(one))

    def _with_leaf(self, leaf: Leaf) -> Mask:
        """Which versions have a leaf in a passage."""
        mask = np.zeros(len(self._past.texts), np.bool_)
        mask[self._past.texts.text_of(self._occurrences.stretches(leaf).firsts)] = True
        return mask

    def _as_today(self, node: Node) -> Mask:
        """For which versions something holds that is asked of the document."""
        return self._evaluator.matches(node).mask(self._corpus.generation.size)[self._past.owners]
