"""The corpus of a test collection: ``.jsonl``, a line is a document, ``{"_id", "title", "text"}`` (the BEIR layout).

Thakur et al. 2021, "BEIR: a heterogeneous benchmark for zero-shot evaluation of information retrieval models".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler.document import Document
from crawler.errors import LoadError
from crawler.extract.language import detect
from crawler.extract.paragraphs import clean
from crawler.loaders.files import MAX_LINE, MIB, display, read_lines
from crawler.loaders.jsonl import parse_json, title_and_paragraphs

_SOURCE = "corpus"


def read_records(path: Path, required: Sequence[str], optional: Sequence[str] = ()) -> Iterator[dict[str, str]]:
    """The values of these keys in each object of a ``.jsonl`` or ``.jsonl.gz``, as text: ``""`` for an absent one.

    Raises :class:`LoadError` with the line. Whole numbers count as text: some collections have them as ids.
    """
    for number, line in read_lines(path):
        if line is None:
            raise LoadError(display(path), f"more than {MAX_LINE // MIB} MB in one line", line=number)
        if not line.strip(b"\xef\xbb\xbf \t"):
            continue
        try:
            yield _texts(line, required, optional)
        except ValueError as error:
            raise LoadError(display(path), str(error), line=number) from None


def _texts(line: bytes, required: Sequence[str], optional: Sequence[str]) -> dict[str, str]:
    keys = ", ".join(f'"{key}": …' for key in (*required, *optional))
    record = _object(line)
    if not isinstance(record, dict):
        raise ValueError(f"not a JSON object: write {{{keys}}} on each line")
    missing = " and no ".join(f'"{key}"' for key in required if not isinstance(record.get(key), str | int))
    if missing:
        raise ValueError(f"no {missing}: write {{{keys}}} on each line")
    return {key: str(record[key]) for key in required} | {key: str(record.get(key) or "") for key in optional}


def _object(line: bytes) -> Any:
    try:
        return parse_json(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8: {error.reason} at byte {error.start + 1}") from None


def read_corpus(path: Path) -> Iterator[Document]:
    """The documents of a corpus, as ``concord load`` would make them: paragraphs, title, language detected.

    One without words is passed over, as it is there. Raises :class:`LoadError` with the line.
    """
    now = datetime.now(UTC)
    for record in read_records(path, ("_id", "text"), ("title",)):
        title, paragraphs = title_and_paragraphs(clean(record["title"]), record["text"])
        if title:
            language = detect("\n".join([title, *paragraphs]))
            yield Document(record["_id"], _SOURCE, None, title, paragraphs, None, language, 1, now)
