"""The instruments over the texts of a generation: concordance, neighbourhood, timeline, and what ever had a phrase."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING

import numpy as np

from indexer.engines.protocol import Concordance, Line, LineOrder, Neighbour, Neighbourhood, Period, Sample, Scope
from indexer.engines.whoosh.corpus import Corpus
from indexer.engines.whoosh.lines import Lines, draw
from indexer.engines.whoosh.nearby import around, by_family, covered, documents_with
from indexer.engines.whoosh.occurrences import Occurrences, Stretches
from indexer.engines.whoosh.periods import Ungrouped, periods
from indexer.engines.whoosh.scoping import Scoping
from indexer.engines.whoosh.searching import Sources
from indexer.query.nodes import Leaf

if TYPE_CHECKING:
    from numpy.typing import NDArray


_KEPT = 4  # scopes whose hits are remembered: the next page, another order, the parts of a trend


@dataclass(frozen=True, slots=True)
class _Found:
    """``population``: which documents are looked at; ``chosen``: which the query finds; ``hits`` in these.

    ``documents``: the document of each hit.
    """

    population: NDArray[np.bool_]
    chosen: NDArray[np.bool_]
    hits: Stretches
    documents: NDArray[np.intp]

    @property
    def with_hits(self) -> int:
        """How many documents have a hit in their passages."""
        return int(np.count_nonzero(np.bincount(self.documents)))


class Instruments:
    """Answers over one generation, for one thread at a time."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._corpus: Corpus = sources.corpus
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
        return Lines(corpus.texts, found.hits, corpus.by_date[found.documents], order, corpus.words)

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
            entry=self._sources.entry(self._corpus.rows[document]),
            passage=passage - int(texts.firsts[document]) + 1,
            first=first - begin,
            last=min(int(found.hits.lasts[hit]), end - 1) - begin,
            words=end - begin,
        )

    def neighbourhood(self, scope: Scope, span: int, least: int) -> Neighbourhood:
        """The words that stand at most ``span`` words from a hit, in its passage, ``least`` times or more."""
        corpus, found = self._corpus, self._found(scope)
        inside = covered(corpus.texts, found.hits)
        near = np.flatnonzero(around(corpus.texts, found.hits, span) & ~inside)
        words, by_text = corpus.texts.words[near], np.searchsorted(near, corpus.texts.starts)
        counts = self._word_counts(found.population)
        return Neighbourhood(
            hits=len(found.hits),
            documents=found.with_hits,
            hit_words=int(np.count_nonzero(inside)),
            near=len(near),
            total=int(counts.sum()),
            neighbours=tuple(self._neighbours(words, corpus.texts.words[inside], counts, max(least, 1))),
            near_documents=partial(documents_with, words, by_text, corpus.words),
        )

    def _word_counts(self, population: NDArray[np.bool_]) -> NDArray[np.intp]:
        corpus = self._corpus
        if population.all():
            return corpus.word_counts
        words = corpus.texts.words[np.repeat(population, corpus.texts.lengths)]
        return np.bincount(words, minlength=len(corpus.words))

    def _neighbours(
        self, near: NDArray[np.uint32], inside: NDArray[np.uint32], counts: NDArray[np.intp], least: int
    ) -> Iterator[Neighbour]:
        words = self._corpus.words
        found = by_family(near, inside, counts, words)
        often = np.flatnonzero(found.near >= least)
        columns = (found.near[often], found.totals[often], found.in_hits[often], often)
        for form, *figures in zip(found.forms[often].tolist(), *(column.tolist() for column in columns), strict=True):
            yield Neighbour(*words.form(form), *figures)

    def timeline(self, scope: Scope, *, by_month: bool, split: str | None) -> list[Period]:
        """Hits and what there is by time, in the order of time and group."""
        corpus, found = self._corpus, self._found(scope)
        counted = Ungrouped(
            matching=found.chosen,
            hits=np.bincount(found.documents, minlength=len(corpus.rows)),
            population=found.population,
            words=corpus.texts.lengths,
        )
        return periods(corpus, counted, by_month=by_month, split=split)

    def ever_with(self, leaf: Leaf) -> list[str]:
        """The ids of the documents that have ``leaf`` in their current text or a past one, in order."""
        corpus, postings = self._corpus, self._sources.postings
        current = Occurrences(corpus.texts, corpus.words, postings).stretches(leaf)
        past = Occurrences(corpus.past.texts, corpus.words, postings).stretches(leaf)
        places = np.union1d(
            corpus.texts.text_of(current.firsts), corpus.past.owners[corpus.past.texts.text_of(past.firsts)]
        )
        return sorted(corpus.rows[place].id for place in places.tolist())

    def _find(self, scope: Scope) -> _Found:
        scoping = Scoping(scope, self._sources)
        chosen, hits = scoping.chosen(), scoping.hits()
        documents = self._corpus.texts.text_of(hits.firsts)
        kept = chosen[documents]
        return _Found(scoping.population(), chosen, Stretches(hits.firsts[kept], hits.lasts[kept]), documents[kept])
