"""What the writer of a query should know: values that don't exist, patterns cut short, the word that was meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from indexer.analysis import fold
from indexer.query.nodes import (
    Either,
    Element,
    Exact,
    Fuzzy,
    Leaf,
    Loose,
    Near,
    Node,
    Phrase,
    Wildcard,
    Window,
    Word,
    field_conditions,
    scored_leaves,
    simple_leaves,
)
from indexer.query.parse import ParsedQuery
from indexer.query.values import Values
from indexer.results import Note

SHORTEST = 3  # letters; any other word is near to a shorter one, and so is any other character of Chinese
MOST_CHECKED = 10  # words of a query; each is compared with the whole vocabulary. In a longer one only those it lacks
_FIELD_NAMES = {"source": "source", "domain": "domain", "lang": "language", "change": "change"}


class Words(Protocol):
    """The vocabulary of a collection."""

    def forms(self, element: Element) -> Sequence[str]:
        """The forms of the collection that a word stands for."""

    def nearest(self, word: str, forms: Sequence[str] = ()) -> str | None:
        """The word of the collection, or two in a row, that was meant by one that stands for ``forms``."""


def notes_on(tree: Node, cut_off: Iterable[Wildcard | Fuzzy], values: Mapping[str, Values]) -> tuple[Note, ...]:
    """Notes on field values that the collection doesn't have, and on patterns that stand for too many words."""
    unknown = [
        Note(problem, condition.start)
        for condition in field_conditions(tree)
        if condition.name in values
        and (problem := values[condition.name].problem(_FIELD_NAMES[condition.name], condition.value))
    ]
    cut = [
        Note("stands for too many words: only the most frequent were searched", element.start)
        for element in dict.fromkeys(cut_off)
    ]
    return (*unknown, *cut)


def correct(parsed: ParsedQuery, words: Words) -> str | None:
    """The query with the words that were meant in the place of those that the collection lacks or hardly has.

    ``None`` where nothing is to be changed. Only words that do occur are ever suggested. What is in quotes or behind
    ``=`` is left as it is wherever it occurs.
    """
    changes = _changes(parsed, words)
    text = parsed.text
    for change in sorted(changes, key=lambda change: -change.start):
        text = text[: change.start] + change.text + text[change.end :]
    return text if changes else None


@dataclass(frozen=True, slots=True)
class _Change:
    start: int
    end: int
    text: str


def _changes(parsed: ParsedQuery, words: Words) -> list[_Change]:
    leaves = [leaf for root, _ in scored_leaves(parsed.tree) for leaf in _to_check(root, words)]
    written = [leaf for leaf in leaves if _written(leaf, parsed.text)]
    lacking = [leaf for leaf in written if not words.forms(leaf)]
    joined = list(_joined(written, lacking, parsed.text, words))
    doubtful = (written if len(leaves) <= MOST_CHECKED else lacking)[:MOST_CHECKED]
    taken = [leaf for leaf in doubtful if not any(change.start <= leaf.start < change.end for change in joined)]
    return joined + [change for leaf in taken if (change := _meant(leaf, parsed.tree, words))]


def _to_check(leaf: Leaf, words: Words) -> Iterator[Word | Exact]:
    """The words of a leaf, but for those that are spelt in another way in the collection."""
    match leaf:
        case Word() | Exact():
            yield leaf
        case Phrase(elements) | Window(elements):
            for element in elements:
                yield from _to_check(element, words)
        case Near(left, right):
            yield from _to_check(left, words)
            yield from _to_check(right, words)
        case Either((first, *_) as ways):
            if not any(all(words.forms(word) for word in simple_leaves(way)) for way in ways):
                yield from _to_check(first, words)


def _written(leaf: Word | Exact, text: str) -> bool:
    """Whether a word can be replaced where it was written: folding (ﬁ → fi) may have changed its length."""
    return fold(text[leaf.start : leaf.start + len(leaf.text)]) == leaf.text


def _joined(
    leaves: Sequence[Word | Exact], lacking: Sequence[Word | Exact], text: str, words: Words
) -> Iterator[_Change]:
    """Two plain words side by side that are one word of the collection, where it lacks one of the two."""
    for left, right in pairwise(leaves):
        end = left.start + len(left.text)
        between = text[end : right.start]
        if between and not between.strip() and (left in lacking or right in lacking):
            together = f"{left.text}{right.text}"
            plain = isinstance(left, Word) and isinstance(right, Word) and len(together) >= SHORTEST
            if plain and words.forms(Exact(together)):
                yield _Change(left.start, right.start + len(right.text), together)


def _meant(leaf: Word | Exact, tree: Node, words: Words) -> _Change | None:
    forms = words.forms(leaf)
    if len(leaf.text) < SHORTEST or (forms and isinstance(leaf, Exact)):
        return None
    meant = words.nearest(leaf.text, forms)
    if meant is None or (" " in meant and not _stands_alone(leaf, tree)):
        return None
    return _Change(leaf.start, leaf.start + len(leaf.text), meant)


def _stands_alone(leaf: Word | Exact, tree: Node) -> bool:
    """Whether two words could stand in the place of this one: no sign, field or operator belongs to it."""
    return any(child is leaf for child in (tree.children if isinstance(tree, Loose) else (tree,)))
