"""Looking for a quote in a text, the way a careful reader would: by its words, not by how they are set.

Set differently but the same: white space and line breaks, the style of quotation marks and apostrophes, the length of
dashes, ligatures and other compatibility forms (Unicode NFKC), soft hyphens and signs without width. An ellipsis
(``…``, ``...``, with or without brackets) stands for a cut: its pieces have to follow each other. Capital letters,
accents, punctuation and words count.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

LONGEST_COMPARED = 2_000  # characters of a quote that are compared with each passage: more says nothing more
MOST_PLACES = 1_000  # places of a first piece that are tried; a quote that begins with "the …" has many
LONG_WORD = 30  # snippets cut a word only where no white space is near; a quote that ends within a shorter one is wrong

_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1f\x7f]")
_QUOTATION = re.compile(r"(?:«\s*|\s*»|[\"'`\u00b4\u2018-\u201f\u2039\u203a\u300c-\u300f\u02bc])+")
_DASHES = re.compile(r"[-\u2010-\u2015\u2212]+")
_CUT = re.compile(r"\[\s*(?:\.{3,}|(?:\. ){2}\.)\s*\]|\(\s*\.{3,}\s*\)|(?:\. ){2}\.|\.{3,}")


def normalised(text: str) -> str:
    """A text as quotes are compared."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return " ".join(_DASHES.sub("-", _QUOTATION.sub("'", text)).split())


@lru_cache(maxsize=4)  # a quote is looked for in several versions, and normalising a very long one takes a second
def pieces(quote: str) -> tuple[str, ...]:
    """The pieces of a quote between its cuts, normalised; none for a quote without words.

    Quotation marks around the whole are no part of it.
    """
    text = normalised(quote)
    if len(text) > 1 and text[0] == text[-1] == "'":
        text = text[1:-1]
    return tuple(piece for piece in map(str.strip, _CUT.split(text)) if any(map(str.isalnum, piece)))


@dataclass(frozen=True, slots=True)
class Likeness:
    """The passage most like a quote: ``percent`` of 100 (rapidfuzz's ratio of the best part of it)."""

    passage: int
    percent: float
    text: str


class QuotableText:
    """The passages of one version, to look for quotes in."""

    def __init__(self, paragraphs: Sequence[str]) -> None:
        self._paragraphs = paragraphs
        self._passages = [normalised(paragraph) for paragraph in paragraphs]
        self._text = " ".join(self._passages)
        self._starts = [0]
        for passage in self._passages:
            self._starts.append(self._starts[-1] + len(passage) + 1)

    def find(self, quote: str) -> list[int]:
        """The passages (from 1) that a quote begins in; a quote may run on into the next ones."""
        wanted = pieces(quote)
        if not wanted:
            return []
        places = (start for start in self._places(wanted[0]) if self._goes_on(start + len(wanted[0]), wanted[1:]))
        return sorted({bisect_right(self._starts, start) for start in places})

    def _places(self, piece: str) -> Iterator[int]:
        at, tried = self._text.find(piece), 0
        while at >= 0 and tried < MOST_PLACES:
            if self._whole_words(at, at + len(piece)):
                yield at
            at, tried = self._text.find(piece, at + 1), tried + 1

    def _goes_on(self, at: int, wanted: Sequence[str]) -> bool:
        for piece in wanted:
            at = self._text.find(piece, at)
            while at >= 0 and not self._whole_words(at, at + len(piece)):
                at = self._text.find(piece, at + 1)
            if at < 0:
                return False
            at += len(piece)
        return True

    def _whole_words(self, start: int, end: int) -> bool:
        return not (self._inside_word(start) or self._inside_word(end))

    def _inside_word(self, at: int) -> bool:
        text = self._text
        if not 0 < at < len(text) or not (spaced(text[at - 1]) and spaced(text[at])):
            return False
        before, after = text[max(0, at - LONG_WORD) : at], text[at : at + LONG_WORD]
        return not ((len(before) == LONG_WORD and " " not in before) or (len(after) == LONG_WORD and " " not in after))

    def closest(self, quote: str) -> Likeness | None:
        """The passage most like a quote; ``None`` for a text without passages or a quote without words."""
        wanted = " ".join(pieces(quote[: 2 * LONGEST_COMPARED]))[:LONGEST_COMPARED]
        if not wanted or not self._passages:
            return None
        best, at = 0.0, 0
        for here, text in enumerate(self._passages):
            likeness = _likeness(wanted, text, best)
            if likeness > best:
                best, at = likeness, here
        return Likeness(at + 1, best, self._paragraphs[at])


def spaced(char: str) -> bool:
    """Whether a character is part of a word, in a script that puts spaces between words."""
    return char.isalnum() and not "\u2e80" <= char <= "\uffdc" and char < "\U00020000"


def _likeness(quote: str, passage: str, least: float) -> float:
    """Percent, or 0 where it is less than ``least``, which is told sooner.

    A short passage is compared as a whole: the heading "Trade" stands in every quote that has the word.
    """
    from rapidfuzz import fuzz

    compare = fuzz.partial_ratio if len(passage) >= len(quote) else fuzz.ratio
    return compare(quote, passage, score_cutoff=least)
