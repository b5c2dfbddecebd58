"""The past versions of a document as numbers of words.

Of each document with several versions: the current version, how many numbers its order of captures has, and these;
then of each past version its number, how many passages and how many words it has, the lengths of the passages, and the
words. All in four bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from indexer.engines.protocol import History

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indexer.columnar.writing.numbering import Numbering

_STORED = np.dtype("<u4")


def pack_history(history: History | None, current: int, numbering: Numbering) -> bytes:
    """The order of versions and the words of the past ones; nothing for a document with one version."""
    if history is None:
        return b""
    packed = [_packed(current, len(history.order), *history.order)]
    for version in history.past:
        passages = numbering.pack_all(version.paragraphs, version.languages)
        lengths = [len(passage) // _STORED.itemsize for passage in passages]
        packed += [_packed(version.number, len(passages), sum(lengths), *lengths), *passages]
    return b"".join(packed)


def renumbered(packed: bytes, numbers: NDArray[np.uint32]) -> bytes:
    """The same history with another number for each word: that of the word ``n`` is ``numbers[n]``."""
    values = np.frombuffer(packed, _STORED).astype(np.uint32)
    for first, last in word_ranges(values):
        values[first:last] = numbers.take(values[first:last])
    return values.astype(_STORED, copy=False).tobytes()


def words_of(packed: bytes) -> Iterator[NDArray[np.uint32]]:
    """The words of each past version."""
    values = np.frombuffer(packed, _STORED)
    return (values[first:last] for first, last in word_ranges(values))


def word_ranges(values: NDArray[np.uint32]) -> Iterator[tuple[int, int]]:
    """Where in a history, taken as numbers, the words of each past version stand."""
    at = 2 + int(values[1]) if len(values) else 0
    while at < len(values):
        _, passages, words = values[at : at + 3].tolist()
        first = at + 3 + passages
        yield first, first + words
        at = first + words


def _packed(*values: int) -> bytes:
    return np.array(values, _STORED).tobytes()
