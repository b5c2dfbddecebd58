"""The sentences in which a phrase came into a document or left it, each with what stood there in the other version."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from crawler import Document
from indexer.history.align import Step, StepKind, align
from indexer.history.compare import pieces_json
from indexer.history.edits import Piece, pieces
from indexer.history.phrase import Place
from indexer.history.sentences import sentences, split_sentences
from indexer.history.tokens import similarity, written

COUNTERPART = 0.4
"""The part of the words of both that a sentence shares with the one that took its place: below that, and in the same
passage, two sentences have no more in common than any two."""


@dataclass(frozen=True, slots=True)
class SentenceChange:
    """A sentence with the phrase and its counterpart in the other version.

    ``before`` and ``after`` are in the order of time; one is ``None`` where that version has no such sentence, and its
    ``passage`` (from 1, 0 is the title) is ``None`` where it has no such passage.
    """

    before: str | None
    after: str | None
    before_passage: int | None
    after_passage: int | None
    pieces: tuple[Piece, ...]

    def to_json(self) -> dict[str, Any]:
        """The fields by name, passages as anchors."""
        return {
            "before": self.before,
            "after": self.after,
            "before_anchor": anchor(self.before_passage),
            "after_anchor": anchor(self.after_passage),
            "pieces": pieces_json(self.pieces),
        }


def anchor(passage: int | None) -> str | None:
    """``p12``; ``title`` for 0."""
    if passage is None:
        return None
    return f"p{passage}" if passage else "title"


def came(before: Document | None, after: Document, places: Sequence[Place]) -> tuple[SentenceChange, ...]:
    """The sentences of ``after`` that have the phrase, with what they were ``before`` (where that is known)."""
    return tuple(_Turn(after, before).changes(places))


def went(before: Document, places: Sequence[Place], after: Document) -> tuple[SentenceChange, ...]:
    """The sentences of ``before`` that have the phrase, with what became of them ``after``."""
    return tuple(_turned(change) for change in _Turn(before, after).changes(places))


def _turned(change: SentenceChange) -> SentenceChange:
    old, new = change.after, change.before
    return SentenceChange(old, new, change.after_passage, change.before_passage, _pieces(old, new))


def _pieces(before: str | None, after: str | None) -> tuple[Piece, ...]:
    return pieces(written(before or ""), written(after or ""))


class _Turn:
    """``having`` has the phrase; ``other`` has not."""

    def __init__(self, having: Document, other: Document | None) -> None:
        self._having = having
        self._other = other
        steps = align(other.paragraphs, having.paragraphs) if other else ()
        self._steps: dict[int, Step] = {number: step for step in steps for number in step.new}

    def changes(self, places: Sequence[Place]) -> Iterator[SentenceChange]:
        """Each sentence with the phrase once; one that the other version has as well is no change."""
        for place in places:
            text = self._having.paragraphs[place.passage - 1] if place.passage else self._having.title
            for start, end in sentences(text):
                if any(first < end and last > start for first, last in place.ranges):
                    sentence = text[start:end]
                    counterpart, passage = self._counterpart(sentence, place.passage)
                    if counterpart != sentence:
                        parts = _pieces(counterpart, sentence)
                        yield SentenceChange(counterpart, sentence, passage, place.passage, parts)

    def _counterpart(self, sentence: str, passage: int) -> tuple[str | None, int | None]:
        """The sentence of the other version that took its place, and the passage where it stands or would stand."""
        if self._other is None:
            return None, None
        if passage == 0:
            return self._other.title, 0
        step = self._steps[passage]
        if step.kind is StepKind.ADDED:
            return None, None
        candidates = [
            (other, number) for number in step.old for other in split_sentences(self._other.paragraphs[number - 1])
        ]
        likeness, at = max((similarity(sentence, other), -at) for at, (other, _) in enumerate(candidates))
        if likeness < COUNTERPART:
            return None, step.old[0]
        return candidates[-at]
