"""Reading a generation with Whoosh."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Lock

from whoosh import index

from indexer.engines.protocol import Answer, Found, LabelledDocument, Plan, SourceSummary
from indexer.engines.whoosh.evaluate import Evaluator, Matches
from indexer.engines.whoosh.postings import Postings
from indexer.engines.whoosh.schema import unpack
from indexer.engines.whoosh.scoring import Bm25f
from indexer.engines.whoosh.select import Selection, fold, order, select
from indexer.engines.whoosh.table import DocumentTable, Row
from indexer.engines.whoosh.vocabulary import Vocabulary
from indexer.errors import IndexDamaged, IndexerError
from indexer.query.nodes import (
    Element,
    Exact,
    Fuzzy,
    Leaf,
    Loose,
    Node,
    Wildcard,
    Word,
    has_date_filter,
    scored_leaves,
    simple_leaves,
)
from indexer.results import Relaxation

FEW = 10  # a page: where fewer documents have all the words, partial matches follow
COPIES = 100  # told of a hit or a document: more addresses of one story nobody reads, and each is unpacked


class WhooshEngine:
    """An :class:`~indexer.engines.protocol.Engine` over a folder that ``WhooshWriter`` wrote.

    One call at a time: Whoosh's files keep a reading position, and evaluating is bound by the processor anyway.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        with self._guarded():
            self._index = index.open_dir(str(folder))
            self._reader = self._index.reader()
            self._table = DocumentTable.read(self._reader)
        self._vocabulary = Vocabulary(self._reader)
        self._evaluator = Evaluator(
            self._table, Postings(self._reader, self._table, self._vocabulary), Bm25f(self._table)
        )

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
            full = self._evaluator.matches(plan.tree)
            relaxed = self._relaxed(plan, full)
            partial = self._partial(relaxed, full)
            scores = {**partial, **full}
            selection = self._select(scores, plan)
            ranked = order(selection.rows, scores, partial, plan.sort)
            hits, copies = fold(ranked, partial, self._table.stories if plan.fold else ())
            page = hits[plan.offset : plan.offset + plan.limit]
            return Answer(
                total=len(hits),
                found=tuple(
                    Found(
                        self._entry(row),
                        scores[row.number],
                        row.number in partial,
                        tuple(map(self._entry, copies.get(row.number, ())[:COPIES])),
                    )
                    for row in page
                ),
                counts=selection.counts,
                relaxed=_relaxation(hits, partial),
                undated_left_out=self._undated_left_out(plan, relaxed, scores, selection.rows),
                weights=self._weights(plan.tree, relaxed),
                expansions=self._expansions(plan.tree),
                cut_off=tuple(element for element in _patterns(plan.tree) if element in self._vocabulary.cut_off),
                articles=len(ranked),
            )

    def _relaxed(self, plan: Plan, full: Matches) -> Node | None:
        """What partial matches must fit, where few documents fit in full."""
        if not isinstance(plan.tree, Loose):
            return None
        rows = self._select(full, plan).rows
        if len({row.story for row in rows} if plan.fold else rows) >= FEW:
            return None
        return plan.tree.relaxed()

    def _partial(self, relaxed: Node | None, full: Matches) -> Matches:
        found = self._evaluator.matches(relaxed) if relaxed else {}
        return {number: score for number, score in found.items() if number not in full}

    def _select(self, numbers: Iterable[int], plan: Plan) -> Selection:
        return select((self._table.rows[number] for number in numbers), plan.filters)

    def _undated_left_out(self, plan: Plan, relaxed: Node | None, scores: Matches, kept: Sequence[Row]) -> int:
        """How many undated documents would be hits but for a date, in the filters or in the query itself."""
        wished = set(scores)
        if has_date_filter(plan.tree):
            lenient = replace(self._evaluator, undated_fit=True)
            wished.update(*(lenient.matches(tree) for tree in (plan.tree, relaxed) if tree))
        undated = (number for number in wished if self._table.rows[number].undated)
        filters = replace(plan.filters, since=None, until=None)
        fitting = select((self._table.rows[number] for number in undated), filters).rows
        return len(fitting) - sum(row.undated for row in kept)

    def _weights(self, *trees: Node | None) -> dict[Leaf, float]:
        leaves = {leaf for tree in trees if tree for leaf, _ in scored_leaves(tree)}
        return {leaf: self._evaluator.weight(leaf) for leaf in leaves}

    def _expansions(self, tree: Node) -> Mapping[Wildcard | Fuzzy, Sequence[str]]:
        return {element: self._vocabulary.expand(element) for element in _patterns(tree)}

    def _entry(self, row: Row) -> LabelledDocument:
        return unpack(self._reader.stored_fields(row.number)["entry"])

    def document(self, document_id: str) -> LabelledDocument | None:
        """One document, ``None`` where the generation has none with this id."""
        number = self._table.by_id.get(document_id)
        if number is None:
            return None
        with self._guarded():
            return self._entry(self._table.rows[number])

    def copies(self, document_id: str) -> tuple[LabelledDocument, ...]:
        """The other documents with the same story, by date; none for an id that the generation doesn't have."""
        number = self._table.by_id.get(document_id)
        if number is None:
            return ()
        rows = [self._table.rows[other] for other in self._table.stories.get(self._table.rows[number].story, ())]
        with self._guarded():
            others = [row for row in sorted(rows, key=_by_date) if row.id != document_id]
            return tuple(map(self._entry, others[:COPIES]))

    def sources(self) -> tuple[SourceSummary, ...]:
        """What there is of each source, by name."""
        by_source: dict[str, list[Row]] = {}
        for row in self._table.rows.values():
            by_source.setdefault(row.source, []).append(row)
        return tuple(_summary(name, rows) for name, rows in sorted(by_source.items()))

    def languages(self) -> frozenset[str]:
        """The languages of the documents; ``und`` where one isn't known."""
        return frozenset(self._table.languages)

    def forms(self, element: Element) -> Sequence[str]:
        """The forms in the collection that a single-word leaf stands for, most frequent first."""
        with self._guarded():
            match element:
                case Word(text):
                    return self._vocabulary.family_forms(text, self._table.languages)
                case Exact(text):
                    return [text] if self._vocabulary.documents_with(text) else []
                case Wildcard() | Fuzzy():
                    return self._vocabulary.expand(element)
                case _:
                    return []

    def nearest(self, word: str) -> str | None:
        """The word of the collection most like a word that isn't in it."""
        with self._guarded():
            return self._vocabulary.nearest(word)

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            self._reader.close()
            self._index.close()


def _by_date(row: Row) -> tuple[bool, int, str]:
    return row.undated, row.first, row.id


def _patterns(tree: Node) -> list[Wildcard | Fuzzy]:
    return [element for element in simple_leaves(tree) if isinstance(element, Wildcard | Fuzzy)]


def _relaxation(hits: Sequence[Row], partial: Matches) -> Relaxation | None:
    some = sum(row.number in partial for row in hits)
    return Relaxation(all_words=len(hits) - some, some_words=some) if some else None


def _summary(name: str, rows: Sequence[Row]) -> SourceSummary:
    dated = [row for row in rows if not row.undated]
    first = min(dated, key=lambda row: (row.first, row.published)).published if dated else None
    last = max(dated, key=lambda row: (row.last, row.published)).published if dated else None
    return SourceSummary(name, len(rows), len(rows) - len(dated), first, last)
