"""The words and patterns that a run of characters in a query stands for, as an index has them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.analysis import CJK, INSIDE, fold, tokenize
from indexer.query.lex import QueryError
from indexer.query.nodes import Element, Everything, Exact, Node, Phrase, Wildcard, Word

_UP_TO_LAST = re.compile(rf"(?s:.*(?:[^\W_]|[*{INSIDE}]))")
_PIECE = re.compile(rf"[{CJK}]|[^\s{CJK}]+")
_PATTERN = re.compile(rf"(?:[^\W_]|[*?'’ʼ{INSIDE}])+")


def adjacent(elements: Sequence[Element], start: int) -> Node:
    """Words glued together (``non-traditional``, 引渡) are a phrase; none at all is punctuation."""
    if not elements:
        return Everything()
    return elements[0] if len(elements) == 1 else Phrase(tuple(elements), start)


def elements_of(text: str, start: int, kind: type[Word | Exact]) -> list[Element]:
    """The words and patterns of a text without spaces, written at ``start``; raises :class:`QueryError`.

    Question marks at the end are punctuation: ``Where is Taiwan?``.
    """
    written = _UP_TO_LAST.match(text)
    asked = written[0] if written else ""
    if "*" not in asked and "?" not in asked:
        return [kind(token.exact, start + token.start) for token in tokenize(text)]
    if not re.search(r"[^\W_]", asked):
        raise QueryError("a wildcard needs at least one letter", start)
    elements: list[Element] = []
    for piece in _PIECE.finditer(asked):
        for run in _PATTERN.finditer(asked, *piece.span()):
            at_end = run.start() == 0 or run.end() == len(asked)
            elements += _piece(run[0], start + run.start(), kind, at_end=at_end)
    return elements


def _piece(text: str, start: int, kind: type[Word | Exact], *, at_end: bool) -> list[Element]:
    """A run of letters and wildcards as it stands between what parts words, or one character of Chinese."""
    if "*" not in text and "?" not in text:
        return [kind(token.exact, start + token.start) for token in tokenize(text)]
    pattern = re.sub(r"\*+", "*", fold(text).strip("'"))
    if pattern.strip("*?'"):
        return [Wildcard(pattern, start)]
    if "*" not in pattern:
        return [Wildcard("?", start + at) for at in range(len(pattern))]
    if at_end:
        return []  # 引渡* finds no more than 引渡: each character is a word there
    raise QueryError("* stands for letters of one word, not for words", start)
