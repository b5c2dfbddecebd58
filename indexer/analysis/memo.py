"""Remembering what words are, at the price of a dictionary: a text has few different words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

MOST_WORDS = 100_000
"""Different words that are remembered; a large collection uses fewer every day."""

Value = TypeVar("Value")


class Memo(dict[str, Value]):
    """A function of words that remembers its answers: ``map(memo.__getitem__, words)`` runs without Python in between.

    A full one forgets everything and begins anew, so what a word is must depend on the word alone.
    """

    def __init__(self, function: Callable[[str], Value], most: int = MOST_WORDS) -> None:
        super().__init__()
        self._function, self._most = function, most

    def __missing__(self, word: str) -> Value:
        if len(self) >= self._most:
            self.clear()
        value = self[word] = self._function(word)
        return value
