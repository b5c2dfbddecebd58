"""Reading a generation that ``WhooshWriter`` wrote."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from indexer.analysis import characters
from indexer.columnar import Reader, told
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
    Places,
    Plan,
    Sample,
    Scope,
    SourceSummary,
    Typed,
    TypedTitle,
)
from indexer.errors import IndexDamaged, IndexerError
from indexer.query.nodes import Element, Exact, Fuzzy, Leaf, Node, Wildcard, Word
from indexer.results import Sort


class WhooshEngine:
    """An :class:`~indexer.engines.protocol.Engine` over a folder that ``WhooshWriter`` wrote.

    One call at a time: evaluating is bound by the processor, and what was found is kept for the next call.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        with self._guarded():
            self._reader = Reader(folder)

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """One thread at a time; whatever is stumbled over in the files is damage."""
        with self._lock:
            try:
                yield
            except IndexerError:
                raise
            except Exception as error:
                raise IndexDamaged(self._folder, told(error)) from error

    def search(self, plan: Plan) -> Answer:
        """All hits counted, one page of them told."""
        with self._guarded():
            return self._reader.search(plan).answer()

    def ranking(self, plan: Plan) -> Sequence[tuple[str, float]]:
        """Id and score of the hits that ``search`` tells, in their order; no document is read for it."""
        with self._guarded():
            return self._reader.search(plan).ranking()

    def expansions(self, tree: Node) -> Expansions:
        """What is searched for the words and patterns of a tree."""
        with self._guarded():
            return self._reader.expansions(tree)

    def places(
        self, leaves: Mapping[str, Sequence[Leaf]], languages: Sequence[str] | None = None
    ) -> Mapping[str, Places]:
        """Where leaves stand in the passages of documents, by id: of each document those that are asked for."""
        with self._guarded():
            return self._reader.places(leaves, languages)

    def document(self, document_id: str) -> LabelledDocument | None:
        """One document, ``None`` where the generation has none with this id."""
        with self._guarded():
            number = self._reader.documents.number(document_id)
            return None if number is None else self._reader.entry(number)

    def entries(self) -> Iterator[LabelledDocument]:
        """Every document, one in memory at a time. Unordered."""
        for number in self._reader.numbers():
            with self._guarded():
                entry = self._reader.entry(number)
            yield entry

    def copies(self, document_id: str) -> tuple[LabelledDocument, ...]:
        """The other documents with the same story, by date; none for an id that the generation doesn't have."""
        with self._guarded():
            return self._reader.copies(document_id)

    def versions(self) -> dict[str, int | None]:
        """The version of each document by its id, ``None`` where it can't be read back. Reads all: for a check."""
        with self._lock:
            return {self._reader.documents.id(number): self._version(number) for number in self._reader.numbers()}

    def _version(self, number: int) -> int | None:
        try:
            return self._reader.entry(number).document.version
        except Exception:  # damage has many faces: zstd, MessagePack, a missing value, an offset beyond the end
            return None

    def sources(self) -> tuple[SourceSummary, ...]:
        """What there is of each source, by name."""
        with self._guarded():
            return self._reader.documents.summaries

    def languages(self) -> frozenset[str]:
        """The languages of the documents; ``und`` where one isn't known."""
        with self._guarded():
            return frozenset(self._reader.documents.languages)

    def forms(self, element: Element, languages: Sequence[str] | None = None) -> Sequence[str]:
        """The forms in the collection that a single-word leaf stands for, most frequent first."""
        with self._guarded():
            read_in = self._reader.documents.read_in if languages is None else languages
            vocabulary = self._reader.vocabulary
            match element:
                case Word(text) if characters(text):
                    return [text] if self._reader.stands(element) else []
                case Word(text):
                    return vocabulary.family_forms(text, read_in, element.accented)
                case Exact(text):
                    return [text] if vocabulary.documents_with(text) else []
                case Wildcard() | Fuzzy():
                    return vocabulary.expand(element)
                case _:
                    return []

    def weights(self, tree: Node) -> Mapping[Leaf, float]:
        """The idf of each scored leaf of a tree."""
        with self._guarded():
            return self._reader.search(Plan(tree, Filters(), Sort.RELEVANCE, 0, 0)).weights(tree)

    def nearest(self, word: str, forms: Sequence[str] = ()) -> str | None:
        """The word of the collection, or two in a row, that was probably meant."""
        with self._guarded():
            return self._reader.speller.nearest(word, forms)

    def complete(self, typed: Typed, limit: int) -> Sequence[tuple[str, int]]:
        """Words that what is typed can become, with their documents, most frequent first."""
        with self._guarded():
            return self._reader.completer.complete(typed, limit)

    def values(self, field: str) -> Mapping[str, int]:
        """The values of a field with their documents."""
        with self._guarded():
            return self._reader.documents.values(field)

    def titles(self, words: Sequence[TypedTitle], limit: int) -> Sequence[LabelledDocument]:
        """Documents with all words in their title: those that start with them, then newer ones; one a story."""
        with self._guarded():
            return [self._reader.shown(row.number) for row in self._reader.completer.titles(words, limit)]

    def similar(self, document_id: str, limit: int) -> Sequence[Alike]:
        """The documents most like one, best first, one a story."""
        with self._guarded():
            return self._reader.similar(document_id, limit)

    def concordance(
        self, scope: Scope, order: LineOrder, offset: int, limit: int, sample: Sample | None = None
    ) -> Concordance:
        """All hits counted, those from ``offset`` on told."""
        with self._guarded():
            return self._reader.instruments.concordance(scope, order, offset, limit, sample)

    def neighbourhood(self, scope: Scope, span: int, least: int) -> Neighbourhood:
        """The words that stand at most ``span`` words from a hit, in its passage, ``least`` times or more."""
        with self._guarded():
            return self._reader.instruments.neighbourhood(scope, span, least)

    def timeline(self, scope: Scope, *, by_month: bool, split: str | None) -> Sequence[Period]:
        """Hits and what there is by time, in the order of time and group."""
        with self._guarded():
            return self._reader.instruments.timeline(scope, by_month=by_month, split=split)

    def ever_with(self, leaf: Leaf) -> Sequence[str]:
        """The ids of the documents that have ``leaf`` in their current text or a past one, in order."""
        with self._guarded():
            return self._reader.instruments.ever_with(leaf)

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            self._reader.close()
