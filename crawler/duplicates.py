"""How alike two texts are: is one a reprint of the other?

A text is taken as the set of its shingles, the runs of :data:`SHINGLE` words that stand in it (A. Broder, "On the
resemblance and containment of documents", 1997). MinHash signatures of the sets find the few texts that are worth
comparing; whether one of them is a reprint is then decided on the shingles themselves. So chance can hide a reprint,
but never make one up.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

SHINGLE = 5
"""Words: runs of three are phrases that all speeches of a kind share, longer ones break at every small edit."""
CONTAINED = 0.75
"""The part of the shorter text's shingles that the longer one has, in a reprint. Of 2,133 real texts none has more than
0.54 of another one; a reprint with a tenth of its sentences rewritten keeps 0.80, half of the time 0.89."""
NOTICE = 150
"""Words of a text that may have been made from a form: a minister receives an ambassador, a visit is announced …"""
CONTAINED_IN_NOTICE = 0.85
"""The same part for a notice: of a hundred words, a name of three filled in changes 0.07, so that three such blanks are
another event; a reprint of one with two words in a hundred replaced still passes."""
SHORT = 50
"""Words of a text so short that only its equal is a copy of it."""
CUT = 0.5
"""How long a reprint that was cut still is, beside the longer text: what quotes part of another text is no reprint."""
LONGEST = 200_000
"""Characters that are compared: the first chapters of a book are enough to know it by."""
PERMUTATIONS = 128
"""Values of a signature: an estimate made from them is off by 0.04."""
BAND_ROWS = 3
"""Values a band. Texts meet if a band is equal: with 42 bands, 0.996 of those that share half of their shingles, 0.87
of those that share 0.36 (the least there is in a reprint), and 1 in 190 that share a twentieth."""
BANDS = PERMUTATIONS // BAND_ROWS

_SEED = 1
_PRIME, _FACTOR = 2**61 - 1, 0x1F3D5B79A1C2E4F  # a hash by multiplication modulo a prime; any large factor will do
_METHOD = 1  # raised whenever the same text gets other bands than before

# Written without spaces between words: there a character is a word.
_CJK = (
    "\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\U00020000-\U0003ffff"
)
_WORD = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+")
_ACCENT = re.compile("[\u0300-\u036f]")


@dataclass(frozen=True)
class Text:
    """A text to compare."""

    title: str
    paragraphs: Sequence[str]

    @cached_property
    def words(self) -> list[str]:
        """The folded words of the paragraphs, in the first :data:`LONGEST` characters."""
        return _words("\n".join(self.paragraphs)[:LONGEST])

    @property
    def short(self) -> bool:
        """Whether only its equal is a copy of it."""
        return len(self.words) < SHORT

    @property
    def notice(self) -> bool:
        """Whether it may have been made from a form."""
        return len(self.words) < NOTICE

    @cached_property
    def shingles(self) -> frozenset[str]:
        """What is compared; empty where there are no words.

        A short text is one shingle, its title included: another text has it where all of it is equal.
        """
        words = self.words
        if not words:
            return frozenset()
        if self.short:
            return frozenset([" ".join([*_words(self.title), "/", *words])])
        return frozenset(map(" ".join, zip(*(words[start:] for start in range(SHINGLE)), strict=False)))

    @property
    def length(self) -> int:
        """Characters of all paragraphs."""
        return sum(map(len, self.paragraphs))


def likeness(one: Text, other: Text) -> float:
    """The part of the shingles of both that both have (0 to 1), where one is a reprint of the other; else 0."""
    shared = len(one.shingles & other.shingles)
    fewer, more = sorted((len(one.shingles), len(other.shingles)))
    shorter, longer = sorted((one.length, other.length))
    needed = CONTAINED_IN_NOTICE if one.notice or other.notice else CONTAINED
    if not shared or shared < needed * fewer or shorter < CUT * longer:
        return 0.0
    return shared / (fewer + more - shared)


def method() -> str:
    """Names what :func:`signature` does: signatures are comparable where this is the same."""
    from rensa import RMinHash

    return f"{_METHOD}:rensa-{RMinHash.ALGORITHM_VERSION}"


def signature(text: Text) -> array[int]:
    """:data:`PERMUTATIONS` numbers of 32 bits; two texts have as many of them in common as shingles, by the part."""
    from rensa import RMinHash

    sketch = RMinHash(num_perm=PERMUTATIONS, seed=_SEED)
    sketch.update(list(text.shingles))
    return array("I", sketch.digest())


def agreement(one: array[int], other: array[int]) -> float:
    """The likeness that two signatures let expect, 0 to 1."""
    return sum(map(int.__eq__, one, other)) / PERMUTATIONS


def bands(signature: Sequence[int]) -> list[int]:
    """:data:`BANDS` numbers of 61 bits: texts that have one in common are worth comparing."""
    starts = range(0, BANDS * BAND_ROWS, BAND_ROWS)
    return [_band(start, signature[start : start + BAND_ROWS]) for start in starts]


def _band(start: int, values: Sequence[int]) -> int:
    """The place and the values of a band in one number; values of 32 bits that differ rarely give the same."""
    mixed = start
    for value in values:
        mixed = (mixed * _FACTOR + value) % _PRIME
    return mixed


def _words(text: str) -> list[str]:
    """The words of ``text`` without case and accents."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", _ACCENT.sub("", unicodedata.normalize("NFKD", text)))
    return _WORD.findall(text.casefold())
