"""``change:added`` and ``change:removed``: what the words beside them are looked for in."""

from __future__ import annotations

from collections.abc import Iterable

from indexer.query.nodes import (
    And,
    Change,
    Changed,
    DateUnknown,
    DateWithin,
    Everything,
    FieldIs,
    InTitle,
    Loose,
    Node,
    Not,
    Or,
    Required,
)


def with_changes(tree: Node) -> Node:
    """The tree with each ``change:`` condition around the words that it stands beside.

    Conditions on source, date and the like, and what is excluded, are about the document as it is and stay outside.
    With no words beside it, any passage counts. A value that isn't known stays a condition: no document has it.
    """
    match tree:
        case Loose(children) | And(children):
            return _together(type(tree), tuple(map(with_changes, children)))
        case Or(children):
            return Or(tuple(map(with_changes, children)))
        case Not(child):
            return Not(with_changes(child))
        case Required(child):
            inner = with_changes(child)
            return inner if _is_bare(inner) else Required(inner)
        case InTitle(child):
            return InTitle(with_changes(child))
        case FieldIs("change", "added" | "removed" as value):
            return Changed(Change(value), Everything())
        case _:
            return tree


def _together(kind: type[And | Loose], children: tuple[Node, ...]) -> Node:
    changes = [child for child in children if _is_bare(child)]
    if not changes:
        return kind(children)
    conditions = tuple(child for child in children if isinstance(child, FieldIs | DateWithin | DateUnknown | Not))
    words = tuple(child for child in children if child not in conditions and child not in changes)
    beside = _one(kind, words) if words else Everything()
    changed = (Changed(change.kind, beside) for change in dict.fromkeys(changes) if isinstance(change, Changed))
    return _one(And, (*conditions, *changed))


def _is_bare(node: Node) -> bool:
    """Whether it is a ``change:`` condition that has no words yet."""
    return isinstance(node, Changed) and isinstance(node.child, Everything)


def _one(kind: type[And | Loose], nodes: Iterable[Node]) -> Node:
    first, *others = nodes
    return kind((first, *others)) if others else first
