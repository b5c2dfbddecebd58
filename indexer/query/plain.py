"""What is searched where a query can't be read: its plain words, without what was excluded or a condition."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.query.nodes import Word
from indexer.query.words import cut_words

_QUOTES = '"“”„'
_OPERAND = rf"(?:\w+:)?(?:[{_QUOTES}][^{_QUOTES}]*[{_QUOTES}]?|\([^()]*\)?|[^\s()]+)"
_SKIPPED = re.compile(
    rf"(?<![^\s(])(?:-|NOT\s+){_OPERAND}"  # a word that was to be left out must not be asked for
    rf"|\b(?i:source|domain|lang|url|date):(?:[{_QUOTES}][^{_QUOTES}]*[{_QUOTES}]?|[^\s()]*)"
    r"|\b(?i:title):"
    r"|\b(?:AND|OR|NOT|NEAR(?:/\d+)?)\b"
)


def plain_words(text: str) -> list[Word]:
    """The words of ``text`` but for operators, what they exclude, and conditions."""
    return cut_words(_SKIPPED.sub(lambda match: " " * len(match[0]), text), 0)


_ALTERNATIVES = {"||": "OR", "&&": "AND"}
_WEIGHT = re.compile(r"\^\d+(?:\.\d+)?$")
_BANG = re.compile(r"!(?=\w)")


def foreign_habits(text: str) -> Iterator[str]:
    """What a word of a query (as written, with its signs) would mean to other search engines, and is written here."""
    if text in _ALTERNATIVES:
        yield f"{text} means nothing here: write {_ALTERNATIVES[text]}"
    if _BANG.match(text):
        yield f"! means nothing here: write -{text[1:]} to leave the word out"
    if _WEIGHT.search(text):
        yield "words can't be given weights: what follows ^ was passed over"


def without_weight(text: str) -> str:
    """``china^2`` → ``china``."""
    return _WEIGHT.sub("", text)
