"""Chinese, and what else is written without spaces: characters, pairs of them, and cutting a query into words.

The exact form of a text has one character at each position, so every part of it can be found however it is cut. Among
the families stands at each position the character with the one that follows it, ``cjk:引渡``: a word of two characters
is one term, and a longer one is a few terms that rarely stand together by chance.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from indexer.analysis.tokens import fold
from indexer.analysis.words import CJK, INSIDE, VOICED

if TYPE_CHECKING:
    import rjieba

CJK_PREFIX = "cjk:"
"""What stands before such terms in place of a language."""

_CHARACTER = re.compile(rf"[{CJK}][{VOICED}]*")
_RUN = re.compile(rf"(?:[{CJK}][{INSIDE}]*)+")


def is_character(folded: str) -> bool:
    """Whether a folded token is one character of Chinese, Japanese or Korean."""
    return _CHARACTER.fullmatch(folded) is not None


def characters(folded: str) -> list[str] | None:
    """The characters that a folded word consists of; ``None`` where other letters are in it."""
    found = _CHARACTER.findall(folded)
    return found if found and "".join(found) == folded else None


def with_pairs(families: Sequence[str]) -> list[str]:
    """The families of consecutive words, where each character takes the next one to it: ``cjk:引渡``, ``cjk:渡``."""
    paired = list(families)
    for at, (term, following) in enumerate(pairwise(families)):
        if term.startswith(CJK_PREFIX) and following.startswith(CJK_PREFIX):
            paired[at] = term + following.removeprefix(CJK_PREFIX)
    return paired


def pair_terms(chars: Sequence[str]) -> list[tuple[int, str]]:
    """The terms of two or more characters in a row, as few as hold them all, each with its distance from the first."""
    last = len(chars) - 2
    starts = [*range(0, last, 2), last]
    return [(at, f"{CJK_PREFIX}{chars[at]}{chars[at + 1]}") for at in starts]


def runs(text: str) -> list[tuple[int, int]]:
    """Where Chinese, Japanese or Korean stands in a text: starts and ends."""
    return [match.span() for match in _RUN.finditer(text)]


def cut(run: str) -> list[tuple[str, int]]:
    """A run cut into words, each folded, with its place in the run: jieba's dictionary, and its model of what it lacks.

    What is no word to either comes out as single characters (Korean, endings of Japanese). Of several in a row each two
    neighbours are taken together, as a character alone says next to nothing.
    """
    words: list[tuple[str, int]] = []
    single: list[tuple[str, int]] = []
    at = 0
    for written in _jieba().cut(run):
        word = fold(written)
        if is_character(word):
            single.append((word, at))
        else:
            words += [*_in_pairs(single), (word, at)]
            single = []
        at += len(written)
    return words + _in_pairs(single)


def _in_pairs(single: list[tuple[str, int]]) -> list[tuple[str, int]]:
    return [(one + other, at) for (one, at), (other, _) in pairwise(single)] or single


@cache
def _jieba() -> rjieba.Jieba:
    import rjieba

    return rjieba.Jieba()
