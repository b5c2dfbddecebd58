"""Citations as a table (CSV) and as lines of JSON: written, and read back."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields

from indexer.citations.citation import Citation
from indexer.citations.claim import Claim, claim_of
from indexer.spreadsheet import BOM, csv_lines, unguarded

COLUMNS = tuple(field.name for field in fields(Citation) if field.name != "passage_text")
_READ = (*COLUMNS, "passage_text")
_ALIASES = {
    "id": ("document", "document_id", "concord_id"),
    "url": ("link", "uri", "address", "web_address"),
    "quote": ("quotation", "excerpt", "text"),
    "passage": ("anchor", "passage_anchor"),
}
"""What tables that others made call their columns; the names of Concord's own come first."""

_HALF = re.compile("[\ud800-\udfff]")
_DELIMITERS = ",;\t|"


def write_csv(citations: Iterable[Citation]) -> Iterator[str]:
    """A header, then a line a citation; what isn't known is empty, domains are separated by ``; ``."""
    records = (citation.to_json() | {"domains": "; ".join(citation.domains)} for citation in citations)
    return csv_lines(COLUMNS, records)


def write_jsonl(citations: Iterable[Citation]) -> Iterator[str]:
    """An object a line: the columns of the table and ``passage_text``, the whole passage that the quote is from."""
    for citation in citations:
        yield json.dumps(citation.to_json(), ensure_ascii=False) + "\n"


def read_csv(text: str) -> Iterator[Claim]:
    """The claims of a table with a header; the delimiter is a comma, semicolon, tab or bar.

    Raises ``ValueError`` where no column tells a document or a quote, or a line can't be read.
    """
    delimiter = _delimiter(text)
    rows = csv.reader(io.StringIO(text.removeprefix(BOM), newline=""), delimiter=delimiter)
    try:
        columns = _columns(next(rows, []))
        for cells in rows:
            if any(map(str.strip, cells)):
                yield _claim(columns, cells, rows.line_num)
    except csv.Error as error:
        raise ValueError(f"line {rows.line_num}: {error}") from None


def is_table(text: str) -> bool:
    """Whether the first line of a text is a header with a column that tells a document or a quote."""
    try:
        next(read_csv(text[: text.find("\n") + 1] or text), None)
    except ValueError:
        return False
    return True


def _delimiter(text: str) -> str:
    header = text[: text.find("\n")] if "\n" in text else text
    return max(_DELIMITERS, key=header.count)


def _columns(header: Sequence[str]) -> Mapping[str, int]:
    """Name of a field → its column."""
    found: dict[str, int] = {}
    for at, cell in enumerate(header):
        found.setdefault(re.sub(r"\W+", "_", cell.strip().lower()).strip("_"), at)
    for name, aliases in _ALIASES.items():
        known = next((alias for alias in aliases if alias in found), None)
        if name not in found and known:
            found[name] = found[known]
    if found.keys().isdisjoint({"id", "url", "quote"}):
        raise ValueError('no table of citations: the first line has no column named "id", "url" or "quote"')
    return found


def _claim(columns: Mapping[str, int], cells: Sequence[str], line: int) -> Claim:
    names = (name for name in _READ if name in columns)
    said = {name: unguarded(cells[columns[name]]) for name in names if columns[name] < len(cells)}
    return claim_of(said, said.get("id") or f"line {line}", line)


def read_jsonl(text: str) -> Iterator[Claim]:
    """The claims of lines of JSON, with the names of the export; a line that can't be read is a claim that says so."""
    for number, line in enumerate(text.removeprefix(BOM).split("\n"), 1):
        if line.strip():
            yield _json_claim(line, number)


def _json_claim(line: str, number: int) -> Claim:
    label = f"line {number}"
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        return Claim(label, number, problem=f"not JSON: {error.msg} at character {error.pos + 1}")
    except (RecursionError, ValueError):
        return Claim(label, number, problem="not JSON that can be read")
    if not isinstance(record, dict):
        return Claim(label, number, problem="not a JSON object")
    said = {name: str(record[name]) for name in _READ if record.get(name) is not None}
    if any(map(_HALF.search, said.values())):
        return Claim(label, number, problem="it has half of a character (a lone surrogate)")
    return claim_of(said, said.get("id") or label, number)
