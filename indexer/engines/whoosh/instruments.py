"""The instruments over the texts of a generation: concordance, neighbourhood, timeline, and what ever had a phrase."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from indexer.engines.protocol import Concordance, Line, LineOrder, Neighbour, Neighbourhood, Period, Scope
from indexer.engines.whoosh.corpus import Corpus
from indexer.engines.whoosh.lines import in_order
from indexer.engines.whoosh.nearby import around, by_family, covered
from indexer.engines.whoosh.occurrences import Occurrences, Stretches
from indexer.engines.whoosh.periods import Ungrouped, periods
from indexer.engines.whoosh.scoping import Scoping
from indexer.engines.whoosh.searching import Sources
from indexer.query.nodes import Leaf

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class _Found:
    """``chosen``: which documents the query finds; ``hits`` in these, and the document of each."""

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

    def concordance(self, scope: Scope, order: LineOrder, offset: int, limit: int) -> Concordance:
        """All hits counted, those from ``offset`` on told."""
        corpus, found = self._corpus, self._found(scope)
        chosen = in_order(corpus.texts, found.hits, corpus.by_date, order, corpus.words)
        lines = tuple(self._line(found, at) for at in chosen[offset : offset + limit].tolist())
        return Concordance(len(found.hits), found.with_hits, lines)

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
        counts = self._word_counts(self._scoping(scope).population())
        return Neighbourhood(
            hits=len(found.hits),
            documents=found.with_hits,
            hit_words=int(np.count_nonzero(inside)),
            near=len(near),
            total=int(counts.sum()),
            neighbours=tuple(self._neighbours(near, inside, counts, max(least, 1))),
        )

    def _word_counts(self, population: NDArray[np.bool_]) -> NDArray[np.intp]:
        corpus = self._corpus
        if population.all():
            return corpus.word_counts
        return np.bincount(corpus.texts.words[population[corpus.texts.of_words]], minlength=len(corpus.words))

    def _neighbours(
        self, near: NDArray[np.intp], inside: NDArray[np.bool_], counts: NDArray[np.intp], least: int
    ) -> Iterator[Neighbour]:
        corpus = self._corpus
        numbers, documents = corpus.texts.words[near], corpus.texts.of_words[near]
        found = by_family(numbers, documents, corpus.texts.words[inside], counts, corpus.words)
        for family in np.flatnonzero(found.near >= least).tolist():
            form, language = corpus.words.form(int(found.forms[family]))
            figures = (found.near, found.documents, found.totals, found.in_hits)
            yield Neighbour(form, language, *(int(figure[family]) for figure in figures))

    def timeline(self, scope: Scope, *, by_month: bool, split: str | None) -> list[Period]:
        """Hits and what there is by time, in the order of time and group."""
        corpus, found = self._corpus, self._found(scope)
        counted = Ungrouped(
            matching=found.chosen,
            hits=np.bincount(found.documents, minlength=len(corpus.rows)),
            population=self._scoping(scope).population(),
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

    def _scoping(self, scope: Scope) -> Scoping:
        return Scoping(scope, self._sources)

    def _found(self, scope: Scope) -> _Found:
        scoping = self._scoping(scope)
        chosen = scoping.chosen()
        hits = scoping.hits()
        documents = self._corpus.texts.text_of(hits.firsts)
        kept = chosen[documents]
        return _Found(chosen, Stretches(hits.firsts[kept], hits.lasts[kept]), documents[kept])
