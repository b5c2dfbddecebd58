"""How well does the search rank? Measured on a collection for which people judged what is relevant.

The documents are indexed as all others are, and the queries take the way of every search: there is no setting for it.
Only domains are left out; no ranking looks at them.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory
from typing import Any

from crawler import Document, read_corpus
from indexer.build import ENGINE, Progress, silent
from indexer.collection import Collection
from indexer.domains import Taxonomy
from indexer.engines.protocol import EngineWriter, LabelledDocument
from indexer.engines.whoosh import WhooshWriter
from indexer.errors import JudgmentsError
from indexer.generations import GenerationStore, new_manifest
from indexer.judged import JudgedFiles, read_judgments, read_queries
from indexer.measures import Judgments, Ranking, average_precision, ndcg, recall, reciprocal_rank, relevant
from indexer.results import SearchRequest
from indexer.wording import counted

DEPTH = 100  # hits looked at, as recall@100 needs; average precision is that of these
TOP = 10  # the first page


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Means over the queries that have something relevant. What was left out of account stands in ``notes``."""

    ndcg: float
    recall: float
    average_precision: float
    reciprocal_rank: float
    queries: int
    documents: int
    took_s: float
    notes: tuple[str, ...] = ()

    def measures(self) -> dict[str, float]:
        """The four measures by their usual names."""
        return {
            f"ndcg@{TOP}": self.ndcg,
            f"recall@{DEPTH}": self.recall,
            "map": self.average_precision,
            f"mrr@{TOP}": self.reciprocal_rank,
        }

    def to_json(self) -> dict[str, Any]:
        """``{"ndcg@10", "recall@100", "map", "mrr@10", "queries", "took_s"}``, then ``documents`` and ``notes``."""
        rounded = {name: round(value, 6) for name, value in self.measures().items()}
        counts = {"queries": self.queries, "took_s": round(self.took_s, 3), "documents": self.documents}
        return rounded | counts | {"notes": list(self.notes)}

    def lines(self) -> list[str]:
        """For people to read."""
        measures = [f"{name:<10}  {value:.4f}" for name, value in self.measures().items()]
        queries = counted(self.queries, "query", "queries")
        documents = counted(self.documents, "document", "documents")
        return [*measures, f"{queries}, {documents}, {self.took_s:.1f} s"]


@dataclass(frozen=True, slots=True)
class _Corpus:
    """What was indexed; ``unknown`` counts the documents whose language could not be told."""

    ids: frozenset[str]
    unknown: int


def evaluate(files: JudgedFiles, progress: Progress = silent) -> Evaluation:
    """Index the corpus in a temporary folder, ask every judged query, and measure what comes back.

    Raises ``LoadError`` for a file or a line that can't be read and ``JudgmentsError`` where nothing can be measured.
    """
    started = time.perf_counter()
    queries, pairs = read_queries(files.queries), read_judgments(files.qrels)
    judgments = pairs.grades
    asked = {id: text for id, text in queries.items() if relevant(judgments.get(id, {}))}
    if not asked:
        raise JudgmentsError(
            f"{files.qrels}: says of none of the {counted(len(queries), 'query', 'queries')} in {files.queries} "
            "what is relevant: take the two files of one collection"
        )
    with _indexed(files.corpus, progress) as (collection, corpus):
        _check_ids(files, judgments, corpus.ids)
        rankings = _rankings(collection, asked, progress)
    notes = [
        *_repeated(files.qrels, pairs.repeated),
        *_gaps(queries, judgments, corpus.ids),
        *_unknown_languages(corpus),
    ]
    return _means(rankings, judgments, len(corpus.ids), time.perf_counter() - started, notes)


@contextmanager
def _indexed(corpus: Path, progress: Progress) -> Iterator[tuple[Collection, _Corpus]]:
    """The corpus as a collection to search, and what is in it."""
    with TemporaryDirectory(prefix="concord-eval-") as folder:
        store = GenerationStore(Path(folder))
        with store.writing():
            new = store.begin()
            written = _write(new, corpus, progress)
            count = len(written.ids)
            store.publish(new, new_manifest(engine=ENGINE, archive="", change=0, taxonomy="", documents=count))
        collection = Collection(store, Taxonomy.load())
        try:
            yield collection, written
        finally:
            collection.close()


def _write(folder: Path, corpus: Path, progress: Progress) -> _Corpus:
    writer: EngineWriter = WhooshWriter(folder, update=False)
    ids: set[str] = set()
    unknown = 0
    try:
        with progress("Indexing", None) as count:
            for document in read_corpus(corpus):
                _add(writer, document, corpus, ids)
                unknown += document.language is None
                count(1)
        if not ids:
            raise JudgmentsError(f"{corpus}: no documents")
    except BaseException:
        writer.cancel()
        raise
    writer.commit()
    return _Corpus(frozenset(ids), unknown)


def _add(writer: EngineWriter, document: Document, corpus: Path, ids: set[str]) -> None:
    if document.id in ids:
        raise JudgmentsError(f'{corpus}: the document "{document.id}" stands twice: take one of them out')
    writer.add(LabelledDocument(document, (), frozenset()))
    ids.add(document.id)


def _check_ids(files: JudgedFiles, judgments: Mapping[str, Judgments], ids: frozenset[str]) -> None:
    if not any(relevant(judged) & ids for judged in judgments.values()):
        raise JudgmentsError(
            f"{files.qrels}: no document that it calls relevant is in {files.corpus}: "
            "take the two files of one collection"
        )


def _rankings(collection: Collection, queries: Mapping[str, str], progress: Progress) -> dict[str, Ranking]:
    rankings: dict[str, Ranking] = {}
    with progress("Searching", len(queries)) as count:
        for id, text in queries.items():
            hits = collection.ranking(SearchRequest(text, limit=DEPTH, fold=False))
            rankings[id] = [document for document, _ in hits]
            count(1)
    return rankings


def _means(
    rankings: Mapping[str, Ranking],
    judgments: Mapping[str, Judgments],
    documents: int,
    took_s: float,
    notes: Sequence[str],
) -> Evaluation:
    pairs = [(ranking, judgments[id]) for id, ranking in rankings.items()]
    return Evaluation(
        ndcg=fmean(ndcg(*pair, TOP) for pair in pairs),
        recall=fmean(recall(*pair, DEPTH) for pair in pairs),
        average_precision=fmean(average_precision(*pair) for pair in pairs),
        reciprocal_rank=fmean(reciprocal_rank(*pair, TOP) for pair in pairs),
        queries=len(pairs),
        documents=documents,
        took_s=took_s,
        notes=tuple(notes),
    )


def _repeated(qrels: Path, lines: Sequence[int]) -> Iterator[str]:
    if lines:
        many = counted(len(lines), "pair is judged", "pairs are judged")
        yield f"{qrels}:{lines[0]}: {many} again{' from this line on' * (len(lines) > 1)}: the last judgment counts"


def _gaps(queries: Mapping[str, str], judgments: Mapping[str, Judgments], ids: frozenset[str]) -> Iterator[str]:
    """Published collections have such gaps. A relevant document that isn't there counts as not found, as everywhere."""
    unjudged = sum(not relevant(judgments.get(id, {})) for id in queries)
    unknown = len(judgments.keys() - queries.keys())
    absent = len(set().union(*(relevant(judgments[id]) for id in queries.keys() & judgments.keys())) - ids)
    if unjudged:
        yield f"{counted(unjudged, 'query', 'queries')} without a relevant document in the judgments: left out"
    if unknown:
        yield f"{counted(unknown, 'query', 'queries')} in the judgments but not in the file of queries: left out"
    if absent:
        them = counted(absent, "relevant document", "relevant documents")
        count = "it counts" if absent == 1 else "they count"
        yield f"{them} not in the corpus, or without words: {count} as not found"


def _unknown_languages(corpus: _Corpus) -> Iterator[str]:
    if corpus.unknown:
        documents = f"{corpus.unknown:,} of {counted(len(corpus.ids), 'document', 'documents')}"
        are, their = ("is", "its") if corpus.unknown == 1 else ("are", "their")
        yield f"{documents} {are} in no language that could be told: {their} words are found in the form typed only"
