"""The parsed query: a tree of what must hold for a document, the same for every engine.

Leaves that match words (``Word`` … ``Near``) can stand inside each other where positions make sense of it; ``start`` is
where in the query a leaf was written (characters from 0) and plays no part in equality.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeGuard

MAX_FORMS = 1024  # forms that one pattern may stand for; the most frequent are kept, and the cut is told
SENTENCE = 7  # plain words; what people type to search with is shorter, what they paste is longer


@dataclass(frozen=True, slots=True)
class Word:
    """A word in any inflection; ``text`` is folded, ``accented`` as it was typed where that has accents."""

    text: str
    start: int = field(default=0, compare=False)
    accented: str = ""


@dataclass(frozen=True, slots=True)
class Exact:
    """A word in this form only; ``text`` is folded, ``accented`` as it was typed where that has accents."""

    text: str
    start: int = field(default=0, compare=False)
    accented: str = ""


@dataclass(frozen=True, slots=True)
class Wildcard:
    """At most ``limit`` forms that fit a pattern: ``*`` is any number of characters, ``?`` is one."""

    pattern: str
    start: int = field(default=0, compare=False)
    limit: int = MAX_FORMS


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """At most ``limit`` forms that are no more than ``edits`` (1 or 2) letters off."""

    text: str
    edits: int
    start: int = field(default=0, compare=False)
    limit: int = MAX_FORMS


@dataclass(frozen=True, slots=True)
class Phrase:
    """Elements next to each other, in this order."""

    elements: tuple[Element, ...]
    start: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Window:
    """Elements in any order, first and last at most ``distance`` words apart (neighbours are 1 apart)."""

    elements: tuple[Element, ...]
    distance: int
    start: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Near:
    """Two things in either order, the end of one at most ``distance`` words from the start of the other."""

    left: Element
    right: Element
    distance: int
    start: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Either:
    """One thing written in several ways: ``co-operation``, ``cooperation``. It matches wherever any of them does.

    The first of them is how it stands in the query.
    """

    elements: tuple[Element, ...]
    start: int = field(default=0, compare=False)


Element = Word | Exact | Wildcard | Fuzzy | Phrase | Window | Near | Either


@dataclass(frozen=True, slots=True)
class InTitle:
    """Something that must stand in the title."""

    child: Node


class Change(StrEnum):
    """What happened to a text between two captures."""

    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Changed:
    """Documents of which one capture fits ``child`` and the one before it did not; of ``removed``, the one behind it.

    Titles are those of today. With ``Everything`` as its child: documents that any passage was added to, or lost.
    """

    kind: Change
    child: Node


@dataclass(frozen=True, slots=True)
class FieldIs:
    """``name`` is ``source``, ``domain`` (sub-domains count), ``lang``, ``url`` (``value`` may have ``*``), ``change``.

    ``change`` stands here only with a value that isn't known: no document has it.
    """

    name: str
    value: str
    start: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class DateWithin:
    """The interval that is known of the date overlaps this one; both ends included, ``None`` is open."""

    first: date | None
    last: date | None

    def overlaps(self, first: date, last: date) -> bool:
        """Whether an interval has a day in common with this one."""
        return (self.first is None or last >= self.first) and (self.last is None or first <= self.last)


@dataclass(frozen=True, slots=True)
class DateUnknown:
    """Undated documents."""


@dataclass(frozen=True, slots=True)
class And:
    """All of them."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of them."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Every document but those of ``child``."""

    child: Node


@dataclass(frozen=True, slots=True)
class Required:
    """``+``: must hold in partial matches too."""

    child: Node


@dataclass(frozen=True, slots=True)
class Loose:
    """Things written side by side: all of them; where few documents have all, partial matches follow."""

    children: tuple[Node, ...]

    @property
    def is_sentence(self) -> bool:
        """Whether there are so many plain words that hardly any document can be expected to have them all."""
        return sum(bool(_plain(child)) for child in self.children) > SENTENCE

    def relaxed(self) -> Node | None:
        """Any of the plain words, and all that is more than a plain word; ``None`` where nothing can be relaxed."""
        words: list[Node] = []
        rest: list[Node] = []
        for child in self.children:
            plain = _plain(child)
            words += plain
            rest += () if plain else (child,)
        if len(words) < 2:
            return None
        return And((Or(tuple(words)), *rest)) if rest else Or(tuple(words))


def _plain(node: Node) -> tuple[Word | Either, ...]:
    """The words that ``node`` is made of, if it is made of plain words only: written side by side or with hyphens."""
    match node:
        case Word():
            return (node,)
        case Either() if not _has_telling_parts(node):
            return (node,)
        case Phrase(children) | Either(children) | Loose(children):
            parts = [_plain(child) for child in children]
            return tuple(dict.fromkeys(word for part in parts for word in part)) if all(parts) else ()
        case _:
            return ()


def _has_telling_parts(node: Either) -> bool:
    """Whether it is written in parts that mean something by themselves: ``heat-flow``, but not ``C-17`` or ``G-20``."""
    written = node.elements[0]
    parts = written.elements if isinstance(written, Phrase) else ()
    return bool(parts) and all(isinstance(part, Word) and part.text.isalpha() for part in parts)


@dataclass(frozen=True, slots=True)
class Everything:
    """Every document: the empty query."""


Leaf = Word | Exact | Wildcard | Fuzzy | Phrase | Window | Near | Either
Node = Leaf | InTitle | Changed | FieldIs | DateWithin | DateUnknown | And | Or | Not | Required | Loose | Everything


def is_leaf(node: Node) -> TypeGuard[Leaf]:
    """Whether ``node`` matches words by itself."""
    return isinstance(node, Leaf)


def is_sentence(node: Node) -> bool:
    """Whether a query is so many plain words side by side that it was pasted rather than typed."""
    return isinstance(node, Loose) and node.is_sentence


def scored_leaves(node: Node, *, in_title: bool = False) -> Iterator[tuple[Leaf, bool]]:
    """The leaves whose words are searched for (so not those under ``Not``), each with whether only the title counts."""
    match node:
        case Word() | Exact() | Wildcard() | Fuzzy() | Phrase() | Window() | Near() | Either():
            yield node, in_title
        case InTitle(child):
            yield from scored_leaves(child, in_title=True)
        case Required(child) | Changed(_, child):
            yield from scored_leaves(child, in_title=in_title)
        case And(children) | Or(children) | Loose(children):
            for child in children:
                yield from scored_leaves(child, in_title=in_title)
        case _:
            return


def simple_leaves(node: Node) -> Iterator[Word | Exact | Wildcard | Fuzzy]:
    """The single words that the scored leaves are made of, as they were written."""
    for leaf, _ in scored_leaves(node):
        yield from _elements(leaf, 1)


def spelt_leaves(node: Node) -> Iterator[Word | Exact | Wildcard | Fuzzy]:
    """The single words that the scored leaves are made of, in every way to spell them."""
    for leaf, _ in scored_leaves(node):
        yield from _elements(leaf, None)


def _elements(leaf: Leaf, ways: int | None) -> Iterator[Word | Exact | Wildcard | Fuzzy]:
    match leaf:
        case Phrase(elements) | Window(elements):
            for element in elements:
                yield from _elements(element, ways)
        case Either(elements):  # the first is how it was written
            for element in elements[:ways]:
                yield from _elements(element, ways)
        case Near(left, right):
            yield from _elements(left, ways)
            yield from _elements(right, ways)
        case _:
            yield leaf


def field_conditions(node: Node) -> Iterator[FieldIs]:
    """Every ``FieldIs`` of the tree, those under ``Not`` as well."""
    match node:
        case FieldIs():
            yield node
        case InTitle(child) | Required(child) | Not(child) | Changed(_, child):
            yield from field_conditions(child)
        case And(children) | Or(children) | Loose(children):
            for child in children:
                yield from field_conditions(child)
        case _:
            return


def has_date_filter(node: Node) -> bool:
    """Whether the tree asks for dates, so that undated documents may be left out."""
    match node:
        case DateWithin():
            return True
        case InTitle(child) | Required(child) | Not(child) | Changed(_, child):
            return has_date_filter(child)
        case And(children) | Or(children) | Loose(children):
            return any(has_date_filter(child) for child in children)
        case _:
            return False
