"""How many forms the patterns of one query may stand for together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from typing import TypeVar

from indexer.query.nodes import (
    MAX_FORMS,
    And,
    Changed,
    Either,
    Fuzzy,
    InTitle,
    Loose,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Required,
    Wildcard,
    Window,
)

# Of all patterns of a query together. Reading the postings of one form costs as much as searching for a plain word, and
# with its places, as phrases and distances need them, several times that.
ALL_FORMS = 2048
PLACED_FORMS = 256

NodeT = TypeVar("NodeT", bound=Node)


def shared_out(tree: Node) -> Node:
    """The tree with the forms shared out evenly among its patterns; none has more than ``MAX_FORMS``."""
    kinds = Counter(_patterns(tree))
    alone = min(MAX_FORMS, ALL_FORMS // max(1, kinds[False]))
    placed = min(MAX_FORMS, PLACED_FORMS // max(1, kinds[True]))
    return _limited(tree, alone, placed) if kinds[True] or alone < MAX_FORMS else tree


def _patterns(node: Node, *, placed: bool = False) -> Iterator[bool]:
    """For each pattern, whether it stands in a phrase or a distance."""
    match node:
        case Wildcard() | Fuzzy():
            yield placed
        case Phrase(parts) | Window(parts) | Either(parts):
            yield from _of_all(parts, placed=True)
        case Near(left, right):
            yield from _of_all((left, right), placed=True)
        case And(children) | Or(children) | Loose(children):
            yield from _of_all(children, placed=placed)
        case Not(child) | Required(child) | InTitle(child) | Changed(_, child):
            yield from _patterns(child, placed=placed)


def _of_all(nodes: Iterable[Node], *, placed: bool) -> Iterator[bool]:
    return chain.from_iterable(_patterns(node, placed=placed) for node in nodes)


def _limited(node: NodeT, limit: int, placed: int) -> NodeT:
    match node:
        case Wildcard() | Fuzzy():
            return replace(node, limit=limit)
        case Phrase() | Window() | Either():
            return replace(node, elements=tuple(_limited(part, placed, placed) for part in node.elements))
        case Near():
            left, right = (_limited(side, placed, placed) for side in (node.left, node.right))
            return replace(node, left=left, right=right)
        case And() | Or() | Loose():
            return replace(node, children=tuple(_limited(child, limit, placed) for child in node.children))
        case Not() | Required() | InTitle() | Changed():
            return replace(node, child=_limited(node.child, limit, placed))
        case _:
            return node
