"""Searching as defined, and as slow as that: every document is read for every leaf of a query, nothing is looked up.

The tests compare the engine with this. Scores are BM25F of Robertson, Zaragoza & Taylor 2004, written from the paper.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from indexer.engines.protocol import FacetCounts, Filters, LabelledDocument
from indexer.query.features import features
from indexer.query.nodes import (
    And,
    DateUnknown,
    DateWithin,
    Element,
    Everything,
    FieldIs,
    InTitle,
    Loose,
    Node,
    Not,
    Or,
    Required,
    Word,
)
from indexer.query.reading import reading_languages
from tests.indexer.slow_matching import FIELDS, Read, accents, fits

Scores = dict[str, float]


@dataclass(frozen=True)
class Expected:
    """What an engine must answer, but for the order."""

    full: Scores
    partial: Scores
    counts: FacetCounts
    undated_left_out: int


@dataclass(frozen=True)
class Reference:
    """A collection that is read anew for every question."""

    documents: list[Read]
    memory: dict[tuple[Element, tuple[str, ...]], Scores] = field(default_factory=dict)
    views: dict[tuple[str, ...], Reference] = field(default_factory=dict)

    def __post_init__(self) -> None:
        known = accents(self.documents)
        self.documents[:] = [replace(read, accents=known) for read in self.documents]

    def search(self, tree: Node, filters: Filters, *, fold: bool = False) -> Expected:
        languages = {language for read in self.documents for tokens in read.tokens.values() for _, language in tokens}
        languages |= {read.language for read in self.documents}
        reading = reading_languages(tree, filters.languages, sorted(languages))
        if len(reading) == len(languages):
            return self._search(tree, filters, fold=fold)
        if reading not in self.views:
            self.views[reading] = Reference([replace(read, reading=reading) for read in self.documents])
        return self.views[reading]._search(tree, filters, fold=fold)

    def _search(self, tree: Node, filters: Filters, *, fold: bool) -> Expected:
        full = self.matches(tree)
        relaxed = tree.relaxed() if isinstance(tree, Loose) else None
        passing = [self.by_id[id] for id in full if passes(self.by_id[id], filters)]
        hits_in_full = len({read.story for read in passing}) if fold else len(passing)
        few = hits_in_full < 10 or (relaxed and tree.is_sentence)
        partial = (
            {id: score for id, score in self.matches(relaxed).items() if id not in full} if relaxed and few else {}
        )
        hits = full | partial
        extra = self._second_look(tree, full, partial, filters)
        return Expected(
            {id: score + extra.get(id, 0) for id, score in full.items() if passes(self.by_id[id], filters)},
            {id: score + extra.get(id, 0) for id, score in partial.items() if passes(self.by_id[id], filters)},
            self._counts(hits, filters),
            self._undated_left_out([tree, relaxed] if relaxed and few else [tree], hits, filters),
        )

    def _second_look(self, tree: Node, full: Scores, partial: Scores, filters: Filters) -> Scores:
        """What the pairs and grams of a query add to the hundred best, which are compared with each other."""
        passing = [id for id in full | partial if passes(self.by_id[id], filters)]
        scores = partial | full
        pool = [
            self.by_id[id] for id in sorted(passing, key=lambda id: (id not in full, -scores[id], -self._day(id), id))
        ][:100]
        wanted = features(tree)
        parts = [
            self._bm25f(pool, lambda read, pair=pair: {name: read.neighbours(name, pair) for name in FIELDS}, 0.15)
            for pair in wanted.pairs
        ]
        parts += [
            self._bm25f(pool, lambda read, gram=gram: read.count(gram), 0.15, among=len(pool)) for gram in wanted.grams
        ]
        parts.append({read.id: 0.5 * self._best_passage(read, wanted.words) for read in pool})
        return {read.id: math.fsum(part.get(read.id, 0.0) for part in parts) for read in pool}

    def _best_passage(self, read: Read, words: Sequence[Word]) -> float:
        """The best of all windows of fifty words, each half over the next."""
        places = [(self._idf(word), [first for first, _ in read.as_typed("body", word)]) for word in words]

        def score(start: int) -> float:
            counts = [(idf, sum(start <= place < start + 50 for place in found)) for idf, found in places]
            return math.fsum(idf * 2.5 * count / (1.5 + count) for idf, count in counts)

        return max(map(score, range(0, len(read.words["body"]), 25)), default=0.0)

    def _idf(self, word: Word) -> float:
        found = sum(any(read.spans(name, word) for name in FIELDS) for read in self.documents)
        return math.log1p((len(self.documents) - found + 0.5) / (found + 0.5))

    def _day(self, id: str) -> int:
        published = self.by_id[id].entry.document.date
        return published.first.toordinal() if published else 0

    @cached_property
    def by_id(self) -> dict[str, Read]:
        return {read.id: read for read in self.documents}

    def _counts(self, hits: Scores, filters: Filters) -> FacetCounts:
        def those(*skipped: str) -> list[LabelledDocument]:
            return [self.by_id[id].entry for id in hits if passes(self.by_id[id], filters, *skipped)]

        return FacetCounts(
            Counter(entry.document.source for entry in those("sources")),
            Counter(domain for entry in those("domains") for domain in entry.domain_ids),
            Counter(entry.document.language or "und" for entry in those("languages")),
            Counter(str(entry.document.date or "unknown")[:4].replace("unkn", "unknown") for entry in those("date")),
        )

    def _undated_left_out(self, trees: Sequence[Node], hits: Scores, filters: Filters) -> int:
        """Undated documents that would be hits if a date were whatever is asked for."""
        wished = dict(hits)
        for tree in trees:
            wished |= self.matches(tree, undated_fit=True)
        left_out = [self.by_id[id] for id in wished if not (id in hits and passes(self.by_id[id], filters))]
        return sum(read.entry.document.date is None and passes(read, filters, "date") for read in left_out)

    def matches(self, node: Node, names: tuple[str, ...] = ("title", "body"), *, undated_fit: bool = False) -> Scores:
        """The documents that a tree holds for."""
        parts = [
            self.matches(child, ("title",) if isinstance(node, InTitle) else names, undated_fit=undated_fit)
            for child in dict.fromkeys(getattr(node, "children", [node.child] if hasattr(node, "child") else []))
        ]
        match node:
            case And() | Loose():
                return {
                    id: math.fsum(part[id] for part in parts) for id in self.by_id if all(id in part for part in parts)
                }
            case Or():
                return {
                    id: math.fsum(part.get(id, 0.0) for part in parts)
                    for id in self.by_id
                    if any(id in part for part in parts)
                }
            case Not():
                return {id: 0.0 for id in self.by_id if id not in parts[0]}
            case Required() | InTitle():
                return parts[0]
            case Everything() | FieldIs() | DateWithin() | DateUnknown():
                return {read.id: 0.0 for read in self.documents if holds(node, read, undated_fit=undated_fit)}
            case _:
                return self._leaf(node, names)

    def _leaf(self, leaf: Element, names: tuple[str, ...]) -> Scores:
        if (leaf, names) not in self.memory:
            self.memory[leaf, names] = self._bm25f(
                self.documents, lambda read: {name: read.times(name, leaf) for name in names}
            )
        return self.memory[leaf, names]

    def _bm25f(
        self,
        documents: list[Read],
        times: Callable[[Read], dict[str, float]],
        weight: float = 1.0,
        among: int | None = None,
    ) -> Scores:
        weighted = {}
        for read in documents:
            counts = times(read)
            if any(counts.values()):
                weighted[read.id] = math.fsum(
                    {"title": 3.0, "body": 1.0}[name]
                    * count
                    / (0.25 + 0.75 * len(read.words[name]) / self.average[name])
                    for name, count in counts.items()
                    if count
                )
        total = len(self.documents) if among is None else among
        idf = math.log1p((total - len(weighted) + 0.5) / (len(weighted) + 0.5))
        return {id: weight * idf * 2.5 * tf / (1.5 + tf) for id, tf in weighted.items()}

    @cached_property
    def average(self) -> dict[str, float]:
        return {
            name: sum(len(read.words[name]) for read in self.documents) / len(self.documents)
            for name in ("title", "body")
        }


def holds(node: Everything | FieldIs | DateWithin | DateUnknown, read: Read, *, undated_fit: bool) -> bool:
    """Whether a condition that searches for no words holds for a document."""
    document = read.entry.document
    match node:
        case Everything():
            return True
        case DateUnknown():
            return document.date is None
        case DateWithin(first, last):
            if document.date is None:
                return undated_fit
            return (not first or document.date.last >= first) and (not last or document.date.first <= last)
        case FieldIs("source", value):
            return document.source == value
        case FieldIs("domain", value):
            return value in read.entry.domain_ids
        case FieldIs("lang", value):
            return read.language == value
        case FieldIs(_, value):
            url = (document.url or "").lower()
            return fits(value.lower(), url) if "*" in value else value.lower() in url


def passes(read: Read, filters: Filters, *skipped: str) -> bool:
    """Whether a document passes the filters but for those skipped."""
    checks = {
        "sources": not filters.sources or read.entry.document.source in filters.sources,
        "domains": not filters.domains or bool(filters.domains & read.entry.domain_ids),
        "languages": not filters.languages or read.language in filters.languages,
        "date": not (filters.since or filters.until)
        or holds(DateWithin(filters.since, filters.until), read, undated_fit=False),
    }
    return all(passed for name, passed in checks.items() if name not in skipped)
