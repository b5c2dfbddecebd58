"""From text to paragraphs: what a citation can point at."""

from __future__ import annotations

import re
import unicodedata

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufeff]")


def clean(text: str) -> str:
    """One line: every run of white space is a space, control characters are left out."""
    return " ".join(_CONTROL.sub("", text).split())


def has_words(text: str) -> bool:
    """Whether there is anything to read: a letter, a digit or at least a printed sign."""
    return any(unicodedata.category(char)[0] in "LNPS" for char in text)


def blocks(text: str) -> list[list[str]]:
    """The cleaned lines of each paragraph.

    Where the text has blank lines, a paragraph is what stands between them; elsewhere each line is a paragraph.
    """
    text = "\n".join(text.splitlines()).strip()
    pieces = _BLANK_LINE.split(text) if _BLANK_LINE.search(text) else text.split("\n")
    lines = ([clean(line) for line in piece.split("\n")] for piece in pieces)
    return [kept for piece in lines if (kept := [line for line in piece if has_words(line)])]


def split_paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of ``text``, none of them empty; the lines of one are joined by a space."""
    return tuple(" ".join(lines) for lines in blocks(text))
