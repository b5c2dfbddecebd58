"""Reading a generation with Whoosh."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING
from weakref import finalize

from indexer.analysis import characters
from indexer.engines.protocol import (
    Alike,
    Answer,
    Concordance,
    Expansions,
    Filters,
    LabelledDocument,
    LineOrder,
    Neighbourhood,
    Period,
    Plan,
    Sample,
    Scope,
    SourceSummary,
    Typed,
    TypedTitle,
)
from indexer.engines.whoosh.corpus import Corpus
from indexer.engines.whoosh.counts import DocumentCounts
from indexer.engines.whoosh.instruments import Instruments
from indexer.engines.whoosh.opening import open_index
from indexer.engines.whoosh.postings import Postings
from indexer.engines.whoosh.schema import unpack
from indexer.engines.whoosh.scoring import Bm25f
from indexer.engines.whoosh.searching import COPIES, Search, Sources, expansions
from indexer.engines.whoosh.similar import MoreLikeThis
from indexer.engines.whoosh.spelling import Speller
from indexer.engines.whoosh.suggest import Completer
from indexer.engines.whoosh.table import DocumentTable, Row
from indexer.engines.whoosh.vocabulary import Vocabulary
from indexer.errors import IndexDamaged, IndexerError
from indexer.query.nodes import (
    Element,
    Exact,
    Fuzzy,
    Leaf,
    Node,
    Wildcard,
    Word,
)
from indexer.results import Sort

if TYPE_CHECKING:
    from whoosh import index
    from whoosh.reading import IndexReader


class WhooshEngine:
    """An :class:`~indexer.engines.protocol.Engine` over a folder that ``WhooshWriter`` wrote.

    One call at a time: Whoosh's files keep a reading position, and evaluating is bound by the processor anyway.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        with self._guarded():
            self._index = open_index(folder)
            self._reader = self._index.reader()
            # An engine whose generation was superseded is closed when the last call that uses it has ended.
            self._close = finalize(self, _close, self._reader, self._index)
            self._table = DocumentTable.read(self._reader)
        counts = DocumentCounts(self._reader)
        self._vocabulary = Vocabulary(self._reader, counts.anywhere)
        postings, ranking = Postings(self._reader, self._table, self._vocabulary), Bm25f(self._table)
        self._postings = postings
        corpus = Corpus(folder, self._reader, self._table)
        self._sources = Sources(self._reader, self._table, self._vocabulary, postings, ranking, corpus, self._entry)
        self._speller = Speller(self._vocabulary, counts, postings)
        self._completer = Completer(self._table, self._vocabulary, counts, postings)
        self._more_like_this = MoreLikeThis(self._reader, self._table, ranking)
        self._instruments = Instruments(self._sources)

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """One thread at a time; whatever Whoosh stumbles over in its files is damage."""
        with self._lock:
            try:
                yield
            except IndexerError:
                raise
            except Exception as error:
                raise IndexDamaged(self._folder, f"{type(error).__name__}: {error}") from error

    def search(self, plan: Plan) -> Answer:
        """All hits counted, one page of them told."""
        with self._guarded():
            return Search(plan, self._sources).answer()

    def ranking(self, plan: Plan) -> Sequence[tuple[str, float]]:
        """Id and score of the hits that ``search`` tells, in their order; no document is read for it."""
        with self._guarded():
            return Search(plan, self._sources).ranking()

    def expansions(self, tree: Node) -> Expansions:
        """What is searched for the words and patterns of a tree."""
        with self._guarded():
            return expansions(tree, self._postings)

    def _entry(self, row: Row) -> LabelledDocument:
        return unpack(self._reader.stored_fields(row.number)["entry"])

    def document(self, document_id: str) -> LabelledDocument | None:
        """One document, ``None`` where the generation has none with this id."""
        number = self._table.by_id.get(document_id)
        if number is None:
            return None
        with self._guarded():
            return self._entry(self._table.rows[number])

    def entries(self) -> Iterator[LabelledDocument]:
        """Every document, one in memory at a time. Unordered."""
        for row in self._table.rows.values():
            with self._guarded():
                entry = self._entry(row)
            yield entry

    def copies(self, document_id: str) -> tuple[LabelledDocument, ...]:
        """The other documents with the same story, by date; none for an id that the generation doesn't have."""
        number = self._table.by_id.get(document_id)
        if number is None:
            return ()
        rows = [self._table.rows[other] for other in self._table.stories.get(self._table.rows[number].story, ())]
        with self._guarded():
            others = [row for row in sorted(rows, key=_by_date) if row.id != document_id]
            return tuple(map(self._entry, others[:COPIES]))

    def versions(self) -> dict[str, int | None]:
        """The version of each document by its id, ``None`` where it can't be read back. Reads all: for a check."""
        with self._lock:
            return {row.id: self._version(row) for row in self._table.rows.values()}

    def _version(self, row: Row) -> int | None:
        try:
            return self._entry(row).document.version
        except Exception:  # damage has many faces: zlib, JSON, a missing key, an offset beyond the end
            return None

    def sources(self) -> tuple[SourceSummary, ...]:
        """What there is of each source, by name."""
        return self._summaries  # each search asks for their names

    @cached_property
    def _summaries(self) -> tuple[SourceSummary, ...]:
        by_source: dict[str, list[Row]] = {}
        for row in self._table.rows.values():
            by_source.setdefault(row.source, []).append(row)
        return tuple(_summary(name, rows) for name, rows in sorted(by_source.items()))

    def languages(self) -> frozenset[str]:
        """The languages of the documents; ``und`` where one isn't known."""
        return frozenset(self._table.languages)

    def forms(self, element: Element, languages: Sequence[str] | None = None) -> Sequence[str]:
        """The forms in the collection that a single-word leaf stands for, most frequent first."""
        read_in = self._table.read_in if languages is None else languages
        with self._guarded():
            match element:
                case Word(text) if characters(text):
                    return [text] if any(self._postings.frequencies(f, element) for f in ("title", "body")) else []
                case Word(text):
                    return self._vocabulary.family_forms(text, read_in, element.accented)
                case Exact(text):
                    return [text] if self._vocabulary.documents_with(text) else []
                case Wildcard() | Fuzzy():
                    return self._vocabulary.expand(element)
                case _:
                    return []

    def weights(self, tree: Node) -> Mapping[Leaf, float]:
        """The idf of each scored leaf of a tree."""
        with self._guarded():
            return Search(Plan(tree, Filters(), Sort.RELEVANCE, 0, 0), self._sources).weights(tree)

    def nearest(self, word: str, forms: Sequence[str] = ()) -> str | None:
        """The word of the collection, or two in a row, that was probably meant."""
        with self._guarded():
            return self._speller.nearest(word, forms)

    def complete(self, typed: Typed, limit: int) -> Sequence[tuple[str, int]]:
        """Words that what is typed can become, with their documents, most frequent first."""
        with self._guarded():
            return self._completer.complete(typed, limit)

    def values(self, field: str) -> Mapping[str, int]:
        """The values of a field with their documents."""
        with self._guarded():
            return self._completer.values(field)

    def titles(self, words: Sequence[TypedTitle], limit: int) -> Sequence[LabelledDocument]:
        """Documents with all words in their title: those that start with them, then newer ones; one a story."""
        with self._guarded():
            return [self._entry(row) for row in self._completer.titles(words, limit)]

    def similar(self, document_id: str, limit: int) -> Sequence[Alike]:
        """The documents most like one, best first, one a story."""
        number = self._table.by_id.get(document_id)
        if number is None:
            return ()
        with self._guarded():
            found = self._more_like_this.like(self._entry(self._table.rows[number]), limit)
            return [Alike(self._entry(like.row), like.score, like.words) for like in found]

    def concordance(
        self, scope: Scope, order: LineOrder, offset: int, limit: int, sample: Sample | None = None
    ) -> Concordance:
        """All hits counted, those from ``offset`` on told."""
        with self._guarded():
            return self._instruments.concordance(scope, order, offset, limit, sample)

    def neighbourhood(self, scope: Scope, span: int, least: int) -> Neighbourhood:
        """The words that stand at most ``span`` words from a hit, in its passage, ``least`` times or more."""
        with self._guarded():
            return self._instruments.neighbourhood(scope, span, least)

    def timeline(self, scope: Scope, *, by_month: bool, split: str | None) -> Sequence[Period]:
        """Hits and what there is by time, in the order of time and group."""
        with self._guarded():
            return self._instruments.timeline(scope, by_month=by_month, split=split)

    def ever_with(self, leaf: Leaf) -> Sequence[str]:
        """The ids of the documents that have ``leaf`` in their current text or a past one, in order."""
        with self._guarded():
            return self._instruments.ever_with(leaf)

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            self._close()


def _close(reader: IndexReader, opened: index.Index) -> None:
    reader.close()
    opened.close()


def _by_date(row: Row) -> tuple[bool, int, str]:
    return row.undated, row.first, row.id


def _summary(name: str, rows: Sequence[Row]) -> SourceSummary:
    dated = [row for row in rows if not row.undated]
    first = min(dated, key=lambda row: (row.first, row.published)).published if dated else None
    last = max(dated, key=lambda row: (row.last, row.published)).published if dated else None
    return SourceSummary(name, len(rows), len(rows) - len(dated), first, last)
