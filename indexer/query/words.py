"""The words and patterns that a run of characters in a query stands for, as an index has them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.analysis import APOSTROPHES, CJK, INSIDE, Token, cut, fold, is_character, is_elided, runs, tokenize
from indexer.query.lex import QueryError
from indexer.query.nodes import Element, Everything, Exact, Node, Phrase, Wildcard, Word

_UP_TO_LAST = re.compile(rf"(?s:.*(?:[^\W_]|[*{INSIDE}]))")
_PIECE = re.compile(rf"[{CJK}]|[^\s{CJK}]+")
_PATTERN = re.compile(rf"(?:[^\W_]|[*?{APOSTROPHES}{INSIDE}])+")


UNSAID = Everything()
"""What punctuation says: nothing, so it holds for everything. Unlike ``*``, beside anything else it is left out."""


def adjacent(elements: Sequence[Element], start: int) -> Node:
    """Words glued together (``non-traditional``, 引渡) are a phrase; none at all is punctuation: :data:`UNSAID`."""
    if not elements:
        return UNSAID
    return elements[0] if len(elements) == 1 else Phrase(tuple(elements), start)


def elements_of(text: str, start: int, kind: type[Word | Exact]) -> list[Element]:
    """The words and patterns of a text without spaces, written at ``start``; raises :class:`QueryError`.

    Question marks at the end and at the beginning are punctuation: ``Where is Taiwan?``.
    """
    written = _UP_TO_LAST.match(text)
    asked = written[0] if written else ""
    opening = len(asked) - len(asked.lstrip("?¿"))
    asked, start, text = asked[opening:], start + opening, text[opening:]
    if "*" not in asked and "?" not in asked:
        return [*_words(text, start)] if kind is Word else [*_exact_forms(text, start)]
    if not re.search(r"[^\W_]", asked):
        raise QueryError("a wildcard needs at least one letter", start)
    elements: list[Element] = []
    for piece in _PIECE.finditer(asked):
        for run in _PATTERN.finditer(asked, *piece.span()):
            at_end = run.start() == 0 or run.end() == len(asked)
            elements += _piece(run[0], start + run.start(), kind, at_end=at_end)
    return elements


def _exact_forms(text: str, start: int) -> Iterator[Exact]:
    return (Exact(token.exact, start + token.start, token.accented) for token in tokenize(text))


def _words(text: str, start: int) -> Iterator[Word]:
    """The words of a text; Chinese characters without anything between them are one."""
    row: list[Token] = []
    for token in tokens_of(text):
        if row and not (is_character(row[-1].exact) and is_character(token.exact) and row[-1].end == token.start):
            yield _word(row, start)
            row = []
        row.append(token)
    if row:
        yield _word(row, start)


def _word(row: Sequence[Token], start: int) -> Word:
    return Word("".join(token.exact for token in row), start + row[0].start, row[0].accented)


def tokens_of(text: str) -> list[Token]:
    """The tokens of a text that are words to search for: not the l of l'extradition, which is there for the grammar."""
    tokens = list(tokenize(text))
    return [
        token
        for token, after in zip(tokens, [*tokens[1:], None], strict=False)
        if text[token.end : token.end + 1] not in APOSTROPHES or not is_elided(token, after)
    ]


def cut_words(text: str, start: int) -> list[Word]:
    """The words of a text without operators: Chinese is cut into words, what stands between is words as it is."""
    words: list[Word] = []
    at = 0
    for first, last in [*runs(text), (len(text), len(text))]:
        words += (Word(token.exact, start + at + token.start, token.accented) for token in tokens_of(text[at:first]))
        words += (Word(word, start + first + place) for word, place in cut(text[first:last])) if first < last else ()
        at = last
    return words


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
