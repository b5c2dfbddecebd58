"""Reading a test collection: documents, queries, and what people judged relevant, in the BEIR layout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from crawler import read_lines, read_records
from indexer.errors import JudgmentsError

_COLUMNS = 3  # query, document, grade


@dataclass(frozen=True, slots=True)
class JudgedFiles:
    """The files of a test collection; each may be compressed (``.gz``).

    ``corpus``: lines ``{"_id", "title", "text"}``; ``queries``: ``{"_id", "text"}``; ``qrels``: query, document and
    grade in columns with tabs between them, with or without a header.
    """

    corpus: Path
    queries: Path
    qrels: Path


@dataclass(frozen=True, slots=True)
class JudgedPairs:
    """``grades``: query → document → grade. ``repeated``: the lines that judge a pair anew, by their numbers."""

    grades: dict[str, dict[str, int]]
    repeated: tuple[int, ...]


def read_queries(path: Path) -> dict[str, str]:
    """Text by id; raises ``LoadError``, or ``JudgmentsError`` where an id stands twice."""
    queries: dict[str, str] = {}
    for record in read_records(path, ("_id", "text")):
        if record["_id"] in queries:
            raise JudgmentsError(f'{path}: the query "{record["_id"]}" stands twice: take one of them out')
        queries[record["_id"]] = record["text"]
    return queries


def read_judgments(path: Path) -> JudgedPairs:
    """Of a pair that is judged twice the last grade counts. Raises ``LoadError`` or, with the line, ``JudgmentsError``.

    The first line is a judgment where its third column is a number, else a header.
    """
    grades: dict[str, dict[str, int]] = {}
    repeated: list[int] = []
    for number, line in read_lines(path):
        columns = (line or b"?").decode("utf-8-sig", "replace").rstrip().split("\t")
        if columns == [""] or (number == 1 and _is_header(columns)):
            continue
        query, document, grade = _judgment(columns, f"{path}:{number}")
        judged = grades.setdefault(query, {})
        if document in judged:
            repeated.append(number)
        judged[document] = grade
    return JudgedPairs(grades, tuple(repeated))


def _is_header(columns: Sequence[str]) -> bool:
    return len(columns) == _COLUMNS and not any(map(str.isdigit, columns[-1]))


def _judgment(columns: Sequence[str], where: str) -> tuple[str, str, int]:
    try:
        query, document, grade = columns
        return query, document, int(grade)
    except ValueError:
        raise JudgmentsError(
            f"{where}: not a judgment: write a query's id, a document's id and a whole number, with tabs between them"
        ) from None
