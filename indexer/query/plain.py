"""What is searched where a query can't be read: its plain words, without what was excluded or a condition."""

from __future__ import annotations

import re

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
