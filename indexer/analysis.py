"""Analysis: from text to the terms that an index holds, with the place of each in the text.

Every word keeps a position, stop words and one-letter words included, so that phrases and distances are true. A word
gives two terms: its *exact* form (case and accents folded) and its *family* (the language's Snowball stem, with the
language before it, so that a stem of one language never matches one of another).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import Stemmer

STEMMERS = {
    "ar": "arabic",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "pt": "portuguese",
    "ru": "russian",
}
"""The Snowball algorithm of each language that has one (https://snowballstem.org)."""

UNKNOWN = "und"
"""The language of a text whose language isn't known (BCP 47); its words are indexed as they are."""

# Han, kana and hangul are written without spaces between words: there each character is a token, and a word in a query
# is a phrase of its characters. Elsewhere a token is a run of letters, digits and marks, with apostrophes inside it.
CJK = (
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
"""These characters, as the inside of a class of a regular expression."""

# What is written within a word and isn't seen: soft hyphens, joiners, variation selectors.
_UNSEEN = [0xAD, 0x200C, 0x200D, 0x2060, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]
_VOICED = "\u3099\u309a"  # of kana, written apart
# Beyond U+0DFF are the scripts of South-East Asia: no spaces there, so joining letters would make words of sentences.
_MARKS = "".join(chr(code) for code in range(0x300, 0xE00) if unicodedata.category(chr(code)).startswith("M"))
INSIDE = f"{_MARKS}{_VOICED}{''.join(map(chr, _UNSEEN))}"
"""What stands on or between the letters of a word, as the inside of a class."""

_LETTERS = rf"[^\W_{CJK}]+(?:[{INSIDE}]+[^\W_{CJK}]*)*"
_TOKEN = re.compile(rf"[{CJK}][{INSIDE}]*|{_LETTERS}(?:['’ʼ]{_LETTERS})*")
_MAX_TOKEN = 64  # longer runs are not words (encoded data, lines of a table); their start is enough to find them


class Token(NamedTuple):
    """A word at ``text[start:end]``; ``exact`` is its folded form."""

    exact: str
    start: int
    end: int


def fold(text: str) -> str:
    """Fold case, accents and compatibility forms: ``Señor`` → ``senor``, ``ﬁn`` → ``fin``.

    Й and が keep their marks: they are letters of their own.
    """
    if text.isascii():
        return text.lower()
    # Twice: mathematical and other styled capitals have a case only once they are decomposed.
    decomposed = unicodedata.normalize("NFKD", text.casefold()).casefold().replace("и\u0306", "й")
    kept = "".join(char for char in decomposed if char in _VOICED or not unicodedata.combining(char))
    return unicodedata.normalize("NFC", kept.translate(_PLAIN))


_PLAIN = dict.fromkeys(_UNSEEN) | {ord("’"): "'", ord("ʼ"): "'"}


@lru_cache(maxsize=100_000)
def _exact(word: str) -> str:
    return fold(word[:_MAX_TOKEN]).strip()  # a few letters (ﹰ) are a space and a mark


def tokenize(text: str) -> Iterator[Token]:
    """The words of ``text`` in order; the n-th has position n."""
    for match in _TOKEN.finditer(text):
        exact = _exact(match[0])
        if exact:
            yield Token(exact, match.start(), match.end())


@lru_cache(maxsize=16)
def _stemmer(language: str) -> Stemmer.Stemmer | None:
    algorithm = STEMMERS.get(language)
    return Stemmer.Stemmer(algorithm) if algorithm else None


# Stems rest on accents that folding has taken away; these endings are written with one whenever they end a word.
_ACCENTED = {
    "fr": [(re.compile(r"(?<=[^e]{3})ee(s?)$"), r"ée\1")],
    "pt": [(re.compile(r"(?<=.)c(?:ao|oes)$"), "ção"), (re.compile(r"(?<=..)(?:ao|oes)$"), "ão")],
}


@lru_cache(maxsize=200_000)
def family(exact: str, language: str | None) -> str:
    """The family of a folded word in a language: ``en:extradit`` for ``extradited`` and ``extradition``."""
    language = language or UNKNOWN
    stemmer = _stemmer(language)
    return f"{language}:{fold(stemmer.stemWord(_with_accents(exact, language))) if stemmer else exact}"


def _with_accents(exact: str, language: str) -> str:
    for ending, accented in _ACCENTED.get(language, ()):
        exact = ending.sub(accented, exact)
    return exact
