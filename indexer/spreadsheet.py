"""Tables as CSV, for the programs that open it.

UTF-8 with a byte order mark, without which Excel takes it for another character set (pandas, readr and data.table skip
it), lines that end in CR LF (RFC 4180), and cells that a spreadsheet would take for a formula after an apostrophe,
which is OWASP's remedy against CSV injection. A cell that begins with apostrophes and such a sign gets one more, so
that one can be taken off again without loss.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

BOM = "\ufeff"

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")  # noqa: RUF001 - Excel takes the wide forms for formulas too
_GUARDED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")  # noqa: RUF001


def csv_lines(columns: Sequence[str], records: Iterable[Mapping[str, object]]) -> Iterator[str]:
    """A header, then a line a record; what isn't known is empty."""
    yield BOM + _line(columns)
    for record in records:
        yield _line([_cell(record[name]) for name in columns])


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _line(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([guarded(cell) for cell in cells])
    return out.getvalue()


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """What :func:`guarded` was given."""
    return cell[1:] if _GUARDED.match(cell) else cell
