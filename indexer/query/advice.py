"""What the writer of a query should know: values that don't exist, patterns cut short, the word that was meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from indexer.analysis import fold
from indexer.query.nodes import Element, Fuzzy, Node, Wildcard, Word, field_conditions, simple_leaves
from indexer.query.parse import ParsedQuery
from indexer.results import Note

_SHORTEST = 3  # letters; any other word is near to a shorter one, and so is any other character of Chinese
_FIELD_NAMES = {"source": "source", "domain": "domain", "lang": "language"}


class Words(Protocol):
    """The vocabulary of a collection."""

    def forms(self, element: Element) -> object:
        """Something falsy where no form of the element is in the collection."""

    def nearest(self, word: str) -> str | None:
        """The word of the collection most like this one."""


def notes_on(tree: Node, cut_off: Iterable[Wildcard | Fuzzy], known: Mapping[str, frozenset[str]]) -> tuple[Note, ...]:
    """Notes on field values that the collection doesn't have, and on patterns that stand for too many words."""
    unknown = [
        Note(f'unknown {_FIELD_NAMES[condition.name]} "{condition.value}"', condition.start)
        for condition in field_conditions(tree)
        if condition.name in known and condition.value not in known[condition.name]
    ]
    cut = [
        Note("stands for too many words: only the most frequent were searched", element.start)
        for element in dict.fromkeys(cut_off)
    ]
    return (*unknown, *cut)


def correct(parsed: ParsedQuery, words: Words) -> str | None:
    """The query with each word that the collection lacks replaced by its nearest; ``None`` where none is.

    Only words that do occur are ever suggested.
    """
    text = parsed.text
    changed = False
    for leaf in sorted(simple_leaves(parsed.tree), key=lambda leaf: -leaf.start):
        if not isinstance(leaf, Word) or len(leaf.text) < _SHORTEST or words.forms(leaf):
            continue
        meant = words.nearest(leaf.text)
        # A word is replaced where it was written; folding (ﬁ → fi) may have changed its length, and then it stays.
        if meant is not None and fold(text[leaf.start : leaf.start + len(leaf.text)]) == leaf.text:
            text = text[: leaf.start] + meant + text[leaf.start + len(leaf.text) :]
            changed = True
    return text if changed else None
