"""The passages of documents as arrays of word numbers: what concordance, collocates, trends and changes are read from.

A collection of texts is one row of words with marks where passages and documents begin, as corpus tools keep it
(Christ 1994, "A modular and flexible architecture for an integrated corpus query system"). ``words`` and ``passages``
(how many words each has) are columns of the segments; ``past`` has the versions of a document that aren't current.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.columnar.executor.stretches import texts_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indexer.columnar.generation import Generation
    from indexer.columnar.instruments.wordlist import WordList
    from indexer.columnar.strings import StringTable

    Numbers = NDArray[np.intp]
    WordNumbers = NDArray[np.uint32]

_STORED = np.dtype("<u4")


@dataclass(frozen=True)
class Texts:
    """Consecutive texts. ``starts``: where each begins, and the end; ``passages``: the same of all their passages.

    ``firsts``: the number of the first passage of each text (from 0, over all), and how many there are.
    """

    words: WordNumbers
    starts: Numbers
    passages: Numbers
    firsts: Numbers

    @classmethod
    def of(cls, words: Sequence[WordNumbers], lengths: Sequence[Numbers]) -> Texts:
        """Texts of which each has its words, and how many words each of its passages has."""
        return cls(
            np.concatenate(words) if words else np.zeros(0, np.uint32),
            _bounds([len(text) for text in words]),
            _bounds(np.concatenate(lengths) if lengths else ()),
            _bounds([len(text) for text in lengths]),
        )

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def lengths(self) -> Numbers:
        """How many words each text has."""
        return np.diff(self.starts)

    def text(self, at: int) -> tuple[WordNumbers, Numbers]:
        """The words of one text, and the lengths of its passages."""
        first, last = self.firsts[at], self.firsts[at + 1]
        return self.words[self.starts[at] : self.starts[at + 1]], np.diff(self.passages[first : last + 1])

    def by_passage(self, at: int) -> list[WordNumbers]:
        """The words of one text, passage by passage."""
        words, lengths = self.text(at)
        return np.split(words, np.cumsum(lengths)[:-1])

    def text_of(self, positions: Numbers) -> Numbers:
        """The text that each position is in; positions are in order."""
        return _part_of(self.starts, positions)

    def passage_of(self, positions: Numbers) -> Numbers:
        """The passage, counted over all texts, that each position is in."""
        return np.searchsorted(self.passages, positions, "right") - 1

    def passage_in_order(self, positions: Numbers) -> Numbers:
        """The same of positions in order, faster where there are many."""
        return _part_of(self.passages, positions)


def _part_of(starts: Numbers, positions: Numbers) -> Numbers:
    """Which part holds each position, in order; the shorter list is looked up in the longer one."""
    if len(positions) < len(starts):
        return texts_of(starts, positions)
    return np.repeat(np.arange(len(starts) - 1), np.diff(np.searchsorted(positions, starts)))


def read_texts(generation: Generation, words: WordList) -> Texts:
    """The current texts of all documents, deleted ones too; of one segment, as they lie in its file."""
    segments = generation.segments
    numbers = [words.renumbered(at, segment.strings("words").data.view(_STORED)) for at, segment in enumerate(segments)]
    passages = [segment.strings("passages") for segment in segments]
    lengths = [each.data.view(_STORED) for each in passages]
    counts = [np.diff(each.starts) // _STORED.itemsize for each in passages]
    return Texts(
        numbers[0] if len(numbers) == 1 else np.concatenate([np.zeros(0, np.uint32), *numbers]),
        generation.starts("body"),
        _bounds(np.concatenate([np.zeros(0, _STORED), *lengths])),
        _bounds(np.concatenate([np.zeros(0, np.uint64), *counts])),
    )


@dataclass(frozen=True)
class PastTexts:
    """All versions of the documents that have several. ``owners``: the document of each version.

    ``order`` are versions, document by document in the order of captures, and ``steps`` where in ``order`` a version is
    followed by another one of the same document.
    """

    texts: Texts
    owners: Numbers
    order: Numbers

    @cached_property
    def steps(self) -> Numbers:
        """Where in ``order`` the next one is of the same document."""
        owners = self.owners[self.order]
        return np.flatnonzero(owners[:-1] == owners[1:])


def read_past(generation: Generation, word_list: WordList, current: Texts) -> PastTexts:
    """The versions of documents that aren't deleted; ``current`` are the current texts."""
    words: list[WordNumbers] = []
    lengths: list[Numbers] = []
    owners: list[int] = []
    order: list[int] = []
    for segment, number, values in _histories(generation):
        versions = {int(values[0]): len(words)}
        own_words, own_lengths = current.text(number)
        words.append(own_words)
        lengths.append(own_lengths)
        for version, version_lengths, version_words in _versions(values):
            versions[version] = len(words)
            words.append(word_list.renumbered(segment, version_words))
            lengths.append(version_lengths.astype(np.intp))
        owners += [number] * len(versions)
        order += [versions[version] for version in values[2 : 2 + int(values[1])].tolist()]
    return PastTexts(Texts.of(words, lengths), np.array(owners, np.intp), np.array(order, np.intp))


def _histories(generation: Generation) -> Iterator[tuple[int, int, WordNumbers]]:
    """The segment, the number and the packed history of each document that has one."""
    for at, segment in enumerate(generation.segments):
        table: StringTable = segment.strings("past")
        for inside in np.flatnonzero(table.starts[1:] != table.starts[:-1]).tolist():
            number = generation.bases[at] + inside
            if generation.live is None or generation.live[number]:
                yield at, number, np.frombuffer(table[inside], _STORED)


def _versions(values: WordNumbers) -> Iterator[tuple[int, WordNumbers, WordNumbers]]:
    """Number, lengths of passages and words of each past version."""
    at = 2 + int(values[1])
    while at < len(values):
        number, passages, words = values[at : at + 3].tolist()
        first = at + 3 + passages
        yield number, values[at + 3 : first], values[first : first + words]
        at = first + words


def _bounds(lengths: Any) -> Numbers:
    bounds = np.zeros(len(lengths) + 1, np.intp)
    np.cumsum(lengths, out=bounds[1:])
    return bounds
