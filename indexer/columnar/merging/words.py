"""The words of several segments as those of one, and what is made of their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.columnar.blocks import BlockWriter
from indexer.columnar.merging.columns import merge_strings, steps
from indexer.columnar.merging.sources import Source
from indexer.columnar.words import write_words
from indexer.columnar.writing.past import renumbered, words_of
from indexer.columnar.writing.rows import Row

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.uint32]

_TEXTS = ("words", "title_words")
PAST = "past"
_PAST = f"column/{PAST}"
COLUMNS = (*(f"column/{name}" for name in _TEXTS), _PAST)
"""The columns that have numbers of words in them."""


def merge_words(writer: BlockWriter, found: Sequence[Source]) -> list[Numbers]:
    """Write the words that documents which are left have; gives the new number of each word of each segment."""
    used = [_used(source) for source in found]
    words = [source.file.words for source in found]
    arrays = {
        name: np.concatenate([getattr(each, name)[some] for each, some in zip(words, used, strict=True)])
        for name in ("keys", "exact", "families")
    }
    order = np.lexsort((arrays["keys"], arrays["exact"], arrays["families"]))
    keys = arrays["keys"][order]
    new = np.concatenate(([True], keys[1:] != keys[:-1])) if len(keys) else np.zeros(0, np.bool_)
    numbers = np.empty(len(order), np.uint32)
    numbers[order] = np.cumsum(new, dtype=np.uint32) - np.uint32(1)
    firsts = order[new]
    texts = [text for each, some in zip(words, used, strict=True) for text in map(each.texts.__getitem__, some)]
    write_words(writer, [texts[at] for at in firsts.tolist()], {name: each[firsts] for name, each in arrays.items()})
    return _tables(words, used, numbers)


def _tables(words: Sequence[Any], used: Sequence[NDArray[np.intp]], numbers: Numbers) -> list[Numbers]:
    tables = []
    at = 0
    for each, some in zip(words, used, strict=True):
        table = np.zeros(len(each), np.uint32)
        table[some] = numbers[at : at + len(some)]
        tables.append(table)
        at += len(some)
    return tables


def _used(source: Source) -> NDArray[np.intp]:
    """The words that a document which is left has in its title, its body or a past version."""
    words = len(source.file.words)
    if source.live is None:
        return np.arange(words)
    there = np.zeros(words, np.bool_)
    for name in _TEXTS:
        table = source.file.strings(name)
        for first, last in steps(table.starts):
            data = table.data[int(table.starts[first]) : int(table.starts[last])].view("<u4")
            counts = np.diff(table.starts[first : last + 1]).astype(np.intp) // 4
            there[data[np.repeat(source.live[first:last], counts)]] = True
    for number in np.flatnonzero(source.live & (np.diff(source.file.strings(PAST).starts) > 0)).tolist():
        for version in words_of(source.file.strings(PAST)[number]):
            there[version] = True
    return np.flatnonzero(there)


def merge_texts(writer: BlockWriter, block: str, found: Sequence[Source], tables: Sequence[Numbers]) -> None:
    """A column with numbers of words in it; ``tables``: the new number of each word of each segment."""
    if block == _PAST:
        _merge_past(writer, found, tables)
    else:
        merge_strings(writer, block, found, [_converter(table) for table in tables])


def _merge_past(writer: BlockWriter, found: Sequence[Source], tables: Sequence[Numbers]) -> None:
    past = Row()
    for source, table in zip(found, tables, strict=True):
        for number in source.left().tolist():
            packed = source.file.strings(PAST)[number]
            past.append(renumbered(packed, table) if packed else b"")
    past.write(writer, _PAST)


def _converter(table: Numbers) -> Any:
    return lambda data: table.take(data.view("<u4")).astype("<u4", copy=False).view(np.uint8)
