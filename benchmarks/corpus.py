"""Made documents in any number: the same ones in each run, streamed, with all that Concord's documents have.

Some 300 words a document, drawn as Zipf's law has it; a title, a date over 30 years, a source, a language. Twenty
thousand of them have six million words. ``long_share`` of the documents are as long as a speech (50 kB).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.made import VOCABULARY, shares, vocabulary

if TYPE_CHECKING:
    from numpy.typing import NDArray

SEED = 2026
WORDS, LEAST_WORDS = 300, 40  # a document: a short news item
SPREAD = 4.0  # shape of the gamma distribution of lengths: most have between 100 and 600 words
LONG_WORDS = 7_000  # 50 kB: a speech
PARAGRAPH = 60
TITLE = 6
FIRST_DAY, DAYS = date(1995, 1, 1), 30 * 365
UNDATED = 0.03
SOURCES = 20
SPANISH = 0.03
CHUNK = 1_000  # documents that are made at once


@dataclass(frozen=True, slots=True)
class MadeDocument:
    """A document; ``number`` counts from 0, ``date`` is ISO 8601, the text's paragraphs have blank lines between."""

    number: int
    title: str
    text: str
    date: str | None
    source: str
    language: str

    @property
    def id(self) -> str:
        """As Concord is given it."""
        return f"d{self.number}"

    def to_json(self) -> dict[str, Any]:
        """A line for ``concord load``."""
        record = {"id": self.id, "title": self.title, "text": self.text, "source": self.source}
        return record | {"language": self.language} | ({"date": self.date} if self.date else {})


@dataclass(frozen=True, slots=True)
class Chunk:
    """The words of :data:`CHUNK` documents by rank, one behind the other; ``ends``: where each one's title ends and
    where its text does."""

    first: int
    words: NDArray[np.int64]
    ends: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Corpus:
    """``size`` made documents, the first ones the same whatever the size."""

    size: int
    long_share: float = 0.0

    def __iter__(self) -> Iterator[MadeDocument]:
        for chunk in self.chunks():
            yield from _documents(chunk, min(CHUNK, self.size - chunk.first))

    def chunks(self) -> Iterator[Chunk]:
        """The words, a thousand documents at a time; the last chunk is cut to size."""
        for first in range(0, self.size, CHUNK):
            yield self._chunk(first, min(CHUNK, self.size - first))

    def _chunk(self, first: int, documents: int) -> Chunk:
        chance = np.random.default_rng((SEED, first))
        lengths = np.maximum(LEAST_WORDS, chance.gamma(SPREAD, WORDS / SPREAD, CHUNK)).astype(np.int64)
        lengths[chance.random(CHUNK) < self.long_share] = LONG_WORDS
        ends = np.cumsum(np.column_stack([np.full(CHUNK, TITLE), lengths]).ravel())[: 2 * documents]
        words = np.searchsorted(shares(), chance.random(int(ends[-1]))).clip(max=VOCABULARY - 1)
        return Chunk(first, words, ends)


def _documents(chunk: Chunk, documents: int) -> Iterator[MadeDocument]:
    chance = np.random.default_rng((SEED, chunk.first, 1))
    spanish = chance.random(CHUNK) < SPANISH
    days = np.where(chance.random(CHUNK) < UNDATED, -1, chance.integers(0, DAYS, CHUNK)).tolist()
    sources = (SOURCES * chance.random(CHUNK) ** 2).astype(int).tolist()  # a few sources have most documents
    starts = [0, *chunk.ends.tolist()]
    for at in range(documents):
        language = "es" if spanish[at] else "en"
        title = vocabulary(language)[chunk.words[starts[2 * at] : starts[2 * at + 1]]].tolist()
        words = vocabulary(language)[chunk.words[starts[2 * at + 1] : starts[2 * at + 2]]].tolist()
        yield MadeDocument(
            number=chunk.first + at,
            title=" ".join(title),
            text="\n\n".join(" ".join(words[i : i + PARAGRAPH]) + "." for i in range(0, len(words), PARAGRAPH)),
            date=(FIRST_DAY + timedelta(days[at])).isoformat() if days[at] >= 0 else None,
            source=f"source-{sources[at]:02}",
            language=language,
        )
