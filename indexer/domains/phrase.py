"""Phrases as a taxonomy has them: ``extradition``, ``=police`` for one form, ``visit^0.3`` for a weight."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.analysis import tokenize

TERM_WEIGHT = 1.0
HINT_WEIGHT = 0.5
EXCLUDED_WEIGHT = 0.0
HEAVIEST = 3.0  # what a passage gives at most: a phrase that weighs more would say no more

# Nearly all phrases of a file: no weight, and a word for certain. Every command reads the whole file.
_PLAIN = re.compile(r"=?[A-Za-z\u00c0-\u024f\u4e00-\u9fff][^^]*")
_WEIGHT = re.compile(r"\d+(?:\.\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand for a domain; ``weight`` is 0 for those that don't count.

    ``text`` may begin with ``=``: only these forms.
    """

    text: str
    weight: float

    @property
    def is_exact(self) -> bool:
        """Whether the words stand for these forms only."""
        return self.text.startswith("=")

    @property
    def forms(self) -> tuple[str, ...]:
        """The words, folded."""
        return tuple(token.exact for token in tokenize(self.text))

    @classmethod
    def read(cls, written: object, weight: float) -> Phrase:
        """Read a phrase of a list whose phrases weigh ``weight``; ``ValueError`` says what is wrong with it."""
        if not isinstance(written, str):
            raise ValueError("has no words")
        if _PLAIN.fullmatch(written):
            return cls(written, weight)
        text, caret, boost = written.rpartition("^")
        phrase = cls(text.strip(), _weight(boost.strip(), weight)) if caret else cls(written, weight)
        if not phrase.forms:
            raise ValueError("has no words")
        return phrase


def _weight(boost: str, usual: float) -> float:
    if usual == EXCLUDED_WEIGHT:
        raise ValueError("a phrase that is left out has no weight: take away the ^ and what follows")
    if not _WEIGHT.fullmatch(boost) or not 0 < float(boost) <= HEAVIEST:
        raise ValueError(f"behind ^ stands a weight above 0 and up to {HEAVIEST:g}, like ^0.3")
    return float(boost)
