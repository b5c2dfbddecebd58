"""Which passage of one version became which of another: equal, reworded, moved, split, joined, added, removed.

Passages that are equal, and passages that share rare pairs of words and are alike enough, are pairs; of these the
heaviest chain in the order of both versions counts as what stayed in place, by the words that it keeps. A neighbour
whose words the other side of a pair has makes it a split or a join. Pairs that are left over have moved (Heckel, "A
technique for isolating differences between files", 1978); what is in no pair was added or removed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from heapq import nsmallest
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from indexer.history.chain import heaviest_chain
from indexer.history.edits import Piece, PieceChange, pieces
from indexer.history.tokens import Coded, joined

ALIKE = 0.5
"""The part of the words and signs of both that a reworded passage shares, in order: of 100,000 pairs of unrelated
paragraphs of news, 2 share as much; of paragraphs with every third word exchanged, 99 in 100 do."""
CONTAINED = 0.8
"""The part of a shorter passage that stands in a longer one of which it is a piece …"""
PIECE = 4
"""… where it has so many words and signs: shorter ones are contained in anything."""
MOVED = 0.7
"""As :data:`ALIKE`, for passages out of order: there, nothing but the words speaks for a pair."""
COMPARED = 5
"""Passages that one is held against, those that share the most pairs of words."""
COMMON = 20
"""What stands in more passages than this leads to none of them: forms repeat their phrases in every paragraph."""


class StepKind(StrEnum):
    """What became of passages."""

    EQUAL = "equal"
    REWORDED = "reworded"
    MOVED = "moved"
    SPLIT = "split"
    JOINED = "joined"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Step:
    """Passages ``old`` (numbers from 1) became passages ``new``; ``pieces`` is their text with what changed in it.

    A moved passage may be reworded as well. Passages of a split or a join are one text, with ¶ between them.
    """

    kind: StepKind
    old: tuple[int, ...]
    new: tuple[int, ...]
    pieces: tuple[Piece, ...]


def align(old: Sequence[str], new: Sequence[str]) -> tuple[Step, ...]:
    """The steps from the passages of one version to those of another, in the order of the newer one.

    What was removed stands where it was, behind what precedes it. White space does not count; case and signs do.
    """
    return tuple(_Alignment(old, new).steps())


class _Pair(NamedTuple):
    """Passages, numbered from 0, that may belong together.

    ``likeness``: the part of the words of both that they share; ``weight``: by how much text that is, in characters.
    """

    old: int
    new: int
    likeness: float
    weight: float


@dataclass
class _Group:
    """Passages that belong together, numbered from 0; each side is a range."""

    kind: StepKind
    old: range
    new: range


def _empty(old: int, new: int) -> _Group:
    """Nothing, at a place of both versions: where they begin or end."""
    return _Group(StepKind.EQUAL, range(old, old), range(new, new))


class _Alignment:
    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        self._old = old
        self._new = new
        codes: dict[str, str] = {}
        self._old_words = Coded(old, codes)
        self._new_words = Coded(new, codes)

    def steps(self) -> Iterator[Step]:
        """Groups in order, and between them what is in none."""
        equal, alike = list(self._equal()), list(self._alike())
        groups = self._groups(equal, alike)
        moved = _moved(groups, equal, alike)
        at = _empty(0, 0)
        for group in [*groups, _empty(len(self._old), len(self._new))]:
            yield from self._left_over(range(at.old.stop, group.old.start), range(at.new.stop, group.new.start), moved)
            if group.old:
                yield self._step(group.kind, group.old, group.new)
            at = group

    def _left_over(self, old: range, new: range, moved: Mapping[int, int]) -> Iterator[Step]:
        elsewhere = set(moved.values())
        for at in old:
            if at not in elsewhere:
                yield self._step(StepKind.REMOVED, range(at, at + 1), range(0))
        for at in new:
            if at in moved:
                yield self._step(StepKind.MOVED, range(moved[at], moved[at] + 1), range(at, at + 1))
            else:
                yield self._step(StepKind.ADDED, range(0), range(at, at + 1))

    def _step(self, kind: StepKind, old: range, new: range) -> Step:
        return Step(kind, tuple(at + 1 for at in old), tuple(at + 1 for at in new), self._pieces(kind, old, new))

    def _pieces(self, kind: StepKind, old: range, new: range) -> tuple[Piece, ...]:
        if kind is StepKind.EQUAL:
            return (Piece(PieceChange.SAME, " ".join(self._new[new.start].split())),)
        before, after = self._old_words.together(old), self._new_words.together(new)
        if not before or not after:
            return (Piece(PieceChange.ADDED if after else PieceChange.REMOVED, joined(after or before)),)
        return pieces(before, after)

    def _equal(self) -> Iterator[_Pair]:
        """Passages with the same text but for white space; of frequent ones only those in turn."""
        places: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for side, passages in enumerate((self._old, self._new)):
            for at, text in enumerate(passages):
                places[" ".join(text.split())][side].append(at)
        for text, (old, new) in places.items():
            in_turn = len(old) * len(new) > COMMON
            found = zip(old, new, strict=False) if in_turn else ((i, j) for i in old for j in new)
            self._settle(old, new)
            yield from (_Pair(i, j, 1.0, len(text)) for i, j in found)

    def _settle(self, old: Sequence[int], new: Sequence[int]) -> None:
        """Passages that have each their equal need not be compared with others."""
        if len(old) == len(new):
            self._old_words.settled.update(old)
            self._new_words.settled.update(new)

    def _alike(self) -> Iterator[_Pair]:
        """Passages that are alike, or one a piece of the other."""
        for i, j in self._worth_comparing():
            one, other = self._old_words.code(i), self._new_words.code(j)
            fewer, both = min(len(one), len(other)), len(one) + len(other)
            shared = LCSseq.similarity(one, other)
            likeness = 2 * shared / both
            if likeness >= ALIKE or (fewer >= PIECE and shared >= CONTAINED * fewer):
                yield _Pair(i, j, likeness, likeness * (len(self._old[i]) + len(self._new[j])) / 2)

    def _worth_comparing(self) -> Iterator[tuple[int, int]]:
        holders: dict[str, list[int]] = defaultdict(list)
        for at in self._new_words.unsettled():
            for feature in self._new_words.features(at):
                holders[feature].append(at)
        for at in self._old_words.unsettled():
            met: Counter[int] = Counter()
            for feature in self._old_words.features(at):
                found = holders.get(feature, ())
                if len(found) <= COMMON:
                    met.update(found)
            most = nsmallest(COMPARED, met, key=lambda other: (-met[other], other))
            yield from ((at, other) for other in most)

    def _groups(self, equal: Sequence[_Pair], alike: Sequence[_Pair]) -> list[_Group]:
        """What stayed in place, grown by the neighbours that are pieces of it."""
        same = {pair[:2] for pair in (*equal, *alike) if pair.likeness == 1}
        weighed = ((pair.old, pair.new, pair.weight * pair.likeness) for pair in (*equal, *alike))
        groups = [
            _Group(StepKind.EQUAL if (i, j) in same else StepKind.REWORDED, range(i, i + 1), range(j, j + 1))
            for i, j in heaviest_chain(weighed)
        ]
        bounds = [_empty(0, 0), *groups, _empty(len(self._old), len(self._new))]
        for before, group, after in zip(bounds[:-2], groups, bounds[2:], strict=True):
            if group.kind is StepKind.REWORDED:
                self._grow(before, group, after)
        return groups

    def _grow(self, before: _Group, group: _Group, after: _Group) -> None:
        """Take in neighbours, on one side, as long as the other side has their words."""
        limit = range(before.new.stop, after.new.start)
        grown = _grown(group.new, limit, self._new_words, self._old_words.row(group.old))
        if len(grown) > 1:
            group.kind, group.new = StepKind.SPLIT, grown
            return
        limit = range(before.old.stop, after.old.start)
        grown = _grown(group.old, limit, self._old_words, self._new_words.row(group.new))
        if len(grown) > 1:
            group.kind, group.old = StepKind.JOINED, grown


def _grown(own: range, limit: range, words: Coded, other: str) -> range:
    shared = LCSseq.similarity(words.row(own), other)
    for wider in (range(own.start, own.stop + 1), range(own.start - 1, own.stop)):
        if wider.start < limit.start or wider.stop > limit.stop:
            continue
        more = len(words.row(wider)) - len(words.row(own))
        if more >= PIECE and LCSseq.similarity(words.row(wider), other) - shared >= CONTAINED * more:
            return _grown(wider, limit, words, other)
    return own


def _moved(groups: Sequence[_Group], equal: Iterable[_Pair], alike: Iterable[_Pair]) -> dict[int, int]:
    """New passage → the old one that stands elsewhere; each once, the likest first."""
    kept_old = {at for group in groups for at in group.old}
    kept_new = {at for group in groups for at in group.new}
    moved: dict[int, int] = {}
    likest = sorted((pair for pair in alike if pair.likeness >= MOVED), key=lambda pair: (-pair.likeness, pair))
    for pair in (*equal, *likest):
        if pair.old not in kept_old and pair.new not in kept_new:
            kept_old.add(pair.old)
            kept_new.add(pair.new)
            moved[pair.new] = pair.old
    return moved
