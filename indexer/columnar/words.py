"""The different words of a segment's texts, by number.

A word is a form as it is written (case folded, accents kept) in the language of its passage. What it is a case of
stands beside it as hashes of 64 bits (two of a million different texts share one in 1 of 37 million collections): of
the folded form, and of the family. Words stand in the order of families, so that a family is a few numbers in a row.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from indexer.analysis import family, fold
from indexer.columnar.blocks import BlockFile, BlockWriter
from indexer.columnar.grams import write_grams
from indexer.columnar.strings import StringTable, write_strings

if TYPE_CHECKING:
    from numpy.typing import NDArray

_STEP = 1 << 12  # texts of words that are in memory at once while a table of them is walked through


def word_hash(*parts: str) -> int:
    """A number of 64 bits for a word; the same on every machine."""
    return int.from_bytes(hashlib.blake2b("\t".join(parts).encode(), digest_size=8).digest(), "little")


def hashes(texts: Iterable[str]) -> NDArray[np.uint64]:
    """The hash of each text."""
    return np.array([word_hash(text) for text in texts], np.uint64)


@dataclass(frozen=True)
class Words:
    """Arrays of one value a word. ``keys``: hashes of form and language, ``exact``: of the folded form.

    ``families``: of the family, in order; ``by_exact``: the words in the order of ``exact``; ``texts``: form and
    language, with a tab between them.
    """

    keys: NDArray[np.uint64]
    exact: NDArray[np.uint64]
    families: NDArray[np.uint64]
    by_exact: NDArray[np.uint32]
    texts: StringTable

    @classmethod
    def read(cls, file: BlockFile) -> Words:
        """The words of a segment."""
        keys, exact, families, by_exact = (file[f"words/{name}"] for name in ("keys", "exact", "families", "by_exact"))
        return cls(keys, exact, families, by_exact, StringTable.read(file, "words/texts"))

    def __len__(self) -> int:
        return len(self.keys)

    def in_family(self, term: str) -> range:
        """The numbers of the words of a family."""
        key = word_hash(term)
        return range(bisect_left(self._families, key), bisect_right(self._families, key))

    def with_form(self, form: str) -> list[int]:
        """The numbers of the words that are this folded form."""
        key = word_hash(form)
        order = self._order
        first = bisect_left(order, key, key=self._exact.__getitem__)
        return order[first : bisect_right(order, key, first, key=self._exact.__getitem__)].tolist()

    @cached_property
    def _families(self) -> memoryview:
        return self.families.data

    @cached_property
    def _exact(self) -> memoryview:
        return self.exact.data

    @cached_property
    def _order(self) -> memoryview:
        return self.by_exact.data

    def form(self, number: int) -> tuple[str, str]:
        """A word as it is written (case folded) and its language."""
        written, _, language = self.texts[number].decode().partition("\t")
        return written, language


def number_words(words: Sequence[tuple[str, str]]) -> tuple[NDArray[np.uint32], dict[str, NDArray[np.uint64]]]:
    """The final number of each word (form, language), and the hashes of all in the order of these."""
    keys = hashes(f"{written}\t{language}" for written, language in words)
    exact = hashes(fold(written) for written, _ in words)
    families = hashes(family(written, language) for written, language in words)
    order = np.lexsort((keys, exact, families))
    numbers = np.empty(len(words), np.uint32)
    numbers[order] = np.arange(len(words), dtype=np.uint32)
    return numbers, {"keys": keys[order], "exact": exact[order], "families": families[order]}


def write_words(writer: BlockWriter, texts: Sequence[bytes], arrays: dict[str, NDArray[np.uint64]]) -> None:
    """Write the words, all in their order, with what they are found by: their folded forms, and groups of letters."""
    for name in ("keys", "exact", "families"):
        writer.add(f"words/{name}", arrays[name])
    writer.add("words/by_exact", np.argsort(arrays["exact"], kind="stable").astype(np.uint32))
    write_strings(writer, "words/texts", texts)
    write_grams(writer, _folded(texts))


def _folded(texts: Sequence[bytes]) -> Iterator[str]:
    for first in range(0, len(texts), _STEP):
        for text in texts[first : first + _STEP]:
            yield fold(text.decode().partition("\t")[0])
