"""The order of the lines of a concordance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from indexer.engines.protocol import LineOrder
from indexer.engines.whoosh.occurrences import Stretches
from indexer.engines.whoosh.texts import Texts
from indexer.engines.whoosh.wordlist import WordList

if TYPE_CHECKING:
    from numpy.typing import NDArray

COMPARED = 6  # words beside a hit that lines are sorted by; longer runs that are alike are one formula
_PACKED = 3  # ranks in one number
_RANK_BITS = 21  # two million words


def in_order(
    texts: Texts, hits: Stretches, dates: NDArray[np.intp], order: LineOrder, words: WordList
) -> NDArray[np.intp]:
    """The hits' numbers as the lines stand; ``dates``: the rank of each text by its date."""
    by_date = dates[texts.text_of(hits.firsts)]
    if order is LineOrder.DATE:
        return np.lexsort((hits.firsts, by_date))
    keys = _keys(_beside(texts, hits, order), words)
    return np.lexsort((hits.firsts, by_date, *reversed(keys)))


def _beside(texts: Texts, hits: Stretches, order: LineOrder) -> list[NDArray[np.int64]]:
    """The words beside each hit in its passage, nearest first, as numbers; -1 beyond the passage."""
    left = order is LineOrder.LEFT
    edge = hits.firsts if left else hits.lasts
    passage = texts.passage_of(edge)
    begins, ends = texts.passages[passage], texts.passages[passage + 1]
    found = []
    for distance in range(1, COMPARED + 1):
        places = edge - distance if left else edge + distance
        inside = (places >= begins) & (places < ends)
        found.append(np.where(inside, texts.words[np.where(inside, places, 0)].astype(np.int64), -1))
    return found


def _keys(beside: list[NDArray[np.int64]], words: WordList) -> list[NDArray[np.int64]]:
    """Numbers that sort as the words do, a few words each; nothing sorts before any word."""
    ranks = np.concatenate((words.ranks, [0]))  # the last one is for -1
    keys = []
    for first in range(0, COMPARED, _PACKED):
        key = np.zeros(len(beside[0]), np.int64)
        for numbers in beside[first : first + _PACKED]:
            key = (key << _RANK_BITS) | ranks[numbers]
        keys.append(key)
    return keys
