"""Signs that mean something to other search engines and nothing here: what isn't understood is told."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
