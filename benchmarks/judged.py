"""The collections with known answers, as files that ``concord eval`` reads. The floors of the tests use them too."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from indexer.judged import JudgedFiles


def scifact(folder: Path) -> JudgedFiles:
    """Abstracts of papers; the queries are claims. Only the train queries: the others are nobody's to tune to."""
    return JudgedFiles(folder / "corpus.jsonl.gz", folder / "queries_train.jsonl", folder / "qrels_train.tsv")


def cranfield(folder: Path) -> JudgedFiles:
    """Abstracts on aerodynamics; the queries are questions of engineers."""
    return JudgedFiles(folder / "corpus.jsonl.gz", folder / "queries.jsonl", folder / "qrels.tsv")


def xquad(folder: Path, out: Path, *, titles: bool) -> JudgedFiles:
    """Finding the one paragraph that answers a question, written to ``out``.

    A paragraph is a document: under the title of its article, or alone.
    """
    articles = json.loads(gzip.decompress((folder / "xquad.en.json.gz").read_bytes()))["data"]
    paragraphs = [
        (f"{article:02}-{number}", title.replace("_", " ") if titles else "", paragraph)
        for article, (title, texts) in enumerate((each["title"], each["paragraphs"]) for each in articles)
        for number, paragraph in enumerate(texts)
    ]
    questions = [(asked, id) for id, _, paragraph in paragraphs for asked in paragraph["qas"]]
    files = JudgedFiles(out / "corpus.jsonl", out / "queries.jsonl", out / "qrels.tsv")
    _write(files.corpus, ({"_id": id, "title": title, "text": text["context"]} for id, title, text in paragraphs))
    _write(files.queries, ({"_id": asked["id"], "text": asked["question"]} for asked, _ in questions))
    rows = ["query-id\tcorpus-id\tscore", *(f"{asked['id']}\t{id}\t1" for asked, id in questions)]
    files.qrels.write_text("\n".join(rows) + "\n", "utf-8")
    return files


def _write(path: Path, records: Iterable[dict[str, Any]]) -> None:
    path.write_text("".join(f"{json.dumps(record)}\n" for record in records), "utf-8")
