"""For which of many texts a query tree holds, on whole arrays."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from indexer.query.nodes import And, Leaf, Loose, Node, Not, Or, Required, is_leaf

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]


def holds(node: Node, leaf: Callable[[Leaf], Mask], otherwise: Callable[[Node], Mask]) -> Mask:
    """A value a text; ``leaf`` and ``otherwise`` give those of a leaf, and of a condition that isn't about words."""
    match node:
        case And(children) | Loose(children):
            return np.logical_and.reduce([holds(child, leaf, otherwise) for child in children])  # type: ignore[no-any-return]
        case Or(children):
            return np.logical_or.reduce([holds(child, leaf, otherwise) for child in children])  # type: ignore[no-any-return]
        case Not(child):
            return ~holds(child, leaf, otherwise)
        case Required(child):
            return holds(child, leaf, otherwise)
        case _ if is_leaf(node):
            return leaf(node)
        case _:
            return otherwise(node)
