"""Snippets: pieces of the passages that say most about the query."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import repeat
from operator import itemgetter

from indexer.engines.protocol import Places
from indexer.marking import MarkedPassage, mark_passage
from indexer.query.nodes import Leaf
from indexer.results import Snippet

MAX_SNIPPETS = 3
LENGTH = 300  # characters; some three lines of a results page
_REPEATED = 0.2  # what a word's second, third … occurrence adds, damped; other words say more than more of the same
_LOOK_BACK = 80  # characters before the first hit of a cut; enough to see the sentence that it stands in


def snippets(passages: Sequence[MarkedPassage], weights: Mapping[Leaf, float]) -> tuple[Snippet, ...]:
    """The best passages, best first; the document's first one where none has a hit."""
    with_hits = [passage for passage in passages if passage.ranges]
    best = sorted(with_hits, key=lambda passage: (-_worth(passage.leaves, weights), passage.number))[:MAX_SNIPPETS]
    return tuple(Snippet(_cut(passage), passage.number) for passage in best or passages[:1])


def snippets_at(paragraphs: Sequence[str], places: Places, weights: Mapping[Leaf, float]) -> tuple[Snippet, ...]:
    """The same snippets of a text with these paragraphs, of which only the best are read."""
    counts = _counts(places)
    best = sorted(counts, key=lambda at: (-_worth(counts[at], weights), at))[:MAX_SNIPPETS]
    marked = [mark_passage(paragraphs[at], at, places) for at in best]
    shown = marked or [MarkedPassage(1, text, (), {}) for text in paragraphs[:1]]
    return tuple(Snippet(_cut(passage), passage.number) for passage in shown)


def _counts(places: Places) -> dict[int, dict[Leaf, int]]:
    """How often each leaf stands in each passage that has any."""
    counts: dict[int, dict[Leaf, int]] = {}
    for leaf, spans in places.spans.items():
        begins, ends = (list(map(bisect_right, repeat(places.firsts), map(itemgetter(at), spans))) for at in (0, 1))
        for behind, count in Counter(begins if begins == ends else _between(begins, ends, places.firsts)).items():
            counts.setdefault(behind - 1, {})[leaf] = count
    return counts


def _between(begins: Sequence[int], ends: Sequence[int], firsts: Sequence[int]) -> list[int]:
    """All from each begin to its end but for passages without a word; passages are told by the one behind them."""
    ranges = (range(begin, end + 1) for begin, end in zip(begins, ends, strict=True))
    return [behind for one in ranges for behind in one if firsts[behind - 1] < firsts[behind]]


def _worth(leaves: Mapping[Leaf, int], weights: Mapping[Leaf, float]) -> float:
    return sum(weights.get(leaf, 0.0) * (1 + _REPEATED * math.log(count)) for leaf, count in leaves.items())


def _cut(passage: MarkedPassage) -> str:
    text = passage.text
    if len(text) <= LENGTH:
        return passage.html()
    start = _start(passage)
    end = min(len(text), start + LENGTH)
    if end == len(text):
        start = _word_start(text, max(0, end - LENGTH))
    else:
        end = _word_end(text, end, start)
    before, after = "… " if start else "", " …" if end < len(text) else ""
    return f"{before}{passage.html(start, end)}{after}"


def _start(passage: MarkedPassage) -> int:
    """Where to begin so that the most hits are in view, with some words before the first of them."""
    if not passage.ranges:
        return 0
    ends = [last for _, last in passage.ranges]  # in order, as the ranges are and as they are apart
    in_view = [
        (bisect_right(ends, begin + LENGTH - _LOOK_BACK) - at, -begin) for at, (begin, _) in enumerate(passage.ranges)
    ]
    first_hit = -max(in_view)[1]
    return _word_start(passage.text, max(0, first_hit - _LOOK_BACK))


def _word_start(text: str, at: int) -> int:
    """The start of the next word, unless none begins soon (Chinese, a very long word)."""
    if at == 0:
        return 0
    space = text.find(" ", at - 1, at + 30)
    return space + 1 if space >= 0 else at


def _word_end(text: str, at: int, least: int) -> int:
    space = text.rfind(" ", max(least, at - 30), at + 1)
    return space if space > least else at
