"""Which documents the instruments look at, and where their hits are: one scope, over the arrays of all texts."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from indexer.engines.protocol import Plan, Scope
from indexer.engines.whoosh.holding import holds
from indexer.engines.whoosh.occurrences import Occurrences, Stretches, merged
from indexer.engines.whoosh.searching import Search, Sources
from indexer.engines.whoosh.select import passes
from indexer.query.nodes import Everything, Leaf, Node, is_sentence
from indexer.query.population import population
from indexer.query.telling import telling_leaves
from indexer.results import Sort

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Scoping:
    """A scope over the documents of a corpus; masks have a value a document, in the order of the corpus."""

    def __init__(self, scope: Scope, sources: Sources) -> None:
        self._scope = scope
        self._corpus = sources.corpus
        self._search = Search(Plan(scope.tree, scope.filters, Sort.RELEVANCE, 0, 0), sources)
        self._occurrences = Occurrences(self._corpus.texts, self._corpus.words, self._search.postings)
        self._found: dict[Leaf, Stretches] = {}

    def chosen(self) -> NDArray[np.bool_]:
        """The documents that the query holds for in full, within the filters."""
        return self._documents(self._scope.tree)

    def population(self) -> NDArray[np.bool_]:
        """The documents within the filters and the conditions of the query that aren't words."""
        return self._documents(population(self._scope.tree))

    def hits(self) -> Stretches:
        """Where the telling leaves stand in passages, in whatever document."""
        tree = self._scope.tree
        sentence = is_sentence(tree)
        leaves = telling_leaves(tree, self._search.weights(tree) if sentence else {}, sentence=sentence)
        return merged([self._stretches(leaf) for leaf in dict.fromkeys(leaf for leaf, titles in leaves if not titles)])

    def _documents(self, tree: Node) -> NDArray[np.bool_]:
        return holds(tree, self._with_leaf, self._as_searched) & self._within_filters

    @cached_property
    def _within_filters(self) -> NDArray[np.bool_]:
        fits, rows = passes(self._scope.filters), self._corpus.rows
        return np.fromiter(map(fits, rows), np.bool_, len(rows)) if fits else np.ones(len(rows), np.bool_)

    def _stretches(self, leaf: Leaf) -> Stretches:
        if leaf not in self._found:
            self._found[leaf] = self._occurrences.stretches(leaf)
        return self._found[leaf]

    def _with_leaf(self, leaf: Leaf) -> NDArray[np.bool_]:
        """The documents with a leaf in a passage or in the title, which isn't among the texts."""
        mask = np.zeros(len(self._corpus.rows), np.bool_)
        mask[self._corpus.texts.text_of(self._stretches(leaf).firsts)] = True
        others = self._search.postings.within(self._corpus.numbers[~mask].tolist())
        mask[[self._corpus.places[number] for number in others.frequencies("title", leaf)]] = True
        return mask

    def _as_searched(self, node: Node) -> NDArray[np.bool_]:
        if isinstance(node, Everything):
            return np.ones(len(self._corpus.rows), np.bool_)
        return self._search.matches(node).found[self._corpus.numbers]
