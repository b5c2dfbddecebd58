"""From text to words, with the place of each: the same for every language, as a query has none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import partial
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

from indexer.analysis.memo import Memo
from indexer.analysis.words import APOSTROPHES, BETWEEN_DIGITS, UNSEEN, VOICED, is_number, words_and_gaps

_MAX_TOKEN = 64  # longer runs are not words (encoded data, lines of a table); their start is enough to find them

# Short words of French, Italian and Portuguese lose their vowel before another one: l'extradition, dell'Unione, d'água.
# They are words of their own. English has no such word before a vowel ("o'clock", "don't", "China's" are one word).
_ELIDED = (
    "[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|un|gl|ch|(?:a|da|de|ne|su|co|que|be)ll|quest|sant|(?:a|da|de|ne|su)gl"
)
_ELISION = re.compile(rf"(?:{_ELIDED})[{APOSTROPHES}](?=[aeiouyhàáâãäèéêëìíîïòóôõöùúûüœæ])", re.IGNORECASE)
# Where neither is found, each word of a text is one token: so it is nearly everywhere, and looking is cheap.
_MAY_BE_ELIDED = re.compile(rf"[{APOSTROPHES}][aeiouyhàáâãäèéêëìíîïòóôõöùúûüœæ]", re.IGNORECASE)
_MAY_FOLD_TO_NOTHING = re.compile("[^\0-\u024f\u2000-\u20bf]")


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
    kept = "".join(char for char in decomposed if char in VOICED or not unicodedata.combining(char))
    spelt = unicodedata.normalize("NFC", kept.translate(_AS_TYPED))
    return _OTHER_DIGIT.sub(_ascii_digit, spelt)


_PLAIN = dict.fromkeys(UNSEEN) | dict.fromkeys(map(ord, APOSTROPHES), "'")
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


_JOINTS = dict.fromkeys(map(ord, BETWEEN_DIGITS))

Form = tuple[str, str]
"""A token without its place: :attr:`Token.exact` and :attr:`Token.accented`."""


def forms_of(raw: str) -> tuple[Form, ...]:
    """The tokens that a raw word is, each with its form with accents: one, two (l'extradition), in odd cases none.

    It depends on the word alone, so an index can keep what it has made of one.
    """
    return _FORMS[raw]


def _forms_of(raw: str) -> tuple[Form, ...]:
    return tuple(form for part in _parts(raw) if (form := _form(part))[0])


_FORMS = Memo(_forms_of)


def _parts(raw: str) -> Iterator[str]:
    """A raw word, and before it the words that were elided in front of it, without their apostrophes."""
    start = 0
    while elision := _ELISION.match(raw, start):
        yield raw[start : elision.end() - 1]
        start = elision.end()
    yield raw[start:]


def _form(part: str) -> Form:
    joined = part[:_MAX_TOKEN].translate(_JOINTS)
    if joined[:1].isdecimal() and is_number(part):
        joined = re.sub(f"[{APOSTROPHES}]", "", joined)
    exact = fold(joined).strip()  # a few letters (ﹰ) are a space and a mark
    return exact, _with_accents(joined, exact)


def pieces(text: str) -> list[str]:
    """The text in pieces, every second one a token: what stands before the first, that token, what stands next, …"""
    found = words_and_gaps(text)
    if _is_plain(text) or set(map(len, map(_FORMS.__getitem__, found[1::2]))) <= {1}:
        return found
    return _parted(found)


def _is_plain(text: str) -> bool:
    """Whether each word of a text is sure to be one token."""
    if text.isascii():
        return "'" not in text or not _MAY_BE_ELIDED.search(text)
    return not (_MAY_BE_ELIDED.search(text) or _MAY_FOLD_TO_NOTHING.search(text))


def _parted(found: list[str]) -> list[str]:
    """The same pieces where a word that is two tokens is two of them, and one that is none is between the others."""
    parted = [found[0]]
    for raw, gap in zip(found[1::2], found[2::2], strict=True):
        at = 0
        for part in _parts(raw):
            parted[-1] += raw[at - 1 : at]  # the apostrophe before a second part
            if forms_of(part):
                parted += part, ""
            else:
                parted[-1] += part
            at += len(part) + 1
        parted[-1] += gap
    return parted


def tokenize(text: str) -> Iterator[Token]:
    """The words of ``text`` in order; the n-th has position n."""
    found = pieces(text)
    forms = list(map(itemgetter(0), map(_FORMS.__getitem__, found[1::2])))
    ends = list(accumulate(map(len, found)))
    exact, accented = map(itemgetter(0), forms), map(itemgetter(1), forms)
    return map(_token, zip(exact, ends[::2], ends[1::2], accented, strict=False))


def is_elided(token: Token, following: Token | None) -> bool:
    """Whether ``token`` is the l of l'extradition: split off from the word that follows."""
    return (
        following is not None
        and following.start == token.end + 1
        and _ELISION.match(f"{token.exact}'{following.exact}") is not None
    )
