"""Evaluating a query tree: which documents match, with what score. Conditions that don't search for words score 0.

What is said twice counts once: the children of a node are taken as a set.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

import numpy as np

from indexer.columnar.executor.leaves import Leaves, added, looked_up
from indexer.columnar.executor.matches import Masked, Matches, all_of, any_of, scored, without
from indexer.columnar.executor.scoring import K1, Bm25f, saturated
from indexer.columnar.generation import NO_HITS, TEXTS, Generation, Hits
from indexer.query.nodes import (
    And,
    Changed,
    DateUnknown,
    DateWithin,
    Everything,
    Exact,
    FieldIs,
    InTitle,
    Leaf,
    Loose,
    Node,
    Not,
    Or,
    Required,
    Word,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.intp]
    Scores = NDArray[np.float64]


class Conditions(Protocol):
    """What isn't about words."""

    def condition(self, node: FieldIs | DateUnknown | DateWithin, *, undated_fit: bool = False) -> NDArray[np.bool_]:
        """Which documents it holds for; a value a document, deleted ones too."""


_START = re.compile(r",? start=\d+")  # where something stands in the query, in its ``repr``

Changes = Callable[[Changed, "Evaluator"], "Numbers"]
"""The documents that a ``change:`` holds for, in order."""


@dataclass(frozen=True, slots=True)
class LeafScore:
    """What a leaf of the query adds to a document's score, and how often it stands in which field there."""

    leaf: Leaf
    counts: Mapping[str, float]
    documents: int
    score: float


class _Leaf:
    """A leaf in the fields that are searched: ``documents`` that have it in any, in order."""

    def __init__(self, hits: Mapping[str, Hits], ranking: Bm25f, size: int) -> None:
        self.hits = hits
        self._ranking = ranking
        self._filled = [text for text in hits if len(hits[text].documents)]
        self._added = None
        if len(self._filled) < 2:
            self.documents = hits[self._filled[0]].documents if self._filled else NO_HITS.documents
        else:
            self._added = added([self._weighted(text) for text in self._filled], size)
            self.documents = self._added.documents
        self.idf = float(ranking.idf(len(self.documents)))
        self.bound = self.idf * (K1 + 1)
        """No document's score is higher, however often it has the leaf."""

    def _weighted(self, text: str) -> Hits:
        found = self.hits[text]
        return Hits(found.documents, found.frequencies * self._ranking.weights[text].take(found.documents))

    def score(self, places: Numbers | None) -> Scores:
        """The scores of the documents at some places of ``documents``, or of all."""
        if self._added is not None:
            weighted = self._added.frequencies
            return self.idf * saturated(weighted if places is None else weighted.take(places))
        if not self._filled:
            return np.zeros(0)
        (text,) = self._filled
        documents, frequencies = self.hits[text]
        if places is not None:
            documents, frequencies = documents.take(places), frequencies.take(places)
        scores = self._ranking.dampers[text].take(documents)
        scores += frequencies
        np.divide(frequencies, scores, out=scores)
        scores *= self.idf * (K1 + 1)
        return scores


@dataclass(frozen=True)
class Evaluator:
    """``undated_fit``: whether undated documents count as fitting every date, to see how many a filter leaves out."""

    generation: Generation
    leaves: Leaves
    conditions: Conditions
    ranking: Bm25f
    changes: Changes
    fields: tuple[str, ...] = TEXTS
    undated_fit: bool = False
    _seen: dict[tuple[Leaf, tuple[str, ...]], _Leaf] = field(default_factory=dict, compare=False)

    def matches(self, node: Node) -> Matches:
        """The documents that ``node`` holds for."""
        match node:
            case Everything():
                return Masked(self._live())
            case And(children) | Loose(children):
                return all_of(self._parts(children), self.generation.size)
            case Or(children):
                return any_of(self._parts(children), self.generation.size)
            case Not(child):
                return Masked(self._live() & ~self.matches(child).mask(self.generation.size))
            case Required(child):
                return self.matches(child)
            case InTitle(child):
                return self._in_titles().matches(child)
            case Changed(_, child):
                return self._changed(node, self.matches(child))
            case FieldIs() | DateUnknown() | DateWithin():
                found = self.conditions.condition(node, undated_fit=self.undated_fit)
                return Masked(found if self.generation.live is None else found & self.generation.live)
            case _:
                leaf = self._leaf(node)
                return Matches(leaf.documents, leaf.score, leaf.bound)

    def _in_titles(self) -> Evaluator:
        return replace(self, fields=("title",))

    def _parts(self, children: Iterable[Node]) -> list[Matches]:
        return [self.matches(child) for child in _in_one_order(dict.fromkeys(children))]

    def _live(self) -> NDArray[np.bool_]:
        live = self.generation.live
        return np.ones(self.generation.size, np.bool_) if live is None else live

    def _changed(self, node: Changed, today: Matches) -> Matches:
        """What changed, whether the words are still there or not; those that lost them score nothing."""
        found = self.changes(node, self)
        scores = np.zeros(len(found))
        still = np.flatnonzero(today.among(found))
        scores[still] = today.score(np.searchsorted(today.documents, found[still]))
        return scored(found, scores)

    def _leaf(self, leaf: Leaf) -> _Leaf:
        key = leaf, self.fields
        if key not in self._seen:
            hits = {text: self.leaves.hits(text, leaf) for text in self.fields}
            self._seen[key] = _Leaf(hits, self.ranking, self.generation.size)
        return self._seen[key]

    def weight(self, leaf: Leaf) -> float:
        """The idf of ``leaf``."""
        return self._leaf(leaf).idf

    def parts(self, node: Node, numbers: AbstractSet[int]) -> dict[int, list[LeafScore]]:
        """What the scores of documents that ``node`` holds for are made of."""
        match node:
            case And(children) | Or(children) | Loose(children):
                parts = [self.parts(child, self._held(child, numbers)) for child in dict.fromkeys(children)]
                return {number: [one for part in parts for one in part.get(number, ())] for number in numbers}
            case Required(child):
                return self.parts(child, numbers)
            case Changed(_, child):
                return self.parts(child, self._held(child, numbers))
            case InTitle(child):
                return self._in_titles().parts(child, numbers)
            case Not() | Everything() | FieldIs() | DateUnknown() | DateWithin():
                return {}
            case _:
                return self._leaf_parts(node, numbers)

    def _held(self, node: Node, numbers: AbstractSet[int]) -> AbstractSet[int]:
        documents = np.array(sorted(numbers), np.intp)
        return set(documents[self.matches(node).among(documents)].tolist())

    def _leaf_parts(self, leaf: Leaf, numbers: AbstractSet[int]) -> dict[int, list[LeafScore]]:
        found = self._leaf(leaf)
        documents = np.array(sorted(numbers), np.intp)
        documents = documents[~without(documents, found.documents)]
        scores = found.score(np.searchsorted(found.documents, documents)).tolist()
        counts = {text: looked_up(hits, documents).tolist() for text, hits in found.hits.items()}
        return {
            number: [
                LeafScore(
                    leaf,
                    {text: each[at] for text, each in counts.items() if each[at]},
                    len(found.documents),
                    scores[at],
                )
            ]
            for at, number in enumerate(documents.tolist())
        }


def _in_one_order(children: Iterable[Node]) -> list[Node]:
    """An order that depends on neither the query's nor the segments: in another, sums differ in the last digit.

    Then of two documents that score the same sometimes the one, sometimes the other would come first.
    """
    listed = list(children)
    return listed if len(listed) < 3 else sorted(listed, key=_key)


def _key(node: Node) -> str:
    match node:
        case Word(text) | Exact(text):
            return f"{type(node).__name__} {text} {node.accented}"
        case _:
            return _START.sub("", repr(node))
