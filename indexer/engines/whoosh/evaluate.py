"""Evaluating a query tree: which documents match, with what score. Conditions that don't search for words score 0.

What is said twice counts once: the children of a node are taken as a set.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from indexer.engines.whoosh.changes import Changes
from indexer.engines.whoosh.corpus import Corpus
from indexer.engines.whoosh.postings import Postings
from indexer.engines.whoosh.scoring import Bm25f, Numbers
from indexer.engines.whoosh.table import DocumentTable, Row
from indexer.query.match import wildcard_regex
from indexer.query.nodes import (
    And,
    Changed,
    DateUnknown,
    DateWithin,
    Everything,
    FieldIs,
    InTitle,
    Leaf,
    Loose,
    Node,
    Not,
    Or,
    Required,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Matches:
    """One value a document number: whether it was found, and its score (0 where it was not)."""

    found: NDArray[np.bool_]
    scores: Numbers

    def by_number(self) -> dict[int, float]:
        """The scores of what was found."""
        numbers = np.flatnonzero(self.found)
        return dict(zip(numbers.tolist(), self.scores[numbers].tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class LeafScore:
    """What a leaf of the query adds to a document's score, and how often it stands in which field there."""

    leaf: Leaf
    counts: Mapping[str, float]
    documents: int
    score: float


@dataclass(frozen=True, slots=True)
class Evaluator:
    """``undated_fit``: whether undated documents count as fitting every date, to see how many a filter leaves out."""

    table: DocumentTable
    postings: Postings
    ranking: Bm25f
    corpus: Corpus
    fields: tuple[str, ...] = ("title", "body")
    undated_fit: bool = False

    def matches(self, node: Node) -> Matches:
        """The documents that ``node`` holds for."""
        match node:
            case Everything():
                return self._unscored(self._live())
            case And(children) | Loose(children):
                return _all(self._parts(children))
            case Or(children):
                return _any(self._parts(children))
            case Not(child):
                return self._unscored(self._live() & ~self.matches(child).found)
            case Required(child):
                return self.matches(child)
            case InTitle(child):
                return replace(self, fields=("title",)).matches(child)
            case Changed(_, child):
                found = self._mask(Changes(self.corpus, self.postings, self).numbers(node))
                return Matches(found, np.where(found, self.matches(child).scores, 0.0))
            case FieldIs() | DateUnknown() | DateWithin():
                return self._unscored(self._rows(self._condition(node)))
            case _:
                frequencies = self._frequencies(node)
                return Matches(self._mask(chain(*frequencies.values())), self.ranking.scores(frequencies))

    def _parts(self, children: Iterable[Node]) -> list[Matches]:
        return [self.matches(child) for child in dict.fromkeys(children)]

    def _frequencies(self, leaf: Leaf) -> dict[str, Mapping[int, float]]:
        return {field: self.postings.frequencies(field, leaf) for field in self.fields}

    def weight(self, leaf: Leaf) -> float:
        """The idf of ``leaf``."""
        return float(self.ranking.idf(_documents(self._frequencies(leaf))))

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
                return replace(self, fields=("title",)).parts(child, numbers)
            case Not() | Everything() | FieldIs() | DateUnknown() | DateWithin():
                return {}
            case _:
                return self._leaf_parts(node, numbers)

    def _held(self, node: Node, numbers: AbstractSet[int]) -> AbstractSet[int]:
        found = self.matches(node).found
        return {number for number in numbers if found[number]}

    def _leaf_parts(self, leaf: Leaf, numbers: AbstractSet[int]) -> dict[int, list[LeafScore]]:
        frequencies = self._frequencies(leaf)
        scores = self.ranking.scores(frequencies)
        documents = _documents(frequencies)
        return {
            number: [
                LeafScore(
                    leaf,
                    {field: counts[number] for field, counts in frequencies.items() if number in counts},
                    documents,
                    float(scores[number]),
                )
            ]
            for number in numbers
        }

    def _live(self) -> NDArray[np.bool_]:
        return self._mask(self.table.rows)

    def _rows(self, holds: Callable[[Row], bool]) -> NDArray[np.bool_]:
        return self._mask(number for number, row in self.table.rows.items() if holds(row))

    def _mask(self, numbers: Iterable[int]) -> NDArray[np.bool_]:
        mask = np.zeros(self.ranking.size, dtype=np.bool_)
        mask[np.fromiter(numbers, np.intp)] = True
        return mask

    def _unscored(self, found: NDArray[np.bool_]) -> Matches:
        return Matches(found, np.zeros(self.ranking.size))

    def _condition(self, node: FieldIs | DateUnknown | DateWithin) -> Callable[[Row], bool]:
        match node:
            case DateUnknown():
                return lambda row: row.undated
            case DateWithin():
                return lambda row: self.undated_fit if row.undated else node.overlaps(*row.days)
            case FieldIs("source", value):
                return lambda row: row.source == value
            case FieldIs("domain", value):
                return lambda row: value in row.domains
            case FieldIs("lang", value):
                return lambda row: row.language == value
            case FieldIs("change", _):  # of a kind that isn't known
                return lambda row: False
            case FieldIs(_, value):
                return _address(value)


def _address(value: str) -> Callable[[Row], bool]:
    wanted = value.casefold()
    if "*" in wanted:
        fits = wildcard_regex(wanted).fullmatch
        return lambda row: fits(row.url.casefold()) is not None
    return lambda row: wanted in row.url.casefold()


def _documents(frequencies: Mapping[str, Mapping[int, float]]) -> int:
    return len(set[int]().union(*frequencies.values()))


def _all(parts: Sequence[Matches]) -> Matches:
    found = np.logical_and.reduce([part.found for part in parts])
    return Matches(found, np.where(found, _sum(parts), 0.0))


def _any(parts: Sequence[Matches]) -> Matches:
    return Matches(np.logical_or.reduce([part.found for part in parts]), _sum(parts))


def _sum(parts: Sequence[Matches]) -> Numbers:
    # Added in one fixed order, so that the order of words in a query makes no difference in the last digit.
    return np.sort([part.scores for part in parts], axis=0).sum(axis=0)  # type: ignore[no-any-return]
