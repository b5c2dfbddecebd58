"""The instruments over the texts of a generation: concordance, neighbourhood, timeline, and what ever had a phrase."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING

import numpy as np

from indexer.columnar.executor.stretches import Stretches
from indexer.columnar.instruments.corpus import Corpus
from indexer.columnar.instruments.lines import Lines, draw
from indexer.columnar.instruments.nearby import around, by_family, documents_with, inside
from indexer.columnar.instruments.occurrences import Occurrences
from indexer.columnar.instruments.periods import Ungrouped, periods
from indexer.columnar.instruments.scoping import Scoping
from indexer.columnar.search import Sources
from indexer.engines.protocol import Concordance, Line, LineOrder, Neighbour, Neighbourhood, Period, Sample, Scope
from indexer.query.nodes import Leaf

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]
    Numbers = NDArray[np.intp]


_KEPT = 4  # scopes whose hits are remembered: the next page, another order, the parts of a trend


@dataclass(frozen=True, slots=True)
class _Found:
    """``population``: which documents are looked at; ``chosen``: which the query finds; ``hits`` in these.

    ``documents``: the document of each hit.
    """

    population: Mask
    chosen: Mask
    hits: Stretches
    documents: Numbers

    @property
    def with_hits(self) -> int:
        """How many documents have a hit in their passages."""
        return int(np.count_nonzero(np.bincount(self.documents)))


class Instruments:
    """Answers over one generation, for one thread at a time."""

    def __init__(self, sources: Sources, corpus: Corpus) -> None:
        self._sources = sources
        self._corpus = corpus
        self._found = lru_cache(_KEPT)(self._find)

    def concordance(
        self, scope: Scope, order: LineOrder, offset: int, limit: int, sample: Sample | None = None
    ) -> Concordance:
        """All hits counted, those from ``offset`` on told; of a sample, those of its hits."""
        found = self._found(scope)
        drawn = self._drawn(found, sample) if sample else found
        page = tuple(self._line(drawn, at) for at in self._lines(drawn, order).page(offset, limit).tolist())
        return Concordance(len(found.hits), found.with_hits, page)

    def _lines(self, found: _Found, order: LineOrder) -> Lines:
        corpus = self._corpus
        dates = corpus.documents.oldest_first.take(found.documents)
        return Lines(corpus.texts, found.hits, dates, order, corpus.words)

    def _drawn(self, found: _Found, sample: Sample) -> _Found:
        """Drawn from the hits by date, which is their order in any layout of the index."""
        by_date = self._lines(found, LineOrder.DATE).page(0, len(found.hits))
        numbers = by_date[draw(len(by_date), sample)]
        hits = Stretches(found.hits.firsts[numbers], found.hits.lasts[numbers])
        return replace(found, hits=hits, documents=found.documents[numbers])

    def _line(self, found: _Found, hit: int) -> Line:
        texts, first, document = self._corpus.texts, int(found.hits.firsts[hit]), int(found.documents[hit])
        passage = int(texts.passage_of(found.hits.firsts[hit : hit + 1])[0])
        begin, end = texts.passages[passage : passage + 2].tolist()
        return Line(
            entry=self._sources.entry(document),
            passage=passage - int(texts.firsts[document]) + 1,
            first=first - begin,
            last=min(int(found.hits.lasts[hit]), end - 1) - begin,
            words=end - begin,
        )

    def neighbourhood(self, scope: Scope, span: int, least: int) -> Neighbourhood:
        """The words that stand at most ``span`` words from a hit, in its passage, ``least`` times or more."""
        corpus, found = self._corpus, self._found(scope)
        near, by_text = around(corpus.texts, found.hits, span)
        within = inside(corpus.texts, found.hits)
        counts = corpus.word_counts(found.population)
        return Neighbourhood(
            hits=len(found.hits),
            documents=found.with_hits,
            hit_words=len(within),
            near=len(near),
            total=int(counts.sum()),
            neighbours=tuple(self._neighbours(near, within, counts, max(least, 1))),
            near_documents=partial(documents_with, near, by_text, corpus.words),
        )

    def _neighbours(
        self, near: NDArray[np.uint32], within: NDArray[np.uint32], counts: Numbers, least: int
    ) -> Iterator[Neighbour]:
        words = self._corpus.words
        found = by_family(near, within, counts, words)
        often = np.flatnonzero(found.near >= least)
        columns = (found.near[often], found.totals[often], found.in_hits[often], often)
        forms = words.forms(found.forms[often])
        for form, *figures in zip(forms, *(column.tolist() for column in columns), strict=True):
            yield Neighbour(*form, *figures)

    def timeline(self, scope: Scope, *, by_month: bool, split: str | None) -> list[Period]:
        """Hits and what there is by time, in the order of time and group."""
        corpus, found = self._corpus, self._found(scope)
        counted = Ungrouped(
            matching=found.chosen,
            hits=np.bincount(found.documents, minlength=corpus.documents.size),
            population=found.population,
            words=corpus.texts.lengths,
        )
        return periods(corpus.documents, counted, by_month=by_month, split=split)

    def ever_with(self, leaf: Leaf) -> list[str]:
        """The ids of the documents that have ``leaf`` in their current text or a past one, in order."""
        corpus, leaves = self._corpus, self._sources.leaves
        past = Occurrences(corpus.past.texts, corpus.words, leaves).stretches(leaf)
        with_past = corpus.past.owners[corpus.past.texts.text_of(past.firsts)]
        numbers = np.union1d(leaves.hits("body", leaf).documents, with_past)
        return sorted(map(corpus.documents.id, numbers.tolist()))

    def _find(self, scope: Scope) -> _Found:
        scoping = Scoping(scope, self._sources)
        chosen, hits = scoping.chosen, scoping.hits()
        documents = self._corpus.texts.text_of(hits.firsts)
        kept = np.flatnonzero(chosen.take(documents))
        stretches = Stretches(hits.firsts.take(kept), hits.lasts.take(kept))
        return _Found(scoping.population(), chosen, stretches, documents.take(kept))
