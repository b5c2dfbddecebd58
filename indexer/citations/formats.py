"""The formats of citations by name, and telling which one a file has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from crawler import Archive
from indexer.citations.bibtex import read_bibtex, write_bibtex
from indexer.citations.citation import Citation
from indexer.citations.claim import Claim
from indexer.citations.receipts import check_archive, claims_of, is_receipt, parse_receipt
from indexer.citations.ris import read_ris, write_ris
from indexer.citations.table import is_table, read_csv, read_jsonl, write_csv, write_jsonl
from indexer.errors import CitationsError

MAX_BYTES = 64_000_000  # a file is read as a whole; the citations of 50,000 documents take half of that
MAX_CLAIMS = 200_000  # a claim and its verdict take a kilobyte; the largest receipt has 100,000 hits


@dataclass(frozen=True, slots=True)
class Format:
    """How citations are written: ``write`` yields pieces of text in order; ``suffix`` is what files are called."""

    name: str
    suffix: str
    media_type: str
    write: Callable[[Iterable[Citation]], Iterator[str]]


FORMATS: Mapping[str, Format] = {
    each.name: each
    for each in (
        Format("csv", ".csv", "text/csv; charset=utf-8", write_csv),
        Format("jsonl", ".jsonl", "application/x-ndjson", write_jsonl),
        Format("ris", ".ris", "application/x-research-info-systems; charset=utf-8", write_ris),
        Format("bibtex", ".bib", "application/x-bibtex; charset=utf-8", write_bibtex),
    )
}
"""What ``concord export`` writes, by the name that it is asked for by."""

_SUFFIXES = {
    ".csv": "csv",
    ".tsv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".ris": "ris",
    ".bib": "bibtex",
    ".bibtex": "bibtex",
}
_READERS: Mapping[str, Callable[[str], Iterator[Claim]]] = {
    "csv": read_csv,
    "jsonl": read_jsonl,
    "ris": read_ris,
    "bibtex": read_bibtex,
}


def read_text(path: Path) -> str:
    """A file of citations as text; raises ``CitationsError`` where it is none."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)  # of a pipe or a device nobody knows the size
    except OSError as error:
        raise CitationsError(path, f"can't be read: {error.strerror or error}") from None
    if len(data) > MAX_BYTES:
        raise CitationsError(path, f"larger than {MAX_BYTES // 1_000_000} MB: verify it in parts")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(path, data, "utf-16")
    return _decoded(path, data, "utf-8-sig")


def _decoded(path: Path, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CitationsError(path, f"line {line}: not UTF-8: save the file as UTF-8 and try again") from None


def read_claims(path: Path, archive: Archive) -> tuple[str, list[Claim]]:
    """The format of a file (a name of :data:`FORMATS`, or ``receipt``) and what it claims.

    The name of the file says which format it is, else its content. Raises ``CitationsError``, for a receipt of another
    archive too.
    """
    text = read_text(path)
    name = _SUFFIXES.get(path.suffix.lower()) or _recognised(path, text)
    if name == "receipt":
        receipt = parse_receipt(path, text)
        check_archive(path, receipt, archive)
        return name, claims_of(receipt)
    try:
        claims = list(islice(_READERS[name](text), MAX_CLAIMS + 1))
    except ValueError as error:
        raise CitationsError(path, str(error)) from None
    if not claims:
        raise CitationsError(path, "no citations in it")
    if len(claims) > MAX_CLAIMS:
        raise CitationsError(path, f"more than {MAX_CLAIMS:,} citations: verify it in parts")
    return name, claims


def _recognised(path: Path, text: str) -> str:
    start = text.lstrip("\ufeff \t\r\n")
    if path.suffix.lower() == ".json" or (start.startswith("{") and is_receipt(start)):
        return "receipt"
    if start.startswith("{"):
        return "jsonl"
    if start.startswith("TY  -"):
        return "ris"
    if start.startswith("@") or "\n@" in start:
        return "bibtex"
    if is_table(text):
        return "csv"
    raise CitationsError(path, "no file of citations: BibTeX, RIS, CSV, JSONL of 'concord export' or a receipt")
