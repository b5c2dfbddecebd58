"""How well are documents ranked, against good plain BM25 on the same collections?

The peer is bm25s as its documentation sets it up for English: stems of Snowball, a list of stop words, and its own
k1 and b. Both get the same texts; the peer gets title and text joined, as it has no fields. Concord is asked through
``concord eval``, on the way of every search. One setting for all collections, on both sides.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from statistics import fmean
from typing import Any

from benchmarks import judged
from benchmarks.data import data_set
from benchmarks.workspace import Workspace
from crawler import read_corpus
from indexer.evaluate import DEPTH, TOP, evaluate
from indexer.judged import JudgedFiles, read_judgments, read_queries
from indexer.measures import Ranking, ndcg, relevant

SETS = {"scifact": "scifact", "cranfield": "cranfield", "xquad, titles": "xquad-en", "xquad, no titles": "xquad-en"}
"""Name → the data set that it is made of."""


def measure(workspace: Workspace) -> dict[str, Any]:
    """For each collection that is here: nDCG@10 and seconds of both, and the difference of the first."""
    figures = {}
    for name, data in SETS.items():
        folder = data_set(data)
        if folder is not None:
            figures[name] = _compare(_files(name, folder, workspace.folder))
    return figures


def _files(name: str, folder: Path, scratch: Path) -> JudgedFiles:
    if name == "scifact":
        return judged.scifact(folder)
    if name == "cranfield":
        return judged.cranfield(folder)
    return judged.xquad(folder, scratch, titles=name.endswith(", titles"))


def _compare(files: JudgedFiles) -> dict[str, Any]:
    ours, peer = evaluate(files), by_bm25s(files)
    return {
        "queries": ours.queries,
        "documents": ours.documents,
        "concord": {"ndcg": round(ours.ndcg, 4), "seconds": round(ours.took_s, 1)},
        "bm25s": peer,
        "difference": round(ours.ndcg - peer["ndcg"], 4),
    }


def by_bm25s(files: JudgedFiles) -> dict[str, float]:
    """nDCG@10 and seconds of the peer, over the same queries."""
    start = time.perf_counter()
    judgments = read_judgments(files.qrels).grades
    queries = {id: text for id, text in read_queries(files.queries).items() if relevant(judgments.get(id, {}))}
    rankings = _rankings(files.corpus, list(queries.values()))
    found = fmean(ndcg(ranking, judgments[id], TOP) for id, ranking in zip(queries, rankings, strict=True))
    return {"ndcg": round(found, 4), "seconds": round(time.perf_counter() - start, 1)}


def _rankings(corpus: Path, queries: list[str]) -> list[Ranking]:
    import bm25s
    import Stemmer

    stemmer = Stemmer.Stemmer("english")
    documents = list(read_corpus(corpus))
    texts = [" ".join([each.title, *each.paragraphs]) for each in documents]
    retriever = bm25s.BM25()
    retriever.index(bm25s.tokenize(texts, stopwords="en", stemmer=stemmer, show_progress=False), show_progress=False)
    asked = bm25s.tokenize(queries, stopwords="en", stemmer=stemmer, show_progress=False)
    numbers, _ = retriever.retrieve(asked, k=min(DEPTH, len(documents)), show_progress=False)
    return [[documents[number].id for number in row] for row in numbers.tolist()]


def lines(found: dict[str, Any]) -> Iterator[str]:
    """A row a collection."""
    yield f"{'':<18}{'queries':>8}{'documents':>11}{'bm25s':>9}{'Concord':>9}{'difference':>12}"
    for name, row in found.items():
        yield (
            f"{name:<18}{row['queries']:>8,}{row['documents']:>11,}{row['bm25s']['ndcg']:>9.4f}"
            f"{row['concord']['ndcg']:>9.4f}{row['difference']:>+12.4f}"
        )
