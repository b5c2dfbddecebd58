"""Whether a segment says what it should: every sum, and every number that leads from one block into another.

Reading a segment trusts that starts grow, terms are in order, documents exist. Here each of these is looked at, with
whole arrays: some 100 MB a second, so it is for ``concord check`` and not for every opening.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from operator import lt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.columnar.errors import FileDamaged
from indexer.columnar.postings import LARGE, Field
from indexer.columnar.segment import SegmentFile
from indexer.columnar.strings import StringTable
from indexer.columnar.writing.past import words_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

_AT_ONCE = 1 << 20  # postings that are looked at together: bounds what is in memory
_TEXTS = {"title": "title_words", "body": "words"}  # the columns that have the words of a text

_DAYS = frozenset({"column/date_first", "column/date_last"})


def verify(segment: SegmentFile) -> None:
    """Raises ``FileDamaged`` with the name of the first block that is wrong and in what."""
    segment.file.verify()
    try:
        _Verification(segment).run()
    except (IndexError, ValueError, OverflowError, TypeError) as error:
        raise FileDamaged(segment.file.path, f"its blocks don't fit together: {error}") from error


def damage_of(path: Path) -> str | None:
    """What is wrong with the file of a segment, and in which block; ``None`` where nothing is."""
    try:
        segment = SegmentFile(path)
    except FileDamaged as error:
        return error.what
    try:
        verify(segment)
    except FileDamaged as error:
        return error.what
    finally:
        segment.close()
    return None


class _Verification:
    def __init__(self, segment: SegmentFile) -> None:
        self._segment = segment
        self._file = segment.file
        self._documents = segment.documents
        self._seen: set[str] = {"documents"}
        self._own = "stored.kind" not in segment.file  # a segment of Concord, not one of Whoosh's writer

    def run(self) -> None:
        for name in sorted(self._segment.field_names):
            self._field(name)
        self._columns()
        self._stored()
        self._lengths()
        self._vectors()
        if "words/keys" in self._file:
            self._words()
        unknown = sorted(set(self._file) - self._seen)
        self._demand(unknown[0] if unknown else "", not unknown, "nothing is known of such a block")

    def _demand(self, block: str, holds: Any, otherwise: str) -> None:
        if not holds:
            raise FileDamaged(self._file.path, f"block {block}: {otherwise}")

    def _block(self, name: str, items: int | None = None, *, kinds: str = "u") -> Array:
        """The block, with as many items as it must have, and of one of these kinds."""
        self._seen.add(name)
        found = self._file[name]
        self._demand(name, found.dtype.kind in kinds, f"its items are of kind {found.dtype.kind}")
        self._demand(name, items is None or len(found) == items, f"it has {len(found)} items, not {items}")
        return found

    def _starts(self, name: str, items: int, end: int, *, empty: bool = True) -> Array:
        """``items`` starts and an end; each where the one before it is or, unless ``empty`` ones may be, behind it."""
        starts = self._block(name, items + 1)
        self._demand(name, starts.dtype == np.uint64, "it isn't of whole numbers of 64 bits")
        self._demand(name, starts[0] == 0 and starts[-1] == end, f"it doesn't lead from 0 to {end}")
        grows = np.less_equal if empty else np.less
        self._demand(name, grows(starts[:-1], starts[1:]).all(), "it goes backwards")
        return starts

    def _table(self, name: str, items: int | None = None) -> StringTable:
        data = self._block(f"{name}.bytes")
        self._demand(f"{name}.bytes", data.dtype == np.uint8, "it isn't of bytes")
        starts = self._block(f"{name}.starts")
        self._starts(f"{name}.starts", len(starts) - 1 if items is None else items, len(data))
        return StringTable.read(self._file, name)

    def _in_order(self, name: str, table: StringTable) -> None:
        strings = list(table)
        self._demand(f"{name}.bytes", all(map(lt, strings, islice(strings, 1, None))), "it isn't in order")

    def _below(self, name: str, numbers: Array, bound: int) -> None:
        self._demand(name, numbers.max(initial=0) < bound or not len(numbers), f"a number in it is not below {bound}")

    def _field(self, name: str) -> None:
        terms = self._table(f"{name}/terms")
        self._in_order(f"{name}/terms", terms)
        documents = self._block(f"{name}/documents")
        starts = self._starts(f"{name}/postings", len(terms), len(documents), empty=False)
        self._below(f"{name}/documents", documents, self._documents)
        falls = _not_growing(documents, np.less_equal)
        self._demand(f"{name}/documents", np.isin(falls, starts).all(), "the documents of a term aren't in order")
        field = Field(self._file, name)
        self._frequencies(name, len(documents))
        if field.has_places:
            self._places(field, starts)
        if f"{name}/weights" in self._file:
            self._finite(f"{name}/weights", len(documents))
        if f"{name}/values.starts" in self._file:
            self._table(f"{name}/values", len(documents))

    def _finite(self, name: str, items: int) -> None:
        self._demand(name, np.isfinite(self._block(name, items, kinds="f")).all(), "it has what is no number")

    def _frequencies(self, name: str, postings: int) -> None:
        if f"{name}/frequencies" not in self._file:
            return
        found = self._block(f"{name}/frequencies", postings)
        self._demand(f"{name}/frequencies", found.all(), "a term stands 0 times in one of its documents")
        where = self._block(f"{name}/large")
        large = self._block(f"{name}/large_frequencies", len(where))
        self._demand(
            f"{name}/large", np.array_equal(where, np.flatnonzero(found == LARGE)), f"not where {LARGE} stands"
        )
        self._demand(f"{name}/large_frequencies", (large >= LARGE).all(), f"one is less than {LARGE}")

    def _places(self, field: Field, starts: Array) -> None:
        name = field.name
        positions = self._block(f"{name}/positions")
        occurrences = self._starts(f"{name}/occurrences", len(field), len(positions), empty=False)
        text = name.removesuffix("_exact")
        lengths = self._segment.numbers(f"{text}_length") if self._own and text in _TEXTS else None
        falling = np.less_equal if self._own else np.less  # Whoosh's analysis may put two words at one place
        for first, last in _stretches(starts):
            begin, end = int(starts[first]), int(starts[last])
            frequencies = field.frequencies(begin, end)
            sums = np.add.reduceat(frequencies, (starts[first:last] - starts[first]).astype(np.intp), dtype=np.int64)
            counted = np.diff(occurrences[first : last + 1]).astype(np.int64)
            self._demand(f"{name}/occurrences", np.array_equal(sums, counted), "other counts than in its frequencies")
            places = positions[int(occurrences[first]) : int(occurrences[last])]
            ends = np.cumsum(frequencies, dtype=np.int64)
            falls = _not_growing(places, falling)
            self._demand(f"{name}/positions", np.isin(falls, ends).all(), "the places in a document aren't in order")
            if lengths is not None:
                owners = lengths[field.documents[begin:end]]
                self._demand(f"{name}/positions", (places[ends - 1] < owners).all(), "a place beyond the text's end")

    def _columns(self) -> None:
        for block in list(self._file):
            if not block.startswith("column/"):
                continue
            name, _, part = block.partition(".")
            if not part:
                self._block(name, self._documents, kinds=self._kinds(name))
            elif part == "codes":
                values = self._table(f"{name}.values")
                self._in_order(f"{name}.values", values)
                self._below(block, self._block(block, self._documents), len(values))
            elif part == "starts":
                self._table(name, self._documents)

    def _kinds(self, column: str) -> str:
        """Of what a column of numbers may be: Whoosh's writer takes anything, Concord's own are days or counts."""
        return "uif" if not self._own else "i" if column in _DAYS else "u"

    def _stored(self) -> None:
        if not self._own:
            self._demand("stored.kind", self._block("stored.kind", 1)[0] == 1, "a kind of stored values of the future")
        if "stored.starts" in self._file:
            self._table("stored", self._documents)

    def _lengths(self) -> None:
        for block in self._named("lengths/"):
            self._block(block, self._documents)

    def _vectors(self) -> None:
        for block in self._named("vectors/"):
            name, _, part = block.rpartition("/")
            if part == "items":
                terms = self._table(f"{name}/terms")
                self._starts(block, self._documents, len(terms))
                self._finite(f"{name}/weights", len(terms))
                self._table(f"{name}/values", len(terms))

    def _named(self, start: str) -> list[str]:
        return [block for block in self._file if block.startswith(start)]

    def _words(self) -> None:
        count = len(self._table("words/texts"))
        exact = self._block("words/exact", count)
        self._grows("words/families", self._block("words/families", count), np.less_equal)
        self._block("words/keys", count)
        if "words/by_exact" in self._file:
            order = self._block("words/by_exact", count)
            self._below("words/by_exact", order, count)
            self._grows("words/by_exact", exact[order], np.less_equal)
        if "words/grams.keys" in self._file:
            keys = self._block("words/grams.keys")
            self._grows("words/grams.keys", keys, np.less)
            words = self._block("words/grams.words")
            self._starts("words/grams.starts", len(keys), len(words), empty=False)
            self._below("words/grams.words", words, count)
        for text, column in _TEXTS.items():
            if f"column/{column}.bytes" in self._file:
                self._word_numbers(text, f"column/{column}", count)
        if "column/past.starts" in self._file:
            self._past(count)

    def _grows(self, name: str, numbers: Array, in_order: Callable[..., Any]) -> None:
        self._demand(name, in_order(numbers[:-1], numbers[1:]).all(), "it isn't in order")

    def _word_numbers(self, text: str, column: str, count: int) -> None:
        lengths = self._segment.numbers(f"{text}_length")
        sizes = np.diff(self._file[f"{column}.starts"])
        self._demand(
            f"{column}.starts", np.array_equal(sizes, lengths.astype(np.uint64) * 4), "other lengths than noted"
        )
        self._below(f"{column}.bytes", self._file[f"{column}.bytes"].view("<u4"), count)
        if text == "body" and "column/passages.starts" in self._file:
            passages = self._file["column/passages.bytes"].view("<u4")
            ends = np.concatenate(([0], np.cumsum(passages, dtype=np.int64)))
            sums = np.diff(ends[(self._file["column/passages.starts"] // 4).astype(np.intp)])
            self._demand(
                "column/passages.bytes", np.array_equal(sums, lengths), "other lengths than those of the texts"
            )

    def _past(self, count: int) -> None:
        for packed in self._segment.strings("past"):
            for words in words_of(packed) if packed else ():
                self._below("column/past.bytes", words, count)


def _not_growing(numbers: Array, falls: Callable[..., Any]) -> NDArray[np.intp]:
    """Where numbers don't go on behind the ones before them."""
    found = [
        np.flatnonzero(falls(numbers[at + 1 : at + _AT_ONCE + 1], numbers[at : at + _AT_ONCE][: len(numbers) - at - 1]))
        + at
        for at in range(0, max(len(numbers) - 1, 0), _AT_ONCE)
    ]
    return (np.concatenate(found) if found else np.zeros(0, np.intp)) + 1


def _stretches(starts: Array) -> Iterator[tuple[int, int]]:
    """Terms, from the first to behind the last, of some million postings together (more where one term has more)."""
    first, terms = 0, len(starts) - 1
    while first < terms:
        last = int(np.searchsorted(starts, starts[first] + np.uint64(_AT_ONCE), "right")) - 1
        last = min(max(last, first + 1), terms)
        yield first, last
        first = last
