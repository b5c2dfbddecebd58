"""The words of each document as one string a field, in a column: what counting grams reads of the best documents."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from indexer.query.features import lettering

if TYPE_CHECKING:
    from whoosh.reading import IndexReader


def pack_letterings(title: Sequence[str], body: Sequence[str]) -> bytes:
    """The folded words of both fields, compressed."""
    return zlib.compress("\n".join((lettering(title), lettering(body))).encode())


def read_letterings(reader: IndexReader, numbers: Iterable[int]) -> dict[str, list[str]]:
    """Field → the words of each document, as :func:`~indexer.query.features.lettering` puts them together."""
    column = reader.column_reader("letterings")
    texts = [zlib.decompress(column[number]).decode().split("\n") for number in numbers]
    return {"title": [title for title, _ in texts], "body": [body for _, body in texts]}
