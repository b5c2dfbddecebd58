"""The words of several segments as those of one, and what is made of their numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.columnar.blocks import BlockWriter
from indexer.columnar.merging.columns import merge_strings, steps
from indexer.columnar.merging.sources import Source
from indexer.columnar.postings import stretched
from indexer.columnar.strings import StringTable, bounds
from indexer.columnar.words import Words, write_words
from indexer.columnar.writing.past import renumbered, words_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.uint32]

_TEXTS = ("words", "title_words")
PAST = "past"
_PAST = f"column/{PAST}"
COLUMNS = (*(f"column/{name}" for name in _TEXTS), _PAST)
"""The columns that have numbers of words in them."""
_A_WORD = 250  # bytes that merging takes for each at its height where all are different; less than half where few are
_FEWEST = 64  # words that are looked at together, whatever the memory: with fewer the steps take all the time
_HASHES = 1 << 64


def merge_words(writer: BlockWriter, found: Sequence[Source], memory: int) -> list[Numbers]:
    """Write the words that documents which are left have; gives the new number of each word of each segment.

    Words stand in the order of hashes, which lie evenly: as many parts of these are looked at one after the other as
    it takes to stay within ``memory`` bytes. What stays is the words that there will be.
    """
    sides = [_Side(source.file.words, _used(source)) for source in found]
    words = sum(len(side.words) for side in sides)
    parts: list[_Part] = []
    count = 0
    for step in _ranges(sides, words // max(memory // _A_WORD, _FEWEST) + 1):
        parts.append(_joined(sides, step, count))
        count += len(parts[-1].lengths)
        for source in found:
            source.file.file.forget()
    texts = StringTable(bounds(_all(parts, "lengths", np.uint64)), _all(parts, "data", np.uint8))
    hashes = {name: _all(parts, name, np.uint64) for name in ("keys", "exact", "families")}
    parts.clear()
    write_words(writer, texts, hashes)
    return [side.table for side in sides]


class _Side:
    """A segment's words, those that are ``used`` (``None``: all), and the number that each gets."""

    def __init__(self, words: Words, used: NDArray[np.bool_] | None) -> None:
        self.words = words
        self.used = used
        self.table = np.zeros(len(words), np.uint32)

    def among(self, first: int, last: int) -> NDArray[np.intp]:
        """Those of the words ``first`` to ``last`` (exclusive) that are used."""
        return np.arange(first, last) if self.used is None else first + np.flatnonzero(self.used[first:last])


@dataclass(frozen=True)
class _Part:
    """Different words in order: their hashes, and their texts one behind the other."""

    keys: NDArray[np.uint64]
    exact: NDArray[np.uint64]
    families: NDArray[np.uint64]
    lengths: NDArray[np.uint64]
    data: NDArray[np.uint8]


def _all(parts: Sequence[_Part], name: str, dtype: type[np.generic]) -> NDArray[Any]:
    return np.concatenate([np.zeros(0, dtype), *(getattr(part, name) for part in parts)])


def _ranges(sides: Sequence[_Side], count: int) -> Iterator[list[tuple[int, int]]]:
    """Of each segment the first word and that behind the last, of families in the same part of all hashes."""
    at = [0] * len(sides)
    for number in range(1, count + 1):
        cut = np.uint64(_HASHES * number // count - 1)  # the last hash of the part
        last = [int(np.searchsorted(side.words.families, cut, "right")) for side in sides]
        yield list(zip(at, last, strict=True))
        at = last


def _joined(sides: Sequence[_Side], step: Sequence[tuple[int, int]], count: int) -> _Part:
    """The different words of a step, of which the first gets the number ``count``; the tables get these numbers."""
    among = [side.among(first, last) for side, (first, last) in zip(sides, step, strict=True)]

    def every(name: str) -> NDArray[np.uint64]:
        return np.concatenate([getattr(side.words, name)[some] for side, some in zip(sides, among, strict=True)])

    keys, exact, families = every("keys"), every("exact"), every("families")
    order = np.lexsort((keys, exact, families))
    new = np.ones(len(order), np.bool_)
    new[1:] = keys[order[1:]] != keys[order[:-1]]
    numbers = np.empty(len(order), np.uint32)
    numbers[order] = np.cumsum(new) + (count - 1)
    begins = np.cumsum([0, *map(len, among)]).tolist()
    for side, some, begin in zip(sides, among, begins, strict=False):
        side.table[some] = numbers[begin : begin + len(some)]
    firsts = order[new]
    return _Part(keys[firsts], exact[firsts], families[firsts], *_texts(sides, among, begins, firsts))


def _texts(
    sides: Sequence[_Side], among: Sequence[NDArray[np.intp]], begins: Sequence[int], firsts: NDArray[np.intp]
) -> tuple[NDArray[np.uint64], NDArray[np.uint8]]:
    """How long the text of each of some words is, and all these texts; ``firsts``: their places in all of ``among``."""
    lengths = np.zeros(len(firsts), np.uint64)
    chosen = []
    for side, some, begin in zip(sides, among, begins, strict=False):
        here = np.flatnonzero((firsts >= begin) & (firsts < begin + len(some)))
        starts = side.words.texts.starts
        words = some[firsts[here] - begin]
        lengths[here] = starts[words + 1] - starts[words]
        chosen.append((here, side.words.texts.data, starts[words].astype(np.intp)))
    places = bounds(lengths).astype(np.intp)
    texts = np.empty(int(places[-1]), np.uint8)
    for here, data, begins_there in chosen:
        sizes = lengths[here].astype(np.intp)
        texts[stretched(places[here], sizes)] = data[stretched(begins_there, sizes)]
    return lengths, texts


def _used(source: Source) -> NDArray[np.bool_] | None:
    """Which words a document that is left has in its title, its body or a past version; ``None``: all."""
    if source.live is None:
        return None
    there = np.zeros(len(source.file.words), np.bool_)
    for name in _TEXTS:
        table = source.file.strings(name)
        for first, last in steps(table.starts):
            data = table.data[int(table.starts[first]) : int(table.starts[last])].view("<u4")
            counts = np.diff(table.starts[first : last + 1]).astype(np.intp) // 4
            there[data[np.repeat(source.live[first:last], counts)]] = True
            source.file.file.forget()
    for number in np.flatnonzero(source.live & (np.diff(source.file.strings(PAST).starts) > 0)).tolist():
        for version in words_of(source.file.strings(PAST)[number]):
            there[version] = True
    return there


def merge_texts(writer: BlockWriter, block: str, found: Sequence[Source], tables: Sequence[Numbers]) -> None:
    """A column with numbers of words in it; ``tables``: the new number of each word of each segment."""
    if block == _PAST:
        _merge_past(writer, found, tables)
    else:
        merge_strings(writer, block, found, [_converter(table) for table in tables])


def _merge_past(writer: BlockWriter, found: Sequence[Source], tables: Sequence[Numbers]) -> None:
    """Document by document: most have none, and a history is as long after it as before."""
    every = [source.file.strings(PAST) for source in found]
    lengths = [source.kept(np.diff(past.starts)) for source, past in zip(found, every, strict=True)]
    writer.add(f"{_PAST}.starts", bounds(np.concatenate(lengths)))
    with writer.block(f"{_PAST}.bytes", np.uint8) as growing:
        for source, past, table in zip(found, every, tables, strict=True):
            there = np.diff(past.starts)[source.left()] > 0
            for number in source.left()[there].tolist():
                growing.append(np.frombuffer(renumbered(past[number], table), np.uint8))
            source.file.file.forget()


def _converter(table: Numbers) -> Any:
    return lambda data: table.take(data.view("<u4")).astype("<u4", copy=False).view(np.uint8)
