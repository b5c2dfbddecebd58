"""What an archive holds, by source."""

from __future__ import annotations

import sqlite3

from crawler.archive.records import SourceRecord
from crawler.archive.rows import time_of

# A date is stored as its first day; cut to what is known of it, texts still compare in the order of time.
_COVERAGE = """
WITH current AS (
    SELECT d.source AS source, count(*) AS documents, sum(v.date IS NULL) AS undated,
           min(substr(v.date, 1, k.length)) AS first, max(substr(v.date, 1, k.length)) AS last
    FROM documents d
    JOIN versions v ON v.document_id = d.id AND v.number = d.version
    LEFT JOIN (SELECT 'day' AS precision, 10 AS length UNION ALL VALUES ('month', 7), ('year', 4)) k
           ON k.precision = v.precision
    GROUP BY d.source
), distinct_texts AS (
    SELECT d.source AS source, count(*) AS versions
    FROM documents d JOIN versions v ON v.document_id = d.id GROUP BY d.source
), captured AS (
    SELECT source, count(*) AS captures, max(confirmed_at) AS last_captured_at FROM captures GROUP BY source
)
SELECT source, captures, documents, versions, undated, first, last, last_captured_at
FROM current JOIN distinct_texts USING (source) JOIN captured USING (source) ORDER BY source
"""


def coverage(connection: sqlite3.Connection) -> tuple[SourceRecord, ...]:
    """A record for each source that has documents, by name."""
    return tuple(
        SourceRecord(source, captures, documents, versions, undated, first, last, time_of(moment))
        for source, captures, documents, versions, undated, first, last, moment in connection.execute(_COVERAGE)
    )
