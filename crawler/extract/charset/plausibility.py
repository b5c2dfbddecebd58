"""How much a text looks like writing, as against bytes read in the wrong character set.

The measure: over the characters beyond ASCII, the mean of how expected each is in the language that fits best, less
what no writing does (a capital after a small letter, a symbol inside a word, two scripts in one word). 1 is a text of
frequent letters only; running text has 0.6 and more; text in the wrong character set stays far below.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from crawler.extract.charset.profiles import (
    ALPHABETS,
    CJK_PUNCTUATION,
    EAST_ASIAN,
    HAN,
    HANGUL,
    PUNCTUATION,
    SIGNS,
    Alphabet,
)

_COMMON, _OTHER, _OTHER_BEYOND_LATIN, _RARE = 1.0, 0.6, 0.4, 0.3
"""Weights of a frequent letter, another letter of the language, and a letter that is only in everyday use. Where every
byte beyond ASCII is a letter, as in Thai, to be one says less."""
_PUNCTUATION, _SIGN = 0.7, 0.5
"""Weights of the punctuation of all scripts, and of signs that are seldom written."""
_BROKEN = 1.5
"""What a place costs that no writing has: more than the letters around it can win back."""
_HOPELESS = 0.2
"""What can't get more than this isn't looked at any closer."""

_BEYOND = re.compile(r"[^\x00-\x7f]")
# Python has no class of capitals beyond ASCII; those of the scripts in question stand in these ranges, and two of the
# ranges hold capital and small letters in turn, so that the check there is left to the alphabets.
_CAPITAL = "À-ÖØ-ÞА-ЯЀ-ЏΑ-ΩΆ-Ώ"
_SMALL = "a-zß-öø-ÿа-яѐ-џα-ωά-ώ"
_LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
_OTHERS = "\u0370-\u04ff\u0590-\u06ff\u0e00-\u0e7f"
_SIGNS = "\u0080-\u009f\u00a1-\u00a9\u00ab\u00ac\u00ae-\u00b1\u00b4-\u00b6\u00b8\u00bb-\u00bf\u00d7\u00f7"
_SIGNS += "\u2500-\u25ff\u20a0-\u20cf\u2200-\u22ff"
_ROW = "[\u00a1-\u00aa\u00ac\u00ae-\u00b6\u00b8-\u00ba\u00bc-\u00bf\u00d7\u00f7]"
_NO_WRITING = re.compile(
    f"[{_SMALL}](?=[{_CAPITAL}])"  # a capital after a small letter
    f"|[{_LATIN}{_OTHERS}](?=[{_SIGNS}][{_LATIN}{_OTHERS}])"  # a sign inside a word
    f"|[\u00a4\u00a8\u00b4\u00b8\u00bc-\u00be](?=[{_LATIN}{_OTHERS}])"  # or at its start: letters in ISO 8859-15
    f"|[{_LATIN}{_OTHERS}](?=[\u00a2-\u00a5\u00b6\u20ac])"  # or at its end: money stands by figures
    f"|({_ROW})(?!\\1)(?={_ROW})"  # different signs in a row
    f"|[{_LATIN}](?=[{_OTHERS}])|[{_OTHERS}](?=[{_LATIN}])"  # two scripts in one word
    "|[\u0080-\u009f\ue000-\uf8ff\ufffd]"  # controls, private use, what could not be read
)
_KANA = re.compile("[\u3040-\u30ff]")


def plausibility(text: str, codec: str | None = None) -> float:
    """How much ``text`` looks like writing: up to 1, and below 0 for nonsense; 1 where all of it is ASCII.

    Where the Python codec is given that it was read in, only the languages count that are written in it.
    """
    counts = Counter(_BEYOND.findall(text))
    total = counts.total()
    if not total:
        return 1.0
    most = 1.0 - _BROKEN * len(_NO_WRITING.findall(text)) / total
    if most < _HOPELESS:
        return most
    alphabets = _alphabets(codec)
    scores = [_alphabetic(counts, alphabet) for alphabet in alphabets]
    if codec in EAST_ASIAN or alphabets == ALPHABETS:
        scores.append(_east_asian(counts))
    return most - 1.0 + max(scores) / total


@cache
def _alphabets(codec: str | None) -> tuple[Alphabet, ...]:
    """The alphabets of the languages written in a codec; all of them where the codec is one of no language."""
    return tuple(alphabet for alphabet in ALPHABETS if codec in alphabet.codecs) or ALPHABETS


def _alphabetic(counts: Counter[str], alphabet: Alphabet) -> float:
    weights = _weights(alphabet)
    return sum(count * weights.get(char, 0.0) for char, count in counts.items())


@cache
def _weights(alphabet: Alphabet) -> dict[str, float]:
    return {
        **dict.fromkeys(SIGNS, _SIGN),
        **dict.fromkeys(PUNCTUATION, _PUNCTUATION),
        **dict.fromkeys(alphabet.other, _OTHER if alphabet.latin else _OTHER_BEYOND_LATIN),
        **dict.fromkeys(alphabet.common, _COMMON),
    }


def _east_asian(counts: Counter[str]) -> float:
    japanese = any(_KANA.match(char) for char in counts)
    return sum(count * _east_asian_weight(char, japanese=japanese) for char, count in counts.items())


_FREQUENT = frozenset(HAN + HANGUL)
_WRITTEN = frozenset(CJK_PUNCTUATION)


@cache
def _east_asian_weight(char: str, *, japanese: bool) -> float:
    if char in _FREQUENT or (japanese and "\u3040" <= char <= "\u309f"):
        return _COMMON
    if char in _WRITTEN or "\uff01" <= char <= "\uff5e" or (japanese and "\u30a0" <= char <= "\u30ff"):
        return _PUNCTUATION
    return _RARE if _is_everyday(char) else 0.0


def _is_everyday(char: str) -> bool:
    """Whether a character is in everyday use: of the first level of GB 2312 or Big5, or a syllable of KS X 1001."""
    return (
        _lead(char, "gb2312") in range(0xB0, 0xD8)
        or _lead(char, "big5") in range(0xA4, 0xC7)
        or _lead(char, "euc-kr") in range(0xB0, 0xC9)
    )


def _lead(char: str, codec: str) -> int:
    return char.encode(codec, "ignore")[:1].ljust(1, b"\0")[0]
