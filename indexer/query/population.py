"""What a query chooses from, its conditions without its words, and what it looks for there."""

from __future__ import annotations

from indexer.query.nodes import (
    And,
    DateUnknown,
    DateWithin,
    Everything,
    FieldIs,
    Loose,
    Node,
    Not,
    Or,
    Required,
)


def population(tree: Node) -> Node:
    """The conditions (source, date, …) that hold for every hit of ``tree``; every document where it has none.

    They say what the hits are compared with: of ``extradition source:un`` the documents of this source.
    """
    match tree:
        case And(children) | Loose(children):
            kept = tuple(child for child in map(population, children) if not isinstance(child, Everything))
            return And(kept) if len(kept) > 1 else kept[0] if kept else Everything()
        case Required(child):
            return population(child)
        case _:
            return tree if _is_condition(tree) else Everything()


def wording(tree: Node) -> Node:
    """``tree`` without the conditions that :func:`population` tells; every document where it has nothing else."""
    match tree:
        case And(children) | Loose(children):
            kept = tuple(wording(child) for child in children if not _is_condition(child))
            return type(tree)(kept) if len(kept) > 1 else kept[0] if kept else Everything()
        case Required(child):
            return wording(child)
        case _:
            return Everything() if _is_condition(tree) else tree


def _is_condition(node: Node) -> bool:
    """Whether no words play a part in ``node``."""
    match node:
        case FieldIs() | DateWithin() | DateUnknown():
            return True
        case And(children) | Or(children) | Loose(children):
            return all(map(_is_condition, children))
        case Not(child) | Required(child):
            return _is_condition(child)
        case _:
            return False
