"""The collection as its readers see it: searching, reading a document, and what there is."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from threading import Lock

from crawler import ConfigFile, Source, load_settings
from indexer.analysis import STEMMERS, UNKNOWN
from indexer.domains import Taxonomy
from indexer.domains.explanation import Explanation, explain_labels
from indexer.engines.protocol import Alike, Answer, Engine, Filters, Found, LabelledDocument, Plan
from indexer.engines.whoosh import WhooshEngine
from indexer.errors import IndexDamaged, UnknownDocument, UnknownValue
from indexer.facets import facets, language_name
from indexer.generations import Generation, GenerationStore
from indexer.hits import also_at, hit_of_text, hits, marked
from indexer.instruments import (
    Collocates,
    CollocatesRequest,
    Kwic,
    KwicRequest,
    Question,
    Trends,
    TrendsRequest,
)
from indexer.instruments.collocates import collocates
from indexer.instruments.concordance import kwic
from indexer.instruments.scope import Asked, ask
from indexer.instruments.trends import trends
from indexer.query.advice import correct, notes_on
from indexer.query.explain import explain
from indexer.query.nodes import Change, Leaf, is_sentence
from indexer.query.parse import ParsedQuery, parse
from indexer.query.telling import telling_leaves
from indexer.query.values import Values
from indexer.results import AllHits, FoundText, Results, SearchRequest
from indexer.settings import load_index_settings
from indexer.suggest import Suggestions, suggest
from indexer.viewing import view_of
from indexer.views import Coverage, DocumentView, SimilarDocument, SourceCoverage


class Collection:
    """An index to search. Safe for many threads; a newly published generation is picked up by the next call.

    Every call may raise ``IndexMissing``, ``IndexIncompatible`` or ``IndexDamaged``.
    """

    def __init__(self, store: GenerationStore, taxonomy: Taxonomy, sources: Iterable[Source] = ()) -> None:
        self._store = store
        self._taxonomy = taxonomy
        self._sources = {source.name: source for source in sources}
        self._source_labels = {name: source.label for name, source in self._sources.items()}
        self._lock = Lock()
        self._stamp: tuple[int, int] | None = None
        self._open: tuple[Generation, Engine] | None = None

    @classmethod
    def open(cls, config: ConfigFile) -> Collection:
        """The collection that ``config`` names; raises ``ConfigError`` or ``TaxonomyError``.

        A missing index is no error yet: the calls raise it.
        """
        settings = load_index_settings(config)
        sources = load_settings(config).sources
        return cls(GenerationStore(settings.path), Taxonomy.load(settings.taxonomy), sources)

    def _engine(self) -> tuple[Generation, Engine]:
        """The current generation, opened; calls under way keep the one that they began with."""
        with self._lock:
            stamp = self._store.stamp()
            if self._open is None or stamp != self._stamp:
                self._open = self._opened()
                self._stamp = stamp
            return self._open

    def _opened(self) -> tuple[Generation, Engine]:
        generation = self._store.current()
        try:
            return generation, WhooshEngine(generation.folder)
        except IndexDamaged:
            # Two generations may have been published since CURRENT was read, and this one swept away.
            newer = self._store.current()
            if newer.name == generation.name:
                raise
            return newer, WhooshEngine(newer.folder)

    def search(self, request: SearchRequest) -> Results:
        """Answer a search. Any query text gets an answer; ``UnknownValue`` for a filter that can't be."""
        started = time.perf_counter()
        generation, engine = self._engine()
        parsed = parse(request.query)
        answer = engine.search(self._plan(request, parsed, engine))
        shown = tuple(hits(parsed, answer, engine))
        return Results(
            query=request.query,
            total=answer.total,
            articles=answer.articles,
            took_ms=(time.perf_counter() - started) * 1000,
            page=request.page,
            limit=request.limit,
            hits=shown,
            facets=facets(answer.counts, self._taxonomy, self._source_labels),
            documents=generation.manifest.documents,
            generation=generation.name,
            explanation=explain(parsed.tree, partial(engine.forms, languages=answer.languages)),
            relaxed=answer.relaxed,
            corrected=correct(parsed, engine),
            undated_left_out=answer.undated_left_out,
            notes=(*parsed.notes, *notes_on(parsed.tree, answer.cut_off, self._values(engine))),
        )

    def ranking(self, request: SearchRequest) -> tuple[tuple[str, float], ...]:
        """Id and score of the hits that ``search`` shows, in their order: its way without the drawing of the hits."""
        _, engine = self._engine()
        return tuple(engine.ranking(self._plan(request, parse(request.query), engine)))

    def every_hit(self, request: SearchRequest, *, some_words: bool = False) -> AllHits:
        """All hits with their whole text, in the order of ``search``, whatever page ``request`` is about.

        Partial matches are among them on request. Streams: one document is in memory at a time.
        """
        generation, engine = self._engine()
        parsed = parse(request.query)
        plan = replace(self._plan(request, parsed, engine), offset=0, limit=0, explain=False)
        answer = engine.search(plan)
        ranked = engine.ranking(replace(plan, limit=answer.total))
        whole = answer.relaxed.all_words if answer.relaxed else answer.total
        told = ranked if some_words else ranked[:whole]
        manifest = generation.manifest
        return AllHits(
            hits=self._texts(told, whole, parsed, answer, engine),
            total=len(told),
            some_words=len(told) - min(whole, len(told)),
            explanation=explain(parsed.tree, partial(engine.forms, languages=answer.languages)),
            notes=(*parsed.notes, *notes_on(parsed.tree, answer.cut_off, self._values(engine))),
            undated_left_out=answer.undated_left_out,
            generation=generation.name,
            built_at=manifest.built_at,
            archive=manifest.archive,
            change=manifest.change,
            taxonomy=manifest.taxonomy,
            documents=manifest.documents,
            corrected=None if told else correct(parsed, engine),
        )

    def _texts(
        self, ranked: Sequence[tuple[str, float]], whole: int, parsed: ParsedQuery, answer: Answer, engine: Engine
    ) -> Iterator[FoundText]:
        for at, (document_id, score) in enumerate(ranked):
            entry = engine.document(document_id)
            assert entry is not None  # noqa: S101 - the same generation has just ranked it
            found = Found(entry, score, at >= whole)
            source = self._sources.get(entry.document.source)
            yield FoundText(
                document=entry.document,
                source_label=source.label if source else entry.document.source,
                attribution=source.attribution if source else None,
                licence=source.licence if source else None,
                domains=tuple(label.id for label in entry.labels),
                score=score,
                partial=found.partial,
                hit=partial(hit_of_text, found, parsed, answer),
            )

    def _plan(self, request: SearchRequest, parsed: ParsedQuery, engine: Engine) -> Plan:
        filters = self._filters(request, engine)
        offset = (request.page - 1) * request.limit
        return Plan(parsed.tree, filters, request.sort, offset, request.limit, request.fold, request.explain)

    def _values(self, engine: Engine) -> dict[str, Values]:
        """The values of each field that may be asked for."""
        sources = frozenset(source.name for source in engine.sources())
        domains = frozenset(node.id for node in self._taxonomy.nodes)
        languages = engine.languages() | STEMMERS.keys() | {"zh", UNKNOWN}
        return {
            "source": Values(sources | self._source_labels.keys(), sources),
            "domain": Values(domains, domains),
            "change": Values(frozenset(Change), frozenset(Change)),
            "lang": Values(languages, engine.languages(), {code: language_name(code) for code in languages}),
        }

    def _filters(self, request: SearchRequest | Question, engine: Engine) -> Filters:
        """The filters of a request; raises ``UnknownValue`` for one that can't be."""
        self._check_filters(request, engine)
        sources, domains, languages = request.sources, request.domains, request.languages
        return Filters(frozenset(sources), frozenset(domains), frozenset(languages), request.since, request.until)

    def _check_filters(self, request: SearchRequest | Question, engine: Engine) -> None:
        known = self._values(engine)
        chosen = {"source": request.sources, "domain": request.domains, "lang": request.languages}
        for name, values in chosen.items():
            for value in values:
                if value not in known[name].known:
                    raise UnknownValue({"lang": "language"}.get(name, name), value, sorted(known[name].present))

    def document(self, document_id: str, query: str = "") -> DocumentView:
        """A document to read, with the hits of ``query`` marked; raises ``UnknownDocument``."""
        _, engine = self._engine()
        entry = engine.document(document_id)
        if entry is None:
            raise UnknownDocument(document_id)
        parsed = parse(query)
        sentence = is_sentence(parsed.tree)
        leaves = telling_leaves(parsed.tree, engine.weights(parsed.tree) if sentence else {}, sentence=sentence)
        title, passages = marked(entry, leaves, engine.expansions(parsed.tree))
        source = entry.document.source
        view = view_of(entry.document, self._source_labels.get(source, source), title, passages, entry.labels)
        return replace(view, notes=parsed.notes, also_at=also_at(engine.copies(document_id)))

    def kwic(self, request: KwicRequest) -> Kwic:
        """A page of a concordance; raises ``NoWords``, and ``UnknownValue`` as :meth:`search` does."""
        return kwic(request, self._asked(request))

    def collocates(self, request: CollocatesRequest) -> Collocates:
        """The words that keep company with the hits; raises as :meth:`kwic` does."""
        return collocates(request, self._asked(request))

    def trends(self, request: TrendsRequest) -> Trends:
        """Hits and documents period by period; raises as :meth:`kwic` does."""
        return trends(request, self._asked(request), self._taxonomy, self._source_labels)

    def _asked(self, question: Question) -> Asked:
        generation, engine = self._engine()
        filters = self._filters(question, engine)
        return ask(question.query, filters, engine, self._values(engine), generation.manifest.documents)

    def explain_domains(self, document_id: str, domain: str | None = None) -> Explanation:
        """Why a document is under its domains, or only one and those below it, passage by passage.

        Raises ``UnknownDocument``, and ``UnknownValue`` for a domain that is not there.
        """
        _, engine = self._engine()
        entry = engine.document(document_id)
        if entry is None:
            raise UnknownDocument(document_id)
        explanation = explain_labels(entry)
        if domain is None:
            return explanation
        if self._taxonomy.get(domain) is None:
            raise UnknownValue("domain", domain, [node.id for node in self._taxonomy.nodes])
        return explanation.only(self._taxonomy.descendants(domain))

    def entries(self) -> tuple[Generation, Iterator[LabelledDocument]]:
        """The current generation, and its documents with their labels, one in memory at a time. Unordered."""
        generation, engine = self._engine()
        return generation, engine.entries()

    def suggest(self, text: str, limit: int = 8) -> Suggestions:
        """Complete what is typed at the end of ``text``: up to ``limit`` words or values of a field, and titles."""
        _, engine = self._engine()
        return suggest(text, limit, engine)

    def similar(self, document_id: str, limit: int = 5) -> tuple[SimilarDocument, ...]:
        """The documents most like one, best first, near copies of it left out; raises ``UnknownDocument``."""
        _, engine = self._engine()
        if engine.document(document_id) is None:
            raise UnknownDocument(document_id)
        return tuple(_similar(found) for found in engine.similar(document_id, limit))

    def ever_with(self, leaf: Leaf) -> Sequence[str]:
        """The ids of the documents of which the current or a past version has ``leaf`` in a passage, in order."""
        _, engine = self._engine()
        return engine.ever_with(leaf)

    def coverage(self) -> Coverage:
        """What the current generation holds, source by source."""
        generation, engine = self._engine()
        sources = tuple(
            SourceCoverage(
                source.name,
                self._source_labels.get(source.name, source.name),
                source.documents,
                source.undated,
                source.first,
                source.last,
            )
            for source in engine.sources()
        )
        manifest = generation.manifest
        return Coverage(generation.name, datetime.fromisoformat(manifest.built_at), manifest.documents, sources)

    def close(self) -> None:
        """Let go of the index; a later call opens it again."""
        with self._lock:
            if self._open is not None:
                self._open[1].close()
            self._open = self._stamp = None


def _similar(found: Alike) -> SimilarDocument:
    document = found.entry.document
    return SimilarDocument(
        document.id,
        document.url,
        document.title,
        document.source,
        str(document.date) if document.date else None,
        document.language,
        found.score,
        found.words,
    )
