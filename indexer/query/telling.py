"""Which parts of a query are worth marking in a text."""

from __future__ import annotations

import math
from collections.abc import Mapping

from indexer.query.nodes import Leaf, Node, Word, scored_leaves

COMMON = math.log(2)
"""The idf of a word that half of the documents have."""


def telling_leaves(tree: Node, weights: Mapping[Leaf, float], *, sentence: bool) -> list[tuple[Leaf, bool]]:
    """The scored leaves of ``tree``, each with whether only the title counts.

    Of a sentence, words that more than half of the documents have are left out (``weights`` are the idf of leaves):
    marking each "the" would hide the words that a reader looks for. A query of such words only keeps them all.
    """
    leaves = list(scored_leaves(tree))
    if not sentence:
        return leaves
    telling = [pair for pair in leaves if not isinstance(pair[0], Word) or weights.get(pair[0], COMMON) >= COMMON]
    return telling or leaves
