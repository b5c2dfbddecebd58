"""The fields and columns of Concord's segments, as Whoosh names them.

Words come as ready-made terms (:mod:`indexer.columnar.writing`), so a query for one is ``Term("body", "en:treati")``;
Whoosh's own analysis of a query's text knows nothing of families.
"""

from __future__ import annotations

from whoosh import columns, fields

SCHEMA = fields.Schema(
    id=fields.ID(unique=True, sortable=True),
    title=fields.TEXT(phrase=True),
    title_exact=fields.TEXT(phrase=True),
    title_accents=fields.TEXT(phrase=False),
    body=fields.TEXT(phrase=True),
    body_exact=fields.TEXT(phrase=True),
    body_accents=fields.TEXT(phrase=False),
    source=fields.ID(sortable=True),
    language=fields.ID(sortable=True),
    domain=fields.KEYWORD(sortable=True),
    date=fields.COLUMN(columns.RefBytesColumn()),
    read_in=fields.COLUMN(columns.RefBytesColumn()),
    date_first=fields.COLUMN(columns.NumericColumn("i")),
    date_last=fields.COLUMN(columns.NumericColumn("i")),
    title_length=fields.COLUMN(columns.NumericColumn("I")),
    body_length=fields.COLUMN(columns.NumericColumn("I")),
    url=fields.COLUMN(columns.VarBytesColumn()),
    lead=fields.COLUMN(columns.VarBytesColumn()),
    title_words=fields.COLUMN(columns.VarBytesColumn()),
    words=fields.COLUMN(columns.VarBytesColumn()),
    passages=fields.COLUMN(columns.VarBytesColumn()),
    past=fields.COLUMN(columns.VarBytesColumn()),
    entry=fields.STORED(),
)

LENGTHS = {
    "title": "title_length",
    "title_exact": "title_length",
    "body": "body_length",
    "body_exact": "body_length",
}
"""The columns that have the lengths of Concord's texts."""
