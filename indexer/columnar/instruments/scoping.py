"""Which documents the instruments look at, and where their hits are: one scope over all texts."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from indexer.columnar.executor.stretches import Stretches, merged
from indexer.columnar.filtering import passing
from indexer.columnar.search import Search, Sources
from indexer.engines.protocol import Plan, Scope
from indexer.query.nodes import Node, is_sentence
from indexer.query.population import population
from indexer.query.telling import telling_leaves
from indexer.results import Sort

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]

_FEW = 8  # where fewer than one document in so many is chosen, hits are looked for in these only


class Scoping:
    """A scope over the documents of a generation; masks have a value a document, deleted ones never among them."""

    def __init__(self, scope: Scope, sources: Sources) -> None:
        self._scope = scope
        self._documents = sources.documents
        self._search = Search(Plan(scope.tree, scope.filters, Sort.RELEVANCE, 0, 0), sources)

    @cached_property
    def chosen(self) -> Mask:
        """The documents that the query holds for in full, within the filters."""
        return self._holding(self._scope.tree)

    def population(self) -> Mask:
        """The documents within the filters and the conditions of the query that aren't words."""
        return self._holding(population(self._scope.tree))

    def hits(self) -> Stretches:
        """Where the telling leaves stand in passages of documents, those that are chosen among them."""
        tree = self._scope.tree
        sentence = is_sentence(tree)
        leaves = telling_leaves(tree, self._search.weights(tree) if sentence else {}, sentence=sentence)
        chosen = np.flatnonzero(self.chosen)
        within = chosen if len(chosen) * _FEW < self._documents.size else None
        telling = dict.fromkeys(leaf for leaf, titles in leaves if not titles)
        return merged([self._search.leaves.stretches("body", leaf, within) for leaf in telling])

    def _holding(self, tree: Node) -> Mask:
        found = self._search.matches(tree).mask(self._documents.size)
        within = passing(self._documents, self._scope.filters)
        return found if within is None else found & within
