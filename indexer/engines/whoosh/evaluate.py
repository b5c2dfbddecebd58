"""Evaluating a query tree: document → score for all that match. Conditions that don't search for words score 0."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import reduce

from indexer.engines.whoosh.postings import Postings
from indexer.engines.whoosh.scoring import Bm25f
from indexer.engines.whoosh.table import DocumentTable, Row
from indexer.query.match import wildcard_regex
from indexer.query.nodes import (
    And,
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

Matches = dict[int, float]


@dataclass(frozen=True, slots=True)
class Evaluator:
    """``undated_fit``: whether undated documents count as fitting every date, to see how many a filter leaves out."""

    table: DocumentTable
    postings: Postings
    ranking: Bm25f
    fields: tuple[str, ...] = ("title", "body")
    undated_fit: bool = False

    def matches(self, node: Node) -> Matches:
        """Document number → score of all documents that ``node`` holds for."""
        match node:
            case Everything():
                return dict.fromkeys(self.table.rows, 0.0)
            case And(children):
                return self._all(children)
            case Loose(children):
                return self._all(children)
            case Or(children):
                return _sum(self.matches(child) for child in children)
            case Not(child):
                excluded = self.matches(child)
                return {number: 0.0 for number in self.table.rows if number not in excluded}
            case Required(child):
                return self.matches(child)
            case InTitle(child):
                return replace(self, fields=("title",)).matches(child)
            case FieldIs() | DateUnknown() | DateWithin():
                return self._rows(self._condition(node))
            case _:
                return self.leaf(node)

    def leaf(self, leaf: Leaf) -> Matches:
        """Documents in which the words of ``leaf`` stand."""
        return self.ranking.scores({field: self.postings.frequencies(field, leaf) for field in self.fields})

    def weight(self, leaf: Leaf) -> float:
        """The idf of ``leaf``."""
        documents = set[int]().union(*(self.postings.frequencies(field, leaf) for field in self.fields))
        return self.ranking.idf(len(documents))

    def _all(self, children: Iterable[Node]) -> Matches:
        parts = sorted((self.matches(child) for child in children), key=len)
        kept = reduce(lambda left, right: left & right.keys(), parts[1:], set(parts[0]))
        # Added in one fixed order, so that the same query gives the same score to the last digit.
        return {number: sum(sorted(part[number] for part in parts)) for number in kept}

    def _rows(self, holds: Callable[[Row], bool]) -> Matches:
        return {number: 0.0 for number, row in self.table.rows.items() if holds(row)}

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
            case FieldIs(_, value):
                return _address(value)


def _address(value: str) -> Callable[[Row], bool]:
    wanted = value.casefold()
    if "*" in wanted:
        fits = wildcard_regex(wanted).fullmatch
        return lambda row: fits(row.url.casefold()) is not None
    return lambda row: wanted in row.url.casefold()


def _sum(parts: Iterable[Matches]) -> Matches:
    found: dict[int, list[float]] = {}
    for part in parts:
        for number, score in part.items():
            found.setdefault(number, []).append(score)
    return {number: sum(sorted(scores)) for number, scores in found.items()}
