"""Stretches of words in a row of many texts, and what can be made of them: phrases, windows, distances.

The same answers as :func:`indexer.query.match.spans` gives text by text: words are counted on from one passage to the
next, and nothing reaches from one text into another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from indexer.query.spans import Span, window_spans

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.intp]

Part = TypeVar("Part", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Stretches:
    """Stretches of words in the order of their places, none within another one: first and last word of each."""

    firsts: Numbers
    lasts: Numbers

    def __len__(self) -> int:
        return len(self.firsts)


NONE = Stretches(np.zeros(0, np.intp), np.zeros(0, np.intp))


def single(places: Numbers) -> Stretches:
    """One word each."""
    return Stretches(places, places)


def texts_of(starts: Numbers, places: Numbers) -> Numbers:
    """The text that each place is in, in any order; ``starts``: where each text begins, and the end."""
    return np.searchsorted(starts, places, "right") - 1


def chain(parts: Sequence[Stretches], starts: Numbers) -> Stretches:
    """The parts one right behind the other."""
    found = parts[0]
    for part in parts[1:]:
        if not len(found) or not len(part):
            return NONE
        if len(part) < len(found):  # the shorter list is looked up in the longer one
            wanted = part.firsts - 1
            at = np.searchsorted(found.lasts, wanted)
            follows = np.flatnonzero(found.lasts.take(at, mode="clip") == wanted)
            found = Stretches(found.firsts.take(at[follows]), part.lasts.take(follows))
        else:
            wanted = found.lasts + 1
            at = np.searchsorted(part.firsts, wanted)
            follows = np.flatnonzero(part.firsts.take(at, mode="clip") == wanted)
            found = Stretches(found.firsts.take(follows), part.lasts.take(at[follows]))
    return within_texts(found, starts)


def within_texts(found: Stretches, starts: Numbers) -> Stretches:
    """Those of the stretches that begin and end in one text."""
    one = texts_of(starts, found.firsts) == texts_of(starts, found.lasts)
    return found if one.all() else Stretches(found.firsts[one], found.lasts[one])


def near(one: Stretches, other: Stretches, distance: int, starts: Numbers) -> Stretches:
    """Two stretches in either order, the end of one at most ``distance`` words from the start of the other."""
    return tightest([_followed(one, other, distance, starts), _followed(other, one, distance, starts)])


def _followed(left: Stretches, right: Stretches, distance: int, starts: Numbers) -> Stretches:
    """Each of ``left`` up to the end of the nearest of ``right`` behind it, as ``spans.near_spans`` has it."""
    at = np.searchsorted(right.firsts, left.lasts, "right")
    before = np.flatnonzero(at < len(right))
    at = at[before]
    close = right.firsts[at] - left.lasts[before] <= distance
    before, at = before[close], at[close]
    return within_texts(Stretches(left.firsts[before], right.lasts[at]), starts)


def window(parts: Mapping[Part, Stretches], needs: Mapping[Part, int], distance: int, starts: Numbers) -> Stretches:
    """The tightest stretches that have so many places of each part, no place twice.

    A window ends at a place, and begins at the earliest of the latest places of the parts up to there. Where places
    overlap, which of them is whose is a question of its own: :func:`indexer.query.spans.window_spans`.
    """
    if not all(map(len, parts.values())):
        return NONE
    firsts, lasts = _joined(list(parts.values()))
    if np.any(firsts[1:] <= np.maximum.accumulate(lasts)[:-1]):
        return _text_by_text([parts[each] for each in Counter(needs).elements()], distance, starts)
    begins, complete = firsts, np.ones(len(firsts), np.bool_)
    for each, part in parts.items():
        latest = np.searchsorted(part.firsts, firsts, "right") - needs[each]
        begins = np.minimum(begins, part.firsts[np.maximum(latest, 0)])
        complete &= latest >= 0
    complete &= (begins >= lasts - distance) & (begins >= starts[texts_of(starts, firsts)])
    return tightest([Stretches(begins[complete], lasts[complete])])


def _text_by_text(parts: Sequence[Stretches], distance: int, starts: Numbers) -> Stretches:
    """The windows of each text that all parts stand in."""
    by_text = [_by_text(part, starts) for part in parts]
    common = set.intersection(*(set(part) for part in by_text))
    found = [span for text in sorted(common) for span in window_spans([part[text] for part in by_text], distance)]
    pairs = np.array(found, np.intp).reshape(-1, 2)
    return Stretches(pairs[:, 0], pairs[:, 1])


def _by_text(part: Stretches, starts: Numbers) -> dict[int, list[Span]]:
    texts = texts_of(starts, part.firsts)
    found: dict[int, list[Span]] = {}
    for text, first, last in zip(texts.tolist(), part.firsts.tolist(), part.lasts.tolist(), strict=True):
        found.setdefault(text, []).append((first, last))
    return found


def _joined(parts: Sequence[Stretches]) -> tuple[Numbers, Numbers]:
    """All stretches, by their first word, then by their last."""
    if len(parts) == 1:
        return parts[0].firsts, parts[0].lasts
    firsts, lasts = (np.concatenate([getattr(part, end) for part in parts]) for end in ("firsts", "lasts"))
    order = np.lexsort((lasts, firsts))
    return firsts[order], lasts[order]


def tightest(parts: Sequence[Stretches]) -> Stretches:
    """Those of the stretches that hold no other one (:func:`indexer.query.spans.tightest`)."""
    firsts, lasts = _joined(parts)
    if not len(firsts):
        return NONE
    shortest = np.concatenate(([True], firsts[1:] != firsts[:-1]))
    firsts, lasts = firsts[shortest], lasts[shortest]
    nearest_end = np.minimum.accumulate(lasts[::-1])[::-1]
    kept = np.concatenate((lasts[:-1] < nearest_end[1:], [True]))
    return Stretches(firsts[kept], lasts[kept])


def merged(parts: Sequence[Stretches]) -> Stretches:
    """Stretches that have a word in common become one, as they are one mark in a text."""
    if not parts:
        return NONE
    firsts, lasts = _joined(parts)
    if not len(firsts):
        return NONE
    begins = np.concatenate(([True], firsts[1:] > np.maximum.accumulate(lasts)[:-1]))
    at = np.flatnonzero(begins)
    return Stretches(firsts[at], np.maximum.reduceat(lasts, at))
