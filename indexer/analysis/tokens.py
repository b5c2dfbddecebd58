"""From text to words, with the place of each: the same for every language, as a query has none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache, partial
from typing import NamedTuple

# Han, kana and hangul are written without spaces between words: there each character is a token, and a word in a query
# is a run of its characters. Elsewhere a token is a run of letters, digits and marks, with apostrophes inside it.
CJK = (
    "\u3005-\u3007\u3041-\u3096\u309d-\u309e\u30a1-\u30fa\u30fc-\u30fe"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff"
)
"""These characters, as the inside of a class of a regular expression."""

# What is written within a word and isn't seen: soft hyphens, joiners, variation selectors.
_UNSEEN = [0xAD, 0x200C, 0x200D, 0x2060, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]
_VOICED = "\u3099\u309a"  # of kana, written apart
_HALF_WIDTH_VOICED = "\uff9e\uff9f"
# Beyond U+0DFF are the scripts of South-East Asia: no spaces there, so joining letters would make words of sentences.
_MARKS = "".join(chr(code) for code in range(0x300, 0xE00) if unicodedata.category(chr(code)).startswith("M"))
INSIDE = f"{_MARKS}{_VOICED}{_HALF_WIDTH_VOICED}{''.join(map(chr, _UNSEEN))}"
"""What stands on or between the letters of a word, as the inside of a class."""

_LETTER_APOSTROPHES = "\u02bc\u02bb"  # Unicode counts these as letters
APOSTROPHES = f"'\u2019\u2018\u201b\u00b4\uff07{_LETTER_APOSTROPHES}"
"""The shapes in which an apostrophe is typed, as the inside of a class."""

_LETTER = rf"[^\W_{CJK}{_LETTER_APOSTROPHES}{_HALF_WIDTH_VOICED}]"
_LETTERS = rf"{_LETTER}+(?:[{INSIDE}]+{_LETTER}*)*"

# U.N., e.g.: single letters with a full stop behind each, the last one's may be missing.
_INITIAL = rf"(?!\d){_LETTER}[{INSIDE}]*"
_ABBREVIATION = rf"(?<![.\w]){_INITIAL}(?:\.{_INITIAL})+(?!\w)(?:\.(?!\w))?(?:[{APOSTROPHES}]s(?!\w))?"

# 2,500 and 2 500 (with a space that doesn't break). A full stop may be a decimal point, so 0.500 is left alone, and
# where digits go on behind it, it is a date or a number of another kind: 5.11.2008, 202.555.1234.
_BETWEEN_THOUSANDS = "\u00a0\u2009\u202f"
_NUMBER = (
    rf"(?<!\d[.,])(?!0)\d{{1,3}}(?P<between>[.,\u066c{APOSTROPHES}{_BETWEEN_THOUSANDS}])\d{{3}}(?:(?P=between)\d{{3}})*"
    rf"(?!\d|(?P=between)\d)(?:(?!\d){_LETTER}{_LETTER}*)?"
)
_WORD = rf"{_LETTERS}(?:[{APOSTROPHES}]{_LETTERS})*|[{CJK}][{INSIDE}]*"
_TOKEN = re.compile(_WORD)
_ANY_TOKEN = re.compile(rf"(?=\d){_NUMBER}|{_ABBREVIATION}|{_WORD}")
# Looking for all kinds takes twice as long, and few paragraphs have an abbreviation or a long number.
_HINTS = (re.compile(r"\.\w(?!\w)"), re.compile(rf"[.,\u066c{APOSTROPHES}{_BETWEEN_THOUSANDS}]\d\d\d"))
_IS_NUMBER = re.compile(_NUMBER)
_MAX_TOKEN = 64  # longer runs are not words (encoded data, lines of a table); their start is enough to find them

# Short words of French, Italian and Portuguese lose their vowel before another one: l'extradition, dell'Unione, d'água.
# They are words of their own. English has no such word before a vowel ("o'clock", "don't", "China's" are one word).
_ELIDED = (
    "[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|un|gl|ch|(?:a|da|de|ne|su|co|que|be)ll|quest|sant|(?:a|da|de|ne|su)gl"
)
_ELISION = re.compile(rf"(?:{_ELIDED})[{APOSTROPHES}](?=[aeiouyhàáâãäèéêëìíîïòóôõöùúûüœæ])", re.IGNORECASE)


class Token(NamedTuple):
    """A word at ``text[start:end]``. ``exact`` is its folded form; ``accented`` the form with its accents, if any."""

    exact: str
    start: int
    end: int
    accented: str = ""

    @property
    def written(self) -> str:
        """The form with its accents, case folded: what stemming reads."""
        return self.accented or self.exact


_token = partial(tuple.__new__, Token)  # some 200,000 a second: Token(…) takes twice as long


def fold(text: str) -> str:
    """Fold case, accents, digits and compatibility forms: ``Señor`` → ``senor``, ``ﬁn`` → ``fin``, ``٢`` → ``2``.

    So are letters that many keyboards lack: ``cœur`` → ``coeur``, ``Wałęsa`` → ``walesa``. Й and が keep their marks:
    they are letters of their own.
    """
    if text.isascii():
        return text.lower()
    # Twice: mathematical and other styled capitals have a case only once they are decomposed.
    decomposed = unicodedata.normalize("NFKD", text.translate(_PLAIN).casefold()).casefold().replace("и\u0306", "й")
    kept = "".join(char for char in decomposed if char in _VOICED or not unicodedata.combining(char))
    spelt = unicodedata.normalize("NFC", kept.translate(_AS_TYPED))
    return _OTHER_DIGIT.sub(_ascii_digit, spelt)


_PLAIN = dict.fromkeys(_UNSEEN) | dict.fromkeys(map(ord, APOSTROPHES), "'")
# Letters that Unicode doesn't take apart, in small, as they are typed where the keyboard lacks them.
_SPELT_OUT = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ŧ": "t", "\u0131": "i"}
)
_AS_TYPED = _PLAIN | _SPELT_OUT
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")


def _ascii_digit(match: re.Match[str]) -> str:
    return str(unicodedata.decimal(match[0]))


def _with_accents(word: str, exact: str) -> str:
    """The word with its accents, if it differs from its folded form by these only."""
    if word.isascii():
        return ""
    written = unicodedata.normalize("NFC", word.translate(_PLAIN).casefold())
    bare = "".join(char for char in unicodedata.normalize("NFD", written) if not unicodedata.combining(char))
    spelt = unicodedata.normalize("NFC", bare.translate(_SPELT_OUT))
    return written if written != exact and spelt == exact else ""


_JOINTS = dict.fromkeys(map(ord, f".,\u066c{_BETWEEN_THOUSANDS}"))


@lru_cache(maxsize=100_000)
def _analysed(word: str) -> tuple[str, str, int]:
    """The folded form, the form with accents, and how many characters an elided word at its start takes."""
    elision = _ELISION.match(word)
    if elision:
        return "", "", elision.end()
    joined = word[:_MAX_TOKEN].translate(_JOINTS)
    if joined[:1].isdecimal() and _IS_NUMBER.fullmatch(word):
        joined = re.sub(f"[{APOSTROPHES}]", "", joined)
    exact = fold(joined).strip()  # a few letters (ﹰ) are a space and a mark
    return exact, _with_accents(joined, exact), 0


def tokenize(text: str) -> Iterator[Token]:
    """The words of ``text`` in order; the n-th has position n."""
    tokens = _ANY_TOKEN if any(hint.search(text) for hint in _HINTS) else _TOKEN
    for match in tokens.finditer(text):
        word = match[0]
        exact, accented, elided = _analysed(word)
        start, end = match.span()
        if elided:
            yield Token(fold(word[: elided - 1]), start, start + elided - 1)
            exact, accented, _ = _analysed(word[elided:])
            start += elided
        if exact:
            yield _token((exact, start, end, accented))


def is_elided(token: Token, following: Token | None) -> bool:
    """Whether ``token`` is the l of l'extradition: split off from the word that follows."""
    return (
        following is not None
        and following.start == token.end + 1
        and _ELISION.match(f"{token.exact}'{following.exact}") is not None
    )
