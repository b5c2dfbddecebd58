"""The passages of documents as arrays of word numbers: what concordance, collocates, trends and changes are read from.

A collection of texts is one row of words with marks where passages and documents begin, as corpus tools keep it
(Christ 1994, "A modular and flexible architecture for an integrated corpus query system"). ``words`` and ``passages``
(how many words each has) are columns of the index, so that Whoosh carries them along when it merges segments; ``past``
has the versions of a document that aren't current.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from indexer.analysis import Token, tokenize
from indexer.engines.protocol import History
from indexer.engines.whoosh.columns import read_column
from indexer.engines.whoosh.wordlist import WordNumbers

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from whoosh.reading import IndexReader

_STORED = np.dtype("<u4")


def pack_words(passages: Sequence[Sequence[Token]], languages: Sequence[str], numbers: WordNumbers) -> bytes:
    """The numbers of the words of consecutive passages, each in its language."""
    words: list[int] = []
    for tokens, language in zip(passages, languages, strict=True):
        known = numbers.of(language)
        words += [known[token.accented or token.exact] for token in tokens]
    return np.array(words, _STORED).tobytes()


def pack_lengths(passages: Sequence[Sequence[Token]]) -> bytes:
    """How many words each passage has."""
    return np.array([len(tokens) for tokens in passages], _STORED).tobytes()


def pack_history(history: History | None, current: int, numbers: WordNumbers) -> bytes:
    """The order of versions and the words of the past ones; nothing for a document with one version."""
    if history is None:
        return b""
    packed = [np.array([current, len(history.order), *history.order], _STORED).tobytes()]
    for version in history.past:
        passages = [list(tokenize(paragraph)) for paragraph in version.paragraphs]
        words, lengths = pack_words(passages, version.languages, numbers), pack_lengths(passages)
        packed += [np.array([version.number, len(lengths) // 4, len(words) // 4], _STORED).tobytes(), lengths, words]
    return b"".join(packed)


@dataclass(frozen=True)
class Texts:
    """Consecutive texts. ``starts``: where each begins, and the end; ``passages``: the same of all their passages.

    ``firsts``: the number of the first passage of each text (from 0, over all), and how many there are.
    """

    words: NDArray[np.uint32]
    starts: NDArray[np.intp]
    passages: NDArray[np.intp]
    firsts: NDArray[np.intp]

    @classmethod
    def of(cls, words: Sequence[NDArray[np.uint32]], lengths: Sequence[NDArray[np.intp]]) -> Texts:
        """Texts of which each has its words, and how many words each of its passages has."""
        return cls(
            np.concatenate(words) if words else np.zeros(0, np.uint32),
            _bounds(np.array([len(text) for text in words], np.intp)),
            _bounds(np.concatenate(lengths) if lengths else np.zeros(0, np.intp)),
            _bounds(np.array([len(text) for text in lengths], np.intp)),
        )

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def lengths(self) -> NDArray[np.intp]:
        """How many words each text has."""
        return np.diff(self.starts)

    def text(self, at: int) -> tuple[NDArray[np.uint32], NDArray[np.intp]]:
        """The words of one text, and the lengths of its passages."""
        first, last = self.firsts[at], self.firsts[at + 1]
        return self.words[self.starts[at] : self.starts[at + 1]], np.diff(self.passages[first : last + 1])

    def by_passage(self, at: int) -> list[NDArray[np.uint32]]:
        """The words of one text, passage by passage."""
        words, lengths = self.text(at)
        return np.split(words, np.cumsum(lengths)[:-1])

    def text_of(self, positions: NDArray[np.intp]) -> NDArray[np.intp]:
        """The text that each position is in; positions are in order."""
        return np.repeat(np.arange(len(self)), np.diff(np.searchsorted(positions, self.starts)))

    def passage_of(self, positions: NDArray[np.intp]) -> NDArray[np.intp]:
        """The passage, counted over all texts, that each position is in."""
        return np.searchsorted(self.passages, positions, "right") - 1


def read_texts(reader: IndexReader, numbers: Sequence[int]) -> Texts:
    """The current texts of documents, by their numbers in the index."""
    words, passages = (read_column(reader, name, numbers) for name in ("words", "passages"))
    return Texts(
        np.frombuffer(b"".join(words), _STORED).astype(np.uint32, copy=False),
        _bounds(np.array([len(each) // 4 for each in words], np.intp)),
        _bounds(np.frombuffer(b"".join(passages), _STORED).astype(np.intp)),
        _bounds(np.array([len(each) // 4 for each in passages], np.intp)),
    )


@dataclass(frozen=True)
class PastTexts:
    """All versions of the documents that have several. ``owners``: the place of each version's document in the index.

    ``order`` are versions, document by document in the order of captures, and ``steps`` where in ``order`` a version is
    followed by another one of the same document. ``documents`` are the places of these documents, each once.
    """

    texts: Texts
    owners: NDArray[np.intp]
    order: NDArray[np.intp]

    @cached_property
    def steps(self) -> NDArray[np.intp]:
        """Where in ``order`` the next one is of the same document."""
        owners = self.owners[self.order]
        return np.flatnonzero(owners[:-1] == owners[1:])

    @property
    def documents(self) -> NDArray[np.intp]:
        """The places of the documents, each once."""
        return np.unique(self.owners)


def read_past(reader: IndexReader, numbers: Sequence[int], current: Texts) -> PastTexts:
    """The versions of documents, by their numbers in the index; ``current`` are their current texts."""
    words: list[NDArray[np.uint32]] = []
    lengths: list[NDArray[np.intp]] = []
    owners: list[int] = []
    order: list[int] = []
    for place, packed in enumerate(read_column(reader, "past", numbers)):
        if packed:
            values = np.frombuffer(packed, _STORED).astype(np.uint32, copy=False)
            versions = {int(values[0]): len(words)}
            own_words, own_lengths = current.text(place)
            words.append(own_words)
            lengths.append(own_lengths)
            for number, version_lengths, version_words in _versions(values):
                versions[number] = len(words)
                words.append(version_words)
                lengths.append(version_lengths.astype(np.intp))
            owners += [place] * len(versions)
            order += [versions[number] for number in values[2 : 2 + int(values[1])].tolist()]
    return PastTexts(Texts.of(words, lengths), np.array(owners, np.intp), np.array(order, np.intp))


def _versions(values: NDArray[np.uint32]) -> Iterator[tuple[int, NDArray[np.uint32], NDArray[np.uint32]]]:
    """Number, lengths of passages and words of each past version."""
    at = 2 + int(values[1])
    while at < len(values):
        number, passages, words = values[at : at + 3].tolist()
        first = at + 3 + passages
        yield number, values[at + 3 : first], values[first : first + words]
        at = first + words


def _bounds(lengths: NDArray[np.intp]) -> NDArray[np.intp]:
    return np.concatenate(([0], np.cumsum(lengths))).astype(np.intp, copy=False)
