"""Where the words of a text are: runs of characters, found by one regular expression without Python in between."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# Han, kana and hangul are written without spaces between words: there each character is a token, and a word in a query
# is a run of its characters. Elsewhere a token is a run of letters, digits and marks, with apostrophes inside it.
_BASIC_CJK = (
    "\u3005-\u3007\u3041-\u3096\u309d-\u309e\u30a1-\u30fa\u30fc-\u30fe"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9d"
)
CJK = f"{_BASIC_CJK}\U00020000-\U0003ffff"
"""These characters, as the inside of a class of a regular expression."""

_BASIC_UNSEEN = [0xAD, 0x200C, 0x200D, 0x2060, *range(0xFE00, 0xFE10)]
UNSEEN = [*_BASIC_UNSEEN, *range(0xE0100, 0xE01F0)]
"""What is written within a word and isn't seen, by code: soft hyphens, joiners, variation selectors."""

VOICED = "\u3099\u309a"
"""The marks of kana, written apart."""
_HALF_WIDTH_VOICED = "\uff9e\uff9f"
# Beyond U+0DFF are the scripts of South-East Asia: no spaces there, so joining letters would make words of sentences.
_MARKS = "".join(chr(code) for code in range(0x300, 0xE00) if unicodedata.category(chr(code)).startswith("M"))
_SEEN_INSIDE = f"{_MARKS}{VOICED}{_HALF_WIDTH_VOICED}"
INSIDE = f"{_SEEN_INSIDE}{''.join(map(chr, UNSEEN))}"
"""What stands on or between the letters of a word, as the inside of a class."""

_LETTER_APOSTROPHES = "\u02bc\u02bb"  # Unicode counts these as letters
APOSTROPHES = f"'\u2019\u2018\u201b\u00b4\uff07{_LETTER_APOSTROPHES}"
"""The shapes in which an apostrophe is typed, as the inside of a class."""

BETWEEN_DIGITS = ".,\u066c\u00a0\u2009\u202f"
"""What parts the thousands of a number, beside apostrophes; the last three are spaces that don't break."""
_JOINTS = f"{BETWEEN_DIGITS}{APOSTROPHES}"


def raw_words(text: str) -> list[str]:
    """The runs of characters that tokens are made of, as they stand in the text: some 8 million a second in ASCII.

    :func:`indexer.analysis.forms_of` says which tokens each is: nearly always one.
    """
    return _reader(text).findall(text)


def words_and_gaps(text: str) -> list[str]:
    """The text in pieces: what stands before the first raw word, that word, what stands before the next, and so on."""
    return _reader(text).split(text)


def is_number(word: str) -> bool:
    """Whether a raw word is a number with its thousands parted: 2,500."""
    return _NUMBER.fullmatch(word) is not None


@dataclass(frozen=True, slots=True)
class _Repertoire:
    """Patterns for texts of some characters only; ``any_words`` knows abbreviations and numbers too.

    Each is one group, so that ``findall`` has the words and ``split`` what is between them too.
    """

    words: re.Pattern[str]
    any_words: re.Pattern[str]

    @classmethod
    def of(cls, letter: str, inside: str, apart: str) -> _Repertoire:
        """The patterns where ``letter`` is a class, and ``inside`` and ``apart`` (CJK) are the insides of classes."""
        letters = f"{letter}+(?:[{inside}]+{letter}*)*" if inside else f"{letter}+"
        word = f"{letters}(?:[{APOSTROPHES}]{letters})*" + (f"|[{apart}][{inside}]*" if apart else "")
        # U.N., e.g.: single letters with a full stop behind each, the last one's may be missing.
        initial = rf"(?!\d){letter}" + (f"[{inside}]*" if inside else "")
        abbreviation = rf"(?<![.\w]){initial}(?:\.{initial})+(?!\w)(?:\.(?!\w))?(?:[{APOSTROPHES}]s(?!\w))?"
        return cls(re.compile(f"({word})"), re.compile(rf"((?=\d){_number(letter)}|{abbreviation}|{word})"))


def _number(letter: str) -> str:
    """2,500 and 2 500, with the letters behind it.

    A full stop may be a decimal point, so 0.500 is left alone, and where digits go on behind it, it is a date or a
    number of another kind: 5.11.2008, 202.555.1234.
    """
    thousands = (rf"{joint}\d{{3}}(?:{joint}\d{{3}})*(?!\d|{joint}\d)" for joint in map(re.escape, _JOINTS))
    return rf"(?<!\d[.,])(?!0)\d{{1,3}}(?:{'|'.join(thousands)})(?:(?!\d){letter}+)?"


def _letter(but: str) -> str:
    return rf"[^\W_{but}{_LETTER_APOSTROPHES}{_HALF_WIDTH_VOICED}]"


# A class with a character beyond U+FFFF in it is looked through range by range, others are looked up in a table: four
# times as fast, and a class of ASCII only twice as fast again.
_ASCII = _Repertoire.of("[A-Za-z0-9]", "", "")
_BASIC = _Repertoire.of(_letter(_BASIC_CJK), f"{_SEEN_INSIDE}{''.join(map(chr, _BASIC_UNSEEN))}", _BASIC_CJK)
_ALL = _Repertoire.of(_letter(CJK), INSIDE, CJK)
_BEYOND_BASIC = re.compile("[\U00010000-\U0010ffff]")
# Looking for all kinds takes twice as long, and few paragraphs have an abbreviation or a long number.
_HINTS = (re.compile(r"\.\w(?!\w)"), re.compile(rf"[{_JOINTS}]\d\d\d"))
_NUMBER = re.compile(_number(_letter(CJK)))


def _reader(text: str) -> re.Pattern[str]:
    repertoire = _ASCII if text.isascii() else _ALL if _BEYOND_BASIC.search(text) else _BASIC
    return repertoire.any_words if any(hint.search(text) for hint in _HINTS) else repertoire.words
