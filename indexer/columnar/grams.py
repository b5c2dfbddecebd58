"""Which words have a group of letters: from each gram to the numbers of the words that have it.

Counting letters in texts costs a walk over every letter of them. A segment has few different words, so grams are looked
for in these, once, when it is written; counting them in a text is then counting numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from indexer.columnar.blocks import BlockFile, BlockWriter
from indexer.columnar.strings import bounds
from indexer.query.features import BOUNDARY, GRAM

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FACTOR = 0x9E3779B97F4A7C15  # odd and without a pattern of bits: 2^64 by the golden ratio (Knuth, TAOCP 6.4)
_MARK = ord(BOUNDARY)
_BATCH = 1 << 14  # words whose letters are looked at together: bounds what is in memory
_SHARES = 16  # shares of all keys, by the first bits of these
_SHARE_BITS = np.uint64(60)


@dataclass(frozen=True)
class GramIndex:
    """``keys``: the hashes of all grams, in order; the words of each lie in ``words`` from ``starts`` on.

    A gram that a word has twice (``couscous``) is noted once.
    """

    keys: NDArray[np.uint64]
    starts: NDArray[np.uint64]
    words: NDArray[np.uint32]

    @classmethod
    def read(cls, file: BlockFile) -> GramIndex:
        """The grams of a segment's words."""
        return cls(file["words/grams.keys"], file["words/grams.starts"], file["words/grams.words"])

    def having(self, gram: str) -> NDArray[np.uint32]:
        """The numbers of the words that have a gram, in order."""
        key = np.uint64(gram_key(gram))
        at = int(np.searchsorted(self.keys, key))
        if at == len(self.keys) or self.keys[at] != key:
            return self.words[:0]
        return self.words[int(self.starts[at]) : int(self.starts[at + 1])]


def gram_key(gram: str) -> int:
    """The hash of a gram. That of a word of one letter, ``_a_``, is taken with one more mark at its end."""
    key = 0
    for char in gram.ljust(GRAM, BOUNDARY):
        key = (key * _FACTOR + ord(char)) & 0xFFFFFFFFFFFFFFFF
    return key


def write_grams(writer: BlockWriter, forms: Iterable[str]) -> None:
    """Write the grams of folded forms, given in the order of their numbers.

    Keys are put in order share by share: some twelve bytes a gram are held at once, where one sort of all takes fifty.
    """
    parts = list(_batches(forms))
    sorted_shares = [_sorted(parts, share) for share in range(_SHARES)]
    writer.add("words/grams.keys", np.concatenate([keys for keys, _, _ in sorted_shares]))
    writer.add("words/grams.starts", bounds(np.concatenate([counts for _, counts, _ in sorted_shares])))
    with writer.block("words/grams.words", np.uint32) as growing:
        for _, _, words in sorted_shares:
            growing.append(words)


def _batches(forms: Iterable[str]) -> Iterator[_Part]:
    every, first = iter(forms), 0
    while batch := list(islice(every, _BATCH)):
        keys, words = _of_words(batch, first)
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        shares = np.arange(1, _SHARES, dtype=np.uint64) << _SHARE_BITS
        yield _Part(keys, words[order], [0, *np.searchsorted(keys, shares).tolist(), len(keys)])
        first += len(batch)


@dataclass(frozen=True)
class _Part:
    """Grams of some words, by their keys; ``begins``: where each share of all keys begins, and the end."""

    keys: NDArray[np.uint64]
    words: NDArray[np.uint32]
    begins: list[int]


def _sorted(parts: Sequence[_Part], share: int) -> tuple[NDArray[np.uint64], NDArray[np.intp], NDArray[np.uint32]]:
    """The grams of a share: the keys, how many words each has, and these."""
    here = [slice(part.begins[share], part.begins[share + 1]) for part in parts]
    none = _Part(np.zeros(0, np.uint64), np.zeros(0, np.uint32), [])
    keys = np.concatenate([none.keys, *(part.keys[some] for part, some in zip(parts, here, strict=True))])
    words = np.concatenate([none.words, *(part.words[some] for part, some in zip(parts, here, strict=True))])
    order = np.argsort(keys, kind="stable")
    keys, words = keys[order], words[order]
    new = np.ones(len(keys), np.bool_)
    new[1:] = (keys[1:] != keys[:-1]) | (words[1:] != words[:-1])
    keys, words = keys[new], words[new]
    first = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))[: len(keys)]
    return keys[first], np.diff(first, append=len(keys)), words


def _of_words(forms: Sequence[str], first: int) -> tuple[NDArray[np.uint64], NDArray[np.uint32]]:
    """The key of each gram of some words and the word it is of; each word stands between marks of its own."""
    text = f"{BOUNDARY}{f'{BOUNDARY}{BOUNDARY}'.join(forms)}{BOUNDARY * 3}"
    letters = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    marked = letters == _MARK
    parts = marked[:-1] & marked[1:]  # between two words
    inside = ~(parts[:-2] | parts[1:-1] | parts[2:])
    inside |= marked[:-3] & ~marked[1:-2] & parts[2:]
    keys = np.zeros(len(letters) - GRAM + 1, np.uint64)
    for at in range(GRAM):
        keys *= np.uint64(_FACTOR)
        keys += letters[at : at + len(keys)]
    lengths = np.fromiter(map(len, forms), np.intp, len(forms)) + 2
    owners = np.repeat(np.arange(first, first + len(forms), dtype=np.uint32), lengths)
    where = np.flatnonzero(inside)
    return keys[where], owners[where]
