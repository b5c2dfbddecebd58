"""What a part of a query found: documents in order, and their scores when somebody asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.intp]
    Scores = NDArray[np.float64]
    Mask = NDArray[np.bool_]

_PROBED = 16  # lists this many times as long are searched by halves; others are counted through
_BLOCK = 64  # scores of which the highest is looked at first
_ROUNDING = 1 - 1e-12  # sums of the same floats in another order


class Matches:
    """``documents`` in order. ``score`` gives the scores of some of them, by their places there, or of all (``None``).

    A document that a query leaves out is never scored: of the words of an AND only what all have is. ``bound``: no
    score is higher.
    """

    def __init__(self, documents: Numbers, score: Callable[[Numbers | None], Scores], bound: float) -> None:
        self.documents = documents
        self.score = score
        self.bound = bound

    def __len__(self) -> int:
        return len(self.documents)

    @cached_property
    def scores(self) -> Scores:
        """The score of each document."""
        return self.score(None)

    def mask(self, size: int) -> Mask:
        """Which of so many documents are among them."""
        found = np.zeros(size, np.bool_)
        found[self.documents] = True
        return found

    def among(self, documents: Numbers) -> Mask:
        """Which of other documents (in order) are among these."""
        return ~without(documents, self.documents)

    def added_to(self, documents: Numbers, totals: Scores) -> None:
        """Add the scores of documents (in order) to their ``totals``, for those that are among these."""
        at = np.searchsorted(self.documents, documents)
        here = np.flatnonzero(_at(self.documents, at) == documents) if len(self.documents) else at[:0]
        totals[here] += self.score(at.take(here))

    def best(self, count: int, allowed: Mask | None = None) -> tuple[Numbers, Scores]:
        """Documents with their scores, so many of the best and all that are as good as the last of these at least.

        Some others may be among them. ``allowed``: only these, a value a document.
        """
        if allowed is None:
            documents, scores = self.documents, self.scores
        else:
            places = np.flatnonzero(allowed.take(self.documents))
            documents, scores = self.documents.take(places), self.score(places)
        least = least_of_best(scores, count)
        if least is None:
            return documents, scores
        kept = np.flatnonzero(scores >= least)
        return documents.take(kept), scores.take(kept)


class Masked(Matches):
    """What a condition that isn't about words holds for: a value a document; scores are 0."""

    bound = 0.0

    def __init__(self, found: Mask) -> None:
        self.found = found
        self.score = self._nothing

    @cached_property
    def documents(self) -> Numbers:  # type: ignore[override]
        """Those it holds for."""
        return np.flatnonzero(self.found)

    def _nothing(self, places: Numbers | None) -> Scores:
        return np.zeros(len(self.documents) if places is None else len(places))

    def mask(self, size: int) -> Mask:
        """Which documents are among them."""
        return self.found

    def among(self, documents: Numbers) -> Mask:
        """Which of other documents are among these."""
        return self.found.take(documents)


def scored(documents: Numbers, scores: Scores) -> Matches:
    """Documents whose scores are known."""
    highest = float(scores.max(initial=0.0))
    return Matches(documents, lambda places: scores if places is None else scores.take(places), highest)


def all_of(parts: Sequence[Matches], size: int) -> Matches:
    """The documents that all parts have; their scores are added up."""
    conditions = [part for part in parts if isinstance(part, Masked)]
    words = [part for part in parts if not isinstance(part, Masked)]
    if not words:
        return Masked(np.logical_and.reduce([part.found for part in conditions]))
    fewest, *others = sorted(words, key=len)
    documents = fewest.documents
    for part in others:
        documents = in_both(documents, part.documents, size)
    for condition in conditions:
        documents = documents[condition.found.take(documents)]
    if len(words) == 1 and len(documents) == len(words[0]):
        return words[0]

    def score(places: Numbers | None) -> Scores:
        wanted = documents if places is None else documents.take(places)
        total = np.zeros(len(wanted))
        for part in words:
            total += part.score(np.searchsorted(part.documents, wanted))
        return total

    return Matches(documents, score, sum(part.bound for part in words))


class AnyOf(Matches):
    """The documents that any part has; their scores are added up.

    The best are found without looking at all (Turtle & Flood 1995, "Query evaluation: strategies and optimizations",
    known as MaxScore): once the words that say most have so many documents that the others together can't bring a new
    one among the best, the others are only looked up in what is there.
    """

    def __init__(self, parts: Sequence[Matches], size: int) -> None:
        self._parts = parts
        self._size = size
        self.bound = sum(part.bound for part in parts)

    @cached_property
    def documents(self) -> Numbers:  # type: ignore[override]
        """Those of all parts, each once."""
        return united([part.documents for part in self._parts], self._size)

    @cached_property
    def scores(self) -> Scores:
        """The score of each document."""
        return _summed(self._parts, self.documents, self._size)

    def score(self, places: Numbers | None) -> Scores:
        """The scores of the documents at some places, or of all."""
        if places is None:
            return self.scores
        if "scores" in self.__dict__ or _is_much(len(places), self._size):
            return self.scores.take(places)
        return self._looked_up(self.documents.take(places))

    def _looked_up(self, documents: Numbers) -> Scores:
        totals = np.zeros(len(documents))
        for part in self._parts:
            part.added_to(documents, totals)
        return totals

    def best(self, count: int, allowed: Mask | None = None) -> tuple[Numbers, Scores]:
        """So many of the best, and all that are as good as the last of these."""
        weak = sorted(self._parts, key=lambda part: part.bound)
        strong: list[Matches] = []
        while weak:
            strong.append(weak.pop())
            rest = sum(part.bound for part in weak)
            found = sum(map(len, strong))
            if weak and (strong[-1].bound <= rest or found < count or found > sum(map(len, weak))):
                continue
            documents = united([part.documents for part in strong], self._size)
            scores = _summed(strong, documents, self._size)
            if allowed is not None:
                kept = np.flatnonzero(allowed.take(documents))
                documents, scores = documents.take(kept), scores.take(kept)
            least = least_of_best(scores, count)
            if least is not None and rest < least:
                documents = documents[scores >= (least - rest) * _ROUNDING]
                break
        if weak:
            return documents, self._looked_up(documents)
        return super().best(count, allowed)


def any_of(parts: Sequence[Matches], size: int) -> Matches:
    """The documents that any part has; their scores are added up."""
    if len(parts) == 1:
        return parts[0]
    return _any_masked(parts, size) if any(isinstance(part, Masked) for part in parts) else AnyOf(parts, size)


def _any_masked(parts: Sequence[Matches], size: int) -> Matches:
    """The same where some parts score nothing: what they hold for is found all the same."""
    found = np.logical_or.reduce([part.mask(size) for part in parts])
    words = [part for part in parts if not isinstance(part, Masked)]
    if not words:
        return Masked(found)
    rest = any_of(words, size)
    total = np.zeros(size)
    total[rest.documents] = rest.scores
    documents = np.flatnonzero(found)
    return scored(documents, total.take(documents))


def united(lists: Sequence[Numbers], size: int) -> Numbers:
    """The documents that are in any list, in order."""
    filled = sorted((each for each in lists if len(each)), key=len)
    if not filled:
        return np.zeros(0, np.intp)
    if len(filled) > 1 and _is_much(sum(map(len, filled)), size):
        return np.flatnonzero(np.bincount(np.concatenate(filled), minlength=size) > 0)
    *others, longest = filled
    for other in others:
        missing = other[without(other, longest)]
        if len(missing):
            longest = np.insert(longest, np.searchsorted(longest, missing), missing)
    return longest


def _summed(parts: Sequence[Matches], documents: Numbers, size: int) -> Scores:
    """The scores of all documents of some parts, added up; ``documents``: of all these parts, in order."""
    found = np.concatenate([part.documents for part in parts])
    scores = np.concatenate([part.scores for part in parts])
    if not len(found):
        return np.zeros(0)
    if _is_much(len(found), size):
        return _added(found, scores, size).take(documents)
    return _added(np.searchsorted(documents, found), scores, len(documents))


def _added(places: Numbers, scores: Scores, size: int) -> Scores:
    totals: Scores = np.bincount(places, scores, size)  # type: ignore[assignment]
    return totals


def least_of_best(scores: Scores, count: int) -> float | None:
    """No more than the lowest of so many best scores, and near it; ``None`` where there are no more than that.

    The scores are looked at in blocks: so many blocks have a score of their highest, at least.
    """
    if len(scores) <= count:
        return None
    if len(scores) >= _BLOCK * (count + 1):
        whole = len(scores) // _BLOCK * _BLOCK
        scores = scores[:whole].reshape(-1, _BLOCK).max(axis=1)
    return float(np.partition(scores, -count)[-count])


def without(one: Numbers, other: Numbers) -> Mask:
    """Which of the documents of one list the other lacks; both in order."""
    if not len(other):
        return np.ones(len(one), np.bool_)
    missing: Mask = _at(other, np.searchsorted(other, one)) != one
    return missing


def _is_much(documents: int, size: int) -> bool:
    return documents * _PROBED > size


def in_both(few: Numbers, many: Numbers, size: int) -> Numbers:
    """The documents that are in two lists; ``few`` is the shorter one."""
    if len(few) * _PROBED < len(many) or len(many) * _PROBED < size:
        return few[~without(few, many)]
    return few[np.bincount(many, minlength=size).take(few) > 0]


def _at(documents: Numbers, places: Numbers) -> Numbers:
    return documents.take(places, mode="clip")
