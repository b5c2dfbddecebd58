"""The ways in which one word is spelt: glued, with a hyphen, or apart (``cooperation``, ``co-operation``, ``C 17``,
``U. N.``)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.analysis import CJK
from indexer.query.nodes import Either, Element, Node, Phrase, Word
from indexer.query.words import adjacent

_HYPHENS = frozenset("-\u2010\u2011")
_CJK = re.compile(f"[{CJK}]")
_NUMBERED = re.compile(r"([^\W\d_]{1,20})(\d{1,4})")  # covid19, g20; longer numbers are codes that nobody parts
_INITIALS = re.compile(r"\W*(?:[^\W\d_]\.){2,5}\W*")
_PLURAL = re.compile(r"([^\W\d_])\1([^\W\d_])\2")  # EE.UU. and EEUU, as Spanish writes its plurals: Estados Unidos

# Beginnings of words that are written with a hyphen, apart or glued. None is a word of its own ("post", "over" are), or
# the parts would be found side by side by chance. The short ones begin many other words (committee, republic, biology):
# for them only what follows the beginning of a hyphenated word is taken.
_PREFIXED = re.compile(
    r"(agro|anti|cyber|eco(?!nom)|euro(?!pe)|geo|hydro|inter(?!est|nat)|intra|macro|micro|multi|narco|neo|non|semi|socio"
    r"|sub|trans|ultra)(\w{4}.*)"
    r"|(counter)(\w{5}.*)"
    r"|(co)([aeio]\w{3}.*|chair.*|found.*|sponsor.*)"
    r"|(bi)(annual.*|lateral.*|lingual.*|national.*|regional.*)"
    r"|(de|pre|re)(e\w{3}.*)"
)


def spelt(text: str, elements: Sequence[Element], start: int) -> Node:
    """What a word without quotation marks stands for, written as ``text`` at ``start`` and read as ``elements``.

    Two parts with a hyphen are also the glued word, and a glued word with a known beginning or a number at its end is
    also its parts; initials (``U.N.``) also stand apart (``U. N.``). Numbers (``2007-2010``, ``9/11``, ``2.5``),
    slashes, dots and longer chains stay phrases: glued, they would be no word.
    """
    match elements:
        case [Word(first, at), Word(second, then)] if _is_one_word(text, then - start, first + second):
            return Either((Phrase(tuple(elements), start), Word(first + second, at)), start)
        case [Word(word, at)] if _INITIALS.fullmatch(text) and word.isalpha():
            apart = Phrase(tuple(Word(letter, at) for letter in word), at)
            return Either((elements[0], apart), start)
        case [Word(word, at)] if parts := _parts(word):
            first, second = parts
            return Either((elements[0], Phrase((Word(first, at), Word(second, at + len(first))), at)), start)
    return adjacent(elements, start)


def _is_one_word(text: str, at: int, glued: str) -> bool:
    plural = _PLURAL.fullmatch(glued) is not None and text[at - 1] == "."
    return plural or (_hyphenated(text, at) and not glued.isdigit())


def _hyphenated(text: str, at: int) -> bool:
    """Whether the word at ``at`` hangs on the one before by a single hyphen."""
    return at > 1 and text[at - 1] in _HYPHENS and text[at - 2].isalnum() and not _CJK.search(text)


def _parts(word: str) -> tuple[str, str] | None:
    if _PLURAL.fullmatch(word) and not _CJK.match(word):
        return word[:2], word[2:]
    found = _NUMBERED.fullmatch(word) or _PREFIXED.fullmatch(word)
    if found is None or _CJK.match(word):
        return None
    first, second = (part for part in found.groups() if part)
    return first, second
