"""What changed between two versions of a document, or between the texts of two documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from crawler import Archive, Document
from indexer.history.align import Step, StepKind, align
from indexer.history.edits import Piece, pieces
from indexer.history.timeline import Clock, Stay, check_version, clock_of, last_two, stays
from indexer.history.tokens import written

_FIELDS: Mapping[str, Callable[[Document], str | None]] = {
    "title": lambda document: document.title,
    "date": lambda document: str(document.date) if document.date else None,
    "date basis": lambda document: document.date.basis.value if document.date else None,
    "language": lambda document: document.language,
    "url": lambda document: document.url,
    "author": lambda document: document.author,
    "pages": lambda document: _pages(document.pages),
}
"""What is compared beside the passages: all that makes one version differ from another."""


@dataclass(frozen=True, slots=True)
class DiffSide:
    """One of the two texts. ``stays``: when captures showed this version."""

    document: Document
    stays: tuple[Stay, ...]

    def to_json(self) -> dict[str, Any]:
        """Which text it is, and when it was there."""
        document = self.document
        return {
            "id": document.id,
            "version": document.version,
            "title": document.title,
            "source": document.source,
            "present": [stay.to_json() for stay in self.stays],
        }


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A fact about the document that changed; ``None`` where it wasn't known. ``pieces`` of a title show its words."""

    name: str
    old: str | None
    new: str | None
    pieces: tuple[Piece, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The fields by name."""
        return {"name": self.name, "old": self.old, "new": self.new}


@dataclass(frozen=True, slots=True)
class DocumentDiff:
    """What changed from ``older`` to ``newer``; ``absences``: when the document was not there, up to today."""

    older: DiffSide
    newer: DiffSide
    fields: tuple[FieldChange, ...]
    steps: tuple[Step, ...]
    absences: tuple[Stay, ...] = ()

    @property
    def counts(self) -> dict[StepKind, int]:
        """What became of how many passages of the older text; those added are counted in the newer one."""
        return {kind: sum(len(step.old or step.new) for step in self.steps if step.kind is kind) for kind in StepKind}

    @property
    def unchanged(self) -> int:
        """How many passages are the same, in the same place."""
        return self.counts[StepKind.EQUAL]

    @property
    def clock(self) -> Clock:
        """Tells the moments of a document apart; both texts are shown with it."""
        older, newer = self.older, self.newer
        if older.document.id == newer.document.id:
            return clock_of((*older.stays, *newer.stays, *self.absences))
        return clock_of(older.stays, newer.stays)

    def to_json(self) -> dict[str, Any]:
        """The JSON of ``concord diff --json``; passages that are the same are only counted."""
        return {
            "older": self.older.to_json(),
            "newer": self.newer.to_json(),
            "absent": [stay.to_json() for stay in self.absences],
            "fields": [change.to_json() for change in self.fields],
            "unchanged": self.unchanged,
            "counts": {kind.value: count for kind, count in self.counts.items() if kind is not StepKind.EQUAL},
            "steps": [step_json(step) for step in self.steps if step.kind is not StepKind.EQUAL],
        }


def step_json(step: Step) -> dict[str, Any]:
    """A step with the anchors of its passages."""
    return {
        "kind": step.kind.value,
        "old": [f"p{number}" for number in step.old],
        "new": [f"p{number}" for number in step.new],
        "pieces": pieces_json(step.pieces),
    }


def pieces_json(found: tuple[Piece, ...]) -> list[dict[str, str]]:
    """Each piece with what became of it."""
    return [{"change": piece.change.value, "text": piece.text} for piece in found]


def diff(archive: Archive, document_id: str, older: int | None = None, newer: int | None = None) -> DocumentDiff | None:
    """What changed between two versions of a document: those named, else the last two in the order of time.

    ``None`` where it has one version only and none is named. Raises ``UnknownDocumentId`` and ``UnknownVersion``.
    """
    with archive.snapshot():
        versions = {document.version: document for document in archive.versions(document_id)}
        if older is None or newer is None:
            latest = last_two(archive, document_id)
            if latest is None:
                return None
            older, newer = latest
        for version in (older, newer):
            check_version(document_id, version, sorted(versions))
        return _diff(archive, versions[older], versions[newer])


def compare(archive: Archive, document_id: str, other_id: str) -> DocumentDiff:
    """What the current text of ``other_id`` has in another way than that of ``document_id``.

    Raises ``UnknownDocumentId``.
    """
    with archive.snapshot():
        return _diff(archive, archive.document(document_id), archive.document(other_id))


def _diff(archive: Archive, older: Document, newer: Document) -> DocumentDiff:
    times = stays(archive, newer.id)
    same = older.id == newer.id
    return DocumentDiff(
        _side(older, times if same else stays(archive, older.id)),
        _side(newer, times),
        field_changes(older, newer),
        align(older.paragraphs, newer.paragraphs),
        tuple(stay for stay in times if stay.version is None) if same else (),
    )


def _side(document: Document, times: tuple[Stay, ...]) -> DiffSide:
    return DiffSide(document, tuple(stay for stay in times if stay.version == document.version))


def field_changes(older: Document, newer: Document) -> tuple[FieldChange, ...]:
    """The facts that differ."""
    changes = []
    for name, read in _FIELDS.items():
        old, new = read(older), read(newer)
        if old != new and not (name == "date basis" and None in (old, new)):
            words = pieces(written(older.title), written(newer.title)) if name == "title" else ()
            changes.append(FieldChange(name, old, new, words))
    return tuple(changes)


def _pages(pages: tuple[int, ...]) -> str | None:
    """The page of each passage: ``1 1 2``."""
    return " ".join(map(str, pages)) or None
