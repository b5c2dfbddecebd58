"""Sentences of a text: where one ends and the next begins, in the languages of the collection.

The rules are those of Unicode's UAX #29 (sentence boundaries) in their plain form: a full stop, question mark or
exclamation mark ends a sentence where white space and something else than a small letter follow; Chinese marks end it
without white space. On top stands a table of abbreviations that are followed by capitals or numbers. A mistake here
makes a quotation longer or shorter, or two sentences of a lineage one; no interval of a trace rests on it.
"""

from __future__ import annotations

import re

_CLOSING = "\"'”’»\u203a)\\]】》」』\uff09"
_CHINESE_CLOSING = "”’】》」』\uff09"  # straight quotation marks open as often as they close
_OPENING = "\"'“‘«\u2039¿¡(\\[【《「『\uff08"
_END = re.compile(rf"(?P<stop>[.!?…]+(?:[{_CLOSING}]|[\u00a0\u202f ]»)*)(?=\s)|[。\uff01\uff1f]+[{_CHINESE_CLOSING}]*")
_BEGINS = re.compile(rf"\s*[{_OPENING}—–-]*\s*(?P<first>\S)")
_LAST_WORD = re.compile(r"[^\W\d_](?:[^\W_]|\.(?=[^\W_]))*$")

_LOOK_BACK = 20  # characters: longer than any abbreviation
_BEFORE_NAMES = re.compile(
    # Titles and Saint in English, Spanish, Portuguese and French; countries and parties written as initials.
    r"""adm|amb|arq|capt|cmdr|cnel|col|dip|dra?|exm[ao]|gen|gov|gral|hon|ing|jr|lic|lt|m|maj|messrs|mgr|min|mlle|mme?|
    mons|mrs?|ms|mt|pres|profa?|rep|rev|sen|sgt|sra?s?|sres|srta|st[ae]?|ee\.uu|u\.[kns]|vs""",
    re.VERBOSE | re.IGNORECASE,
)
_BEFORE_NUMBERS = re.compile(
    # Months and parts of texts in the same languages.
    r"""abr|ago|apr|arts?|aug|ca|cap|ch|chap|de[cz]|dic|ene|fe[bv]|figs?|inc|jan|jul|jun|mar|n[oº]?|nos|nov|n[uú]m|o[cu]t|
    p|paras?|p[aá]gs?|par|pp|res|sec|sept?|set|vols?""",
    re.VERBOSE | re.IGNORECASE,
)
"""What stands before a full stop that ends no sentence where a name or a number follows, whole words."""


def sentences(text: str) -> list[tuple[int, int]]:
    """Where the sentences of ``text`` stand (start and end in characters), white space around them left out."""
    found, start = [], 0
    for match in _END.finditer(text):
        if _ends(text, match):
            found.append((start, match.end()))
            start = match.end()
    found.append((start, len(text)))
    return [trimmed for span in found if (trimmed := _trimmed(text, *span))]


def split_sentences(text: str) -> list[str]:
    """The sentences of ``text``."""
    return [text[start:end] for start, end in sentences(text)]


def _ends(text: str, match: re.Match[str]) -> bool:
    following = _BEGINS.match(text, match.end())
    if match["stop"] is None or following is None:
        return True
    if following["first"].islower():
        return False
    if not match["stop"].startswith(".") or match["stop"].startswith(".."):
        return True
    word = _LAST_WORD.search(text, max(0, match.start() - _LOOK_BACK), match.start())
    return word is None or not _is_cut_short(word[0], following["first"])


def _is_cut_short(word: str, following: str) -> bool:
    known = _BEFORE_NUMBERS if following.isdigit() else _BEFORE_NAMES
    return known.fullmatch(word) is not None or (len(word) == 1 and word.isupper())


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    part = text[start:end]
    first, last = start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())
    return (first, last) if first < last else None
