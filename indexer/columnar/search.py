"""One search over a generation: from a plan to its answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from indexer.columnar.documents import Documents
from indexer.columnar.executor.evaluate import Changes, Evaluator
from indexer.columnar.executor.leaves import Leaves
from indexer.columnar.executor.matches import Matches, scored, united, without
from indexer.columnar.executor.scoring import Bm25f
from indexer.columnar.generation import Generation
from indexer.columnar.second_look import NO_EXTRAS, POOL, Extras, SecondLook, score_parts
from indexer.columnar.selecting import Hit, Page, Selection, select
from indexer.columnar.vocabulary import Vocabulary
from indexer.engines.protocol import Answer, Expansions, Found, LabelledDocument, Plan
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
    from numpy.typing import NDArray

    Numbers = NDArray[np.intp]

FEW = 10  # a page: where fewer documents have all the words, partial matches follow
COPIES = 100  # told of a hit or a document: more addresses of one story nobody reads, and each is unpacked


@dataclass(frozen=True, slots=True)
class Sources:
    """What searches of one generation share. ``entry``: a document by its number, without what its labels rest on."""

    generation: Generation
    documents: Documents
    vocabulary: Vocabulary
    leaves: Leaves
    ranking: Bm25f
    changes: Changes
    entry: Callable[[int], LabelledDocument]


class _Ranked(NamedTuple):
    """What was found. ``relaxed``: what the partial matches fit; ``extras``: what the second look added."""

    relaxed: Node | None
    selection: Selection
    extras: Extras


class Search:
    """A plan on its way to its answer; ``languages`` are those that its words are read in."""

    def __init__(self, plan: Plan, sources: Sources) -> None:
        self._plan = plan
        self._sources = sources
        self._documents = sources.documents
        self.languages = reading_languages(plan.tree, plan.filters.languages, sources.documents.read_in)
        self.leaves = sources.leaves.reading(self.languages)
        self._evaluator = Evaluator(
            sources.generation, self.leaves, sources.documents, sources.ranking, sources.changes
        )

    def matches(self, node: Node) -> Matches:
        """The documents that a part of a query holds for."""
        return self._evaluator.matches(node)

    def ranking(self) -> list[tuple[str, float]]:
        """Id and score of each hit of the page: what :meth:`answer` tells, without reading a document."""
        plan, ranked = self._plan, self._ranked()
        hits = ranked.selection.hits(plan.sort, plan.offset, plan.limit, fold=plan.fold)
        ids = self._sources.generation.texts("id", (hit.number for hit in hits))
        return list(zip(ids, (hit.score for hit in hits), strict=True))

    def answer(self) -> Answer:
        """All hits counted, one page of them told."""
        plan, ranked = self._plan, self._ranked()
        page = ranked.selection.page(plan.sort, plan.offset, plan.limit, fold=plan.fold)
        parts = self._parts(ranked, page)
        return Answer(
            total=page.total,
            found=tuple(self._found(hit, parts.get(hit.number, ())) for hit in page.hits),
            counts=ranked.selection.counts,
            relaxed=Relaxation(page.total - page.partial, page.partial) if page.partial else None,
            undated_left_out=self._undated_left_out(ranked),
            weights=self.weights(plan.tree, ranked.relaxed),
            expansions=expansions(plan.tree, self.leaves),
            cut_off=tuple(pattern for pattern in _patterns(plan.tree) if pattern in self._sources.vocabulary.cut_off),
            languages=self.languages,
            articles=len(ranked.selection),
        )

    def _ranked(self) -> _Ranked:
        full = self._evaluator.matches(self._plan.tree)
        selection = select(self._documents, full, self._plan.filters)
        relaxed = self._relaxed(selection)
        if relaxed is not None:
            selection = self._with_partial(full, self._evaluator.matches(relaxed))
        extras = self._extras(selection)
        raised = selection.raised(extras.numbers, extras.totals) if len(extras.numbers) else selection
        return _Ranked(relaxed, raised, extras)

    def _relaxed(self, selection: Selection) -> Node | None:
        """What partial matches must fit, where few documents fit in full or a sentence was pasted."""
        tree = self._plan.tree
        if not isinstance(tree, Loose):
            return None
        return tree.relaxed() if tree.is_sentence or selection.few(FEW, fold=self._plan.fold) else None

    def _with_partial(self, full: Matches, some: Matches) -> Selection:
        """What fits in full, and behind it what fits in part."""
        new = without(some.documents, full.documents)
        others = some.documents[new]
        documents = united([full.documents, others], self._documents.size)
        scores, partial = np.empty(len(documents)), np.zeros(len(documents), np.bool_)
        scores[np.searchsorted(documents, full.documents)] = full.scores
        at = np.searchsorted(documents, others)
        scores[at] = some.scores[new]
        partial[at] = True
        return select(self._documents, scored(documents, scores), self._plan.filters, partial)

    def _extras(self, selection: Selection) -> Extras:
        """What the second look adds to the scores of the best."""
        wanted = features(self._plan.tree)
        if not wanted:
            return NO_EXTRAS
        return SecondLook(self._sources.generation, self._evaluator).extras(wanted, selection.best(POOL))

    def _found(self, hit: Hit, parts: tuple[ScorePart, ...]) -> Found:
        entry = self._sources.entry
        return Found(entry(hit.number), hit.score, hit.partial, tuple(map(entry, hit.copies[:COPIES])), parts)

    def _parts(self, ranked: _Ranked, page: Page) -> dict[int, tuple[ScorePart, ...]]:
        """What the scores of a page of hits are made of, where that was asked for."""
        if not self._plan.explain:
            return {}
        partial = {hit.number for hit in page.hits if hit.partial}
        numbers = {hit.number for hit in page.hits}
        made_of = self._evaluator.parts(self._plan.tree, numbers - partial)
        if ranked.relaxed:
            made_of |= self._evaluator.parts(ranked.relaxed, partial)
        return {number: score_parts(made_of.get(number, ()), ranked.extras.of(number)) for number in numbers}

    def _undated_left_out(self, ranked: _Ranked) -> int:
        """How many undated documents would be hits but for a date, in the filters or in the query itself."""
        tree, filters = self._plan.tree, self._plan.filters
        by_query = has_date_filter(tree)
        if not by_query and not filters.since and not filters.until:
            return 0
        wished = [ranked.selection.found]
        if by_query:
            lenient = replace(self._evaluator, undated_fit=True)
            wished += [lenient.matches(each).documents for each in (tree, ranked.relaxed) if each is not None]
        found = united(wished, self._documents.size)
        undated = found[self._documents.undated.take(found)]
        anytime = replace(filters, since=None, until=None)
        fitting = select(self._documents, scored(undated, np.zeros(len(undated))), anytime)
        return len(fitting) - ranked.selection.undated()

    def weights(self, *trees: Node | None) -> dict[Leaf, float]:
        """The idf of each scored leaf."""
        leaves = {leaf for tree in trees if tree for leaf, _ in scored_leaves(tree)}
        return {leaf: self._evaluator.weight(leaf) for leaf in leaves}


def expansions(tree: Node, leaves: Leaves) -> Expansions:
    """What is searched for the words and patterns of a tree."""
    found: dict[Word | Wildcard | Fuzzy, Sequence[str]] = {}
    for element in spelt_leaves(tree):
        match element:
            case Word():
                found[element] = leaves.families(element)
            case Wildcard() | Fuzzy():
                found[element] = leaves.expand(element)
    return found


def _patterns(tree: Node) -> list[Wildcard | Fuzzy]:
    return [element for element in simple_leaves(tree) if isinstance(element, Wildcard | Fuzzy)]
