"""A passage as phrases are looked for in it: its words, and what stands between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import compress, count

from indexer.analysis import pieces

# A phrase doesn't reach across these and a space: "trade. Investment" is no "trade investment", "0.7 per cent" is one.
# Chinese has no space behind them, and its commas part what they list.
_BREAK = re.compile(r"[.;:!?()\[\]]\s|\s[(\[]|[\u3001\u3002\u300a-\u3011\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f]")
_HYPHENS = frozenset("-\u2010\u2011")


class Passage:
    """The words of a text, and how they stand in it."""

    __slots__ = ("_pieces", "_text", "words")

    def __init__(self, text: str) -> None:
        self._text = text
        self._pieces = pieces(text)
        self.words = self._pieces[1::2]
        """As they stand in the text, each of which is one token."""

    def is_broken_before(self, word: int) -> bool:
        """Whether a phrase can't go on with this word from the one before it."""
        gap = self._pieces[2 * word]
        return gap != " " and _BREAK.search(gap) is not None

    def hyphenated(self) -> Iterator[int]:
        """The words that only a hyphen parts from the next."""
        if "-" not in self._text and (self._text.isascii() or _HYPHENS.isdisjoint(self._text)):
            return iter(())
        return compress(count(), map(_HYPHENS.__contains__, self._pieces[2:-1:2]))

    def written(self, start: int, end: int) -> str:
        """The words from ``start`` to ``end`` (exclusive) as they stand in the text, in one line."""
        return " ".join("".join(self._pieces[2 * start + 1 : 2 * end]).split())
