"""One search over a generation: from a plan to its answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from indexer.engines.protocol import Answer, Expansions, Found, LabelledDocument, Plan
from indexer.engines.whoosh.corpus import Corpus
from indexer.engines.whoosh.evaluate import Evaluator, Matches
from indexer.engines.whoosh.postings import Postings
from indexer.engines.whoosh.ranking import POOL, Extra, SecondLook, score_parts
from indexer.engines.whoosh.scoring import Bm25f
from indexer.engines.whoosh.select import Selection, best, fold, order, select
from indexer.engines.whoosh.table import DocumentTable, Row
from indexer.engines.whoosh.vocabulary import Vocabulary
from indexer.query.features import features
from indexer.query.nodes import (
    Fuzzy,
    Leaf,
    Loose,
    Node,
    Wildcard,
    Word,
    has_date_filter,
    scored_leaves,
    simple_leaves,
    spelt_leaves,
)
from indexer.query.reading import reading_languages
from indexer.results import Relaxation, ScorePart

if TYPE_CHECKING:
    from whoosh.reading import IndexReader

Scores = dict[int, float]
"""Document number → score."""

FEW = 10  # a page: where fewer documents have all the words, partial matches follow
COPIES = 100  # told of a hit or a document: more addresses of one story nobody reads, and each is unpacked


@dataclass(frozen=True, slots=True)
class Sources:
    """What searches of one generation share."""

    reader: IndexReader
    table: DocumentTable
    vocabulary: Vocabulary
    postings: Postings
    ranking: Bm25f
    corpus: Corpus
    entry: Callable[[Row], LabelledDocument]


@dataclass(frozen=True, slots=True)
class _Ranked:
    """What was found, in order. ``relaxed``: what the ``partial`` matches fit; ``extras``: what the second look added.

    ``hits`` are the rows to show, ``copies`` what was folded into each.
    """

    relaxed: Node | None
    partial: Scores
    scores: Scores
    selection: Selection
    extras: Mapping[int, Extra]
    hits: list[Row]
    copies: Mapping[int, list[Row]]


class Search:
    """A plan on its way to its answer; ``languages`` are those that its words are read in."""

    def __init__(self, plan: Plan, sources: Sources) -> None:
        self._plan = plan
        self._sources = sources
        self._table = sources.table
        self.languages = reading_languages(plan.tree, plan.filters.languages, sources.table.read_in)
        self._postings = sources.postings.reading(self.languages)
        self._evaluator = Evaluator(sources.table, self._postings, sources.ranking, sources.corpus)

    @property
    def postings(self) -> Postings:
        """The postings, read in the languages of this search."""
        return self._postings

    def matches(self, node: Node) -> Matches:
        """The documents that a part of a query holds for."""
        return self._evaluator.matches(node)

    def ranking(self) -> list[tuple[str, float]]:
        """Id and score of each hit of the page: what :meth:`answer` tells, without reading a document."""
        ranked = self._ranked()
        return [(row.id, ranked.scores[row.number]) for row in self._page(ranked)]

    def answer(self) -> Answer:
        """All hits counted, one page of them told."""
        tree, ranked = self._plan.tree, self._ranked()
        page = self._page(ranked)
        parts = self._parts(ranked, page)
        return Answer(
            total=len(ranked.hits),
            found=tuple(self._found(ranked, row, parts.get(row.number, ())) for row in page),
            counts=ranked.selection.counts,
            relaxed=_relaxation(ranked.hits, ranked.partial),
            undated_left_out=self._undated_left_out(ranked.relaxed, ranked.scores, ranked.selection.rows),
            weights=self.weights(tree, ranked.relaxed),
            expansions=expansions(tree, self._postings),
            cut_off=tuple(pattern for pattern in _patterns(tree) if pattern in self._sources.vocabulary.cut_off),
            languages=self.languages,
            articles=len(ranked.selection.rows),
        )

    def _ranked(self) -> _Ranked:
        full = self._evaluator.matches(self._plan.tree).by_number()
        relaxed = self._relaxed(full)
        partial = self._partial(relaxed, full)
        scores = {**partial, **full}
        selection = self._select(scores)
        extras = self._extras(selection.rows, scores, partial)
        scores |= {number: scores[number] + extra.total for number, extra in extras.items()}
        rows = order(selection.rows, scores, partial, self._plan.sort)
        hits, copies = fold(rows, partial, self._table.stories if self._plan.fold else ())
        return _Ranked(relaxed, partial, scores, selection, extras, hits, copies)

    def _page(self, ranked: _Ranked) -> list[Row]:
        return ranked.hits[self._plan.offset : self._plan.offset + self._plan.limit]

    def _found(self, ranked: _Ranked, row: Row, parts: tuple[ScorePart, ...]) -> Found:
        entry = self._sources.entry
        copies = tuple(map(entry, ranked.copies.get(row.number, ())[:COPIES]))
        return Found(entry(row), ranked.scores[row.number], row.number in ranked.partial, copies, parts)

    def _relaxed(self, full: Scores) -> Node | None:
        """What partial matches must fit, where few documents fit in full or a sentence was pasted."""
        tree = self._plan.tree
        if not isinstance(tree, Loose):
            return None
        if tree.is_sentence:
            return tree.relaxed()
        rows = self._select(full).rows
        if len({row.story for row in rows} if self._plan.fold else rows) >= FEW:
            return None
        return tree.relaxed()

    def _partial(self, relaxed: Node | None, full: Scores) -> Scores:
        found = self._evaluator.matches(relaxed).by_number() if relaxed else {}
        return {number: score for number, score in found.items() if number not in full}

    def _select(self, numbers: Iterable[int]) -> Selection:
        return select((self._table.rows[number] for number in numbers), self._plan.filters)

    def _extras(self, rows: Sequence[Row], scores: Scores, partial: Scores) -> dict[int, Extra]:
        """What the second look adds to the scores of the best."""
        wanted = features(self._plan.tree)
        if not wanted:
            return {}
        look = SecondLook(self._sources.reader, self._table, self._evaluator)
        return look.extras(wanted, [row.number for row in best(rows, scores, partial, POOL)])

    def _parts(self, ranked: _Ranked, page: Sequence[Row]) -> dict[int, tuple[ScorePart, ...]]:
        """What the scores of a page of hits are made of, where that was asked for."""
        if not self._plan.explain:
            return {}
        numbers = {row.number for row in page}
        made_of = self._evaluator.parts(self._plan.tree, numbers - ranked.partial.keys())
        if ranked.relaxed:
            made_of |= self._evaluator.parts(ranked.relaxed, numbers & ranked.partial.keys())
        return {number: score_parts(made_of.get(number, ()), ranked.extras.get(number)) for number in numbers}

    def _undated_left_out(self, relaxed: Node | None, scores: Scores, kept: Sequence[Row]) -> int:
        """How many undated documents would be hits but for a date, in the filters or in the query itself."""
        tree, filters = self._plan.tree, self._plan.filters
        wished = set(scores)
        if has_date_filter(tree):
            lenient = replace(self._evaluator, undated_fit=True)
            wished.update(*(lenient.matches(each).by_number() for each in (tree, relaxed) if each))
        elif not filters.since and not filters.until:
            return 0
        undated = (number for number in wished if self._table.rows[number].undated)
        fitting = select((self._table.rows[number] for number in undated), replace(filters, since=None, until=None))
        return len(fitting.rows) - sum(row.undated for row in kept)

    def weights(self, *trees: Node | None) -> dict[Leaf, float]:
        """The idf of each scored leaf."""
        leaves = {leaf for tree in trees if tree for leaf, _ in scored_leaves(tree)}
        return {leaf: self._evaluator.weight(leaf) for leaf in leaves}


def expansions(tree: Node, postings: Postings) -> Expansions:
    """What is searched for the words and patterns of a tree."""
    found: dict[Word | Wildcard | Fuzzy, Sequence[str]] = {}
    for element in spelt_leaves(tree):
        match element:
            case Word():
                found[element] = postings.families(element)
            case Wildcard() | Fuzzy():
                found[element] = postings.expand(element)
    return found


def _patterns(tree: Node) -> list[Wildcard | Fuzzy]:
    return [element for element in simple_leaves(tree) if isinstance(element, Wildcard | Fuzzy)]


def _relaxation(hits: Sequence[Row], partial: Scores) -> Relaxation | None:
    some = sum(row.number in partial for row in hits)
    return Relaxation(all_words=len(hits) - some, some_words=some) if some else None
