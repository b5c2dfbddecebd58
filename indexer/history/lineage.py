"""The lineage of a story: which of its near copies comes first, and what each added or dropped against its origin.

The order is that of roles (an official text, then an agency's, then all others), then of dates of publication; what
isn't dated comes last. A role is what ``config.toml`` says of the source; nobody's role is guessed. A credit line
("Xinhua News Agency November 5, 2008") names the origin of the copy that has it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from crawler import Archive, Document, Source, SourceRole, read_credit
from indexer.analysis import fold
from indexer.history.align import Step, StepKind, align
from indexer.history.compare import pieces_json
from indexer.history.edits import PieceChange
from indexer.history.facts import facts
from indexer.history.sentences import split_sentences

_RANK = {SourceRole.OFFICIAL: 0, SourceRole.AGENCY: 1}
_LAST = 2  # press, and sources that don't say what they are


class OriginBasis(StrEnum):
    """Why a document is taken for the origin of a copy."""

    CREDIT = "credit"
    """The copy credits the publisher of the origin."""
    SENTENCES = "sentences"
    """Of the documents before the copy it shares the most sentences with it."""
    FIRST = "first"
    """It is the first of the story, and none before the copy has a sentence in common with it."""


@dataclass(frozen=True, slots=True)
class StoryCopy:
    """One document of a story. ``credits``: the agency that its last line names, ``None`` where none is named.

    ``origin`` is the id of the document that it was compared with, ``None`` for the first; ``steps`` lead from the
    sentences of the origin to those of the copy.
    """

    document: Document
    label: str
    role: SourceRole | None
    credits: str | None
    origin: str | None
    basis: OriginBasis | None
    steps: tuple[Step, ...]

    @property
    def shared(self) -> int:
        """How many sentences are the same as in the origin, wherever they stand."""
        return sum(_is_same(step) for step in self.steps)

    def changed(self, *kinds: StepKind) -> list[Step]:
        """The steps of these kinds, without sentences that only moved."""
        return [step for step in self.steps if step.kind in kinds and not _is_same(step)]

    @property
    def added(self) -> list[str]:
        """Sentences that the origin lacks."""
        return [step.pieces[0].text for step in self.changed(StepKind.ADDED)]

    @property
    def dropped(self) -> list[str]:
        """Sentences of the origin that are not here."""
        return [step.pieces[0].text for step in self.changed(StepKind.REMOVED)]

    @property
    def reworded(self) -> list[Step]:
        """Sentences in other words than in the origin."""
        return self.changed(StepKind.REWORDED, StepKind.MOVED, StepKind.SPLIT, StepKind.JOINED)

    def to_json(self) -> dict[str, Any]:
        """The copy, its origin, and the sentences that differ."""
        return facts(self.document) | {
            "role": self.role and self.role.value,
            "credits": self.credits,
            "origin": self.origin,
            "basis": self.basis and self.basis.value,
            "shared": self.shared,
            "added": self.added,
            "dropped": self.dropped,
            "reworded": [pieces_json(step.pieces) for step in self.reworded],
        }


@dataclass(frozen=True, slots=True)
class Lineage:
    """The documents of a story, the origin first. ``unknown``: what can't be told of it, a sentence each."""

    copies: tuple[StoryCopy, ...]
    unknown: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The JSON of ``concord lineage --json``."""
        return {"copies": [copy.to_json() for copy in self.copies], "unknown": list(self.unknown)}


def lineage(archive: Archive, document_id: str, sources: Iterable[Source]) -> Lineage:
    """The lineage of the story that a document belongs to; a document without copies is alone in it.

    ``sources`` are those of ``config.toml``. Raises ``UnknownDocumentId``.
    """
    known = {source.name: source for source in sources}
    with archive.snapshot():
        documents = [archive.document(each) for each in archive.story(document_id)]
        first_seen = {each.id: archive.sightings(each.id)[0].moment for each in documents}
    documents.sort(key=lambda each: (_rank(known.get(each.source)), *_when(each), first_seen[each.id], each.id))
    story = _Story(documents, known)
    return Lineage(tuple(map(story.copy, range(len(documents)))), tuple(story.unknown()) if documents[1:] else ())


def _rank(source: Source | None) -> int:
    return _RANK.get(source.role, _LAST) if source and source.role else _LAST


def _when(document: Document) -> tuple[date, date]:
    """The interval that is known of the date; the end of all time for none."""
    return (document.date.first, document.date.last) if document.date else (date.max, date.max)


def _is_same(step: Step) -> bool:
    return bool(step.old and step.new) and all(piece.change is PieceChange.SAME for piece in step.pieces)


class _Story:
    """Documents in the order of their lineage."""

    def __init__(self, documents: Sequence[Document], sources: dict[str, Source]) -> None:
        self._documents = documents
        self._sources = sources
        credits = [read_credit(document.paragraphs) for document in documents]
        self._credits = [credit.agency if credit else None for credit in credits]
        # The credit line is told as such; as a sentence, every reprint would add or drop one.
        self._sentences = [
            _sentences(document.paragraphs[:-1] if credit else document.paragraphs)
            for document, credit in zip(documents, credits, strict=True)
        ]
        self._origins = [self._origin(at) for at in range(len(documents))]

    def copy(self, at: int) -> StoryCopy:
        """The n-th document with its origin."""
        document, source = self._documents[at], self._sources.get(self._documents[at].source)
        origin, basis = self._origins[at]
        steps = align(self._sentences[origin], self._sentences[at]) if origin is not None else ()
        return StoryCopy(
            document,
            source.label if source else document.source,
            source.role if source else None,
            self._credits[at],
            self._documents[origin].id if origin is not None else None,
            basis,
            steps,
        )

    def _origin(self, at: int) -> tuple[int | None, OriginBasis | None]:
        """Of the documents before it that which it credits, else that with the most of its sentences."""
        if at == 0:
            return None, None
        credited = [earlier for earlier in range(at) if self._is_credited(at, earlier)]
        best = max(credited or range(at), key=lambda earlier: (self._shared(earlier, at), -earlier))
        if credited:
            return best, OriginBasis.CREDIT
        return best, OriginBasis.SENTENCES if self._shared(best, at) else OriginBasis.FIRST

    def _shared(self, one: int, other: int) -> int:
        return (Counter(self._sentences[one]) & Counter(self._sentences[other])).total()

    def _is_credited(self, at: int, other: int) -> bool:
        credit = self._credits[at]
        return (
            credit is not None
            and self._documents[other].source != self._documents[at].source
            and self._names(other, credit)
        )

    def _names(self, at: int, credit: str) -> bool:
        """Whether a document is of the source that a credit line names."""
        source = self._sources.get(self._documents[at].source)
        names = (source.name, source.label, source.attribution) if source else ()
        return fold(credit) in {fold(name) for name in names if name}

    def unknown(self) -> Iterable[str]:
        """What the archive and ``config.toml`` leave open."""
        first = self._documents[0]
        if _rank(self._sources.get(first.source)) == _LAST:
            yield (
                "no source of this story is said to be official or an agency (role in config.toml): "
                + ("the earliest date comes first, which need not be the origin" if first.date else "nor is any dated")
            )
        undated = [document.id for document in self._documents if document.date is None]
        if undated and first.date:
            yield f"undated, so their place in the order isn't known: {', '.join(undated)}"
        for at in range(1, len(self._documents)):
            yield from self._too_early(at)
        for at, credit in enumerate(self._credits):
            if credit and not self._names(at, credit):
                yield from self._missed(at, credit)

    def _too_early(self, at: int) -> Iterable[str]:
        """Roles come before dates in the order; where they disagree, none of them is taken to be right."""
        document, origin = self._documents[at], self._documents[self._origins[at][0] or 0]
        if document.date and origin.date and document.date.last < origin.date.first:
            yield (
                f"{document.id} is dated {document.date}, before {origin.id} ({origin.date}) that it is compared with: "
                "which of them was first isn't known"
            )

    def _missed(self, at: int, credit: str) -> Iterable[str]:
        """A credit that leads to no document before it."""
        document = self._documents[at]
        named = [other for other in range(len(self._documents)) if self._is_credited(at, other)]
        if not named:
            yield f"{document.id} credits {credit}, whose own text is not among these"
        elif min(named) > at:
            yield f"{document.id} credits {credit}, whose text comes later here: {self._documents[named[0]].id}"


def _sentences(passages: Iterable[str]) -> list[str]:
    return [sentence for passage in passages for sentence in split_sentences(" ".join(passage.split()))]
