"""The list of sources, for people."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler import SourceRecord
from crawler.sources import as_table, list_sources

LOADED = datetime(2024, 5, 1, 12, 3, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("first", "last", "dates"),
    [("2001", "2008-11-05", "2001 - 2008-11-05"), ("2001", "2001", "2001"), (None, None, "-")],
)
def test_a_row_tells_how_much_from_when_to_when(settings, first, last, dates):
    record = SourceRecord("papers", 1500, 1234, 1300, 0, first, last, LOADED)
    _, row, _ = as_table(list_sources(settings, [record]))
    cells = [cell.strip() for cell in row.split("  ") if cell.strip()]
    assert cells == ["papers", "papers", "files", "yes", "1,234", dates, "2024-05-01 12:03 UTC"]


def test_columns_stand_below_each_other(settings):
    header, *rows = as_table(list_sources(settings, []))
    assert {row.index("never") for row in rows} == {header.index("LAST LOADED")}
