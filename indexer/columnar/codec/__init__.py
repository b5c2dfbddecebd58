"""Whoosh over files of columns: a codec for any schema, and the table of contents of a folder."""
