"""Reading what a column of the index has of many documents."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from whoosh.reading import IndexReader


def read_column(reader: IndexReader, name: str, numbers: Sequence[int], *, translate: bool = False) -> list[Any]:
    """The values of documents, by their numbers: as stored, or ``translate``d by the field.

    All are read segment by segment, deleted documents too: that is much faster than asking for each.
    """
    if not numbers:
        return []
    columns = (leaf.column_reader(name, translate=translate) for leaf, _ in reader.leaf_readers())
    values = list(chain.from_iterable(columns))
    return values if len(values) == len(numbers) else [values[number] for number in numbers]
