"""Reading a test collection: documents, queries, and what people judged relevant, in the BEIR layout."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from crawler import read_lines, read_records
from indexer.errors import JudgmentsError

_HEADER = "score"


@dataclass(frozen=True, slots=True)
class JudgedFiles:
    """The files of a test collection; each may be compressed (``.gz``).

    ``corpus``: lines ``{"_id", "title", "text"}``; ``queries``: ``{"_id", "text"}``; ``qrels``: query, document and
    grade in columns with tabs between them, below a header.
    """

    corpus: Path
    queries: Path
    qrels: Path


def read_queries(path: Path) -> dict[str, str]:
    """Text by id; raises ``LoadError``, or ``JudgmentsError`` where an id stands twice."""
    queries: dict[str, str] = {}
    for record in read_records(path, ("_id", "text")):
        if record["_id"] in queries:
            raise JudgmentsError(f'{path}: the query "{record["_id"]}" stands twice: take one of them out')
        queries[record["_id"]] = record["text"]
    return queries


def read_judgments(path: Path) -> dict[str, dict[str, int]]:
    """Query → document → grade; raises ``LoadError`` or, with the line, ``JudgmentsError``."""
    judgments: dict[str, dict[str, int]] = {}
    for number, line in read_lines(path):
        columns = (line or b"?").decode("utf-8-sig", "replace").rstrip().split("\t")
        if columns == [""] or (number == 1 and columns[-1] == _HEADER):
            continue
        try:
            query, document, grade = columns
            judgments.setdefault(query, {})[document] = int(grade)
        except ValueError:
            raise JudgmentsError(
                f"{path}:{number}: not a judgment: write a query's id, a document's id and a whole number, "
                "with tabs between them"
            ) from None
    return judgments
