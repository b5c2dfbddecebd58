"""Running a receipt's search again, and telling what is new, changed, withdrawn and the same, with the reasons.

Nothing is written. What is told of a page ("absent on …") is what crawls noted; that a page was deleted nobody knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crawler import Archive, Document, UnknownDocumentId
from indexer.citations.digest import text_digest
from indexer.citations.receipts import Receipt, ReceiptHit, check_archive, parse_receipt, tool_version
from indexer.errors import CitationsError, UnknownValue
from indexer.results import AllHits
from indexer.wording import counted

if TYPE_CHECKING:
    from indexer.collection import Collection


class Why(StrEnum):
    """The reasons that can be told."""

    NEW_DOCUMENT = "new document"
    STORED_SINCE = "stored since"
    TEXT_CHANGED = "text changed"
    LABELS = "other labels"
    WORDS = "some words only"
    GONE = "not in the collection"
    FOLDED = "near copy"
    INDEX = "index"


@dataclass(frozen=True, slots=True)
class Absent:
    """A page was last asked for on a day (UTC) and not there, with the HTTP status."""

    on: str
    status: int


@dataclass(frozen=True, slots=True)
class Difference:
    """A hit that is not as it was. ``then`` and ``now`` are versions, ``None`` where it was not found.

    ``why`` and ``reason`` (a sentence) are ``None`` and empty for a changed text, whose versions say it all.
    """

    id: str
    title: str
    url: str | None
    then: int | None
    now: int | None
    why: Why | None
    reason: str
    absent: Absent | None = None


@dataclass(frozen=True, slots=True)
class Rerun:
    """What a receipt's search finds today. ``total_then`` and ``total_now`` count hits.

    ``same``: hits with the same text then and now; ``same_rank``: of those found both times, how many stand at the same
    place. ``absent``: ids of hits found both times whose page was not there when it was last asked for. ``notes``: in
    what the index, the taxonomy or the tool differ, as sentences.
    """

    query: str
    ran_at: str
    total_then: int
    total_now: int
    new: tuple[Difference, ...]
    changed: tuple[Difference, ...]
    withdrawn: tuple[Difference, ...]
    same: int
    same_rank: int
    absent: Mapping[str, Absent]
    notes: tuple[str, ...]

    @property
    def found_both_times(self) -> int:
        """Hits then and now."""
        return self.same + len(self.changed)

    def to_json(self) -> dict[str, Any]:
        """The JSON of ``concord receipt --rerun --json``."""
        return {
            "query": self.query,
            "ran_at": self.ran_at,
            "total_then": self.total_then,
            "total_now": self.total_now,
            "same": self.same,
            "same_rank": self.same_rank,
            "new": [asdict(each) for each in self.new],
            "changed": [asdict(each) for each in self.changed],
            "withdrawn": [asdict(each) for each in self.withdrawn],
            "absent": {id: asdict(absent) for id, absent in self.absent.items()},
            "notes": list(self.notes),
        }


@dataclass(frozen=True, slots=True)
class _Now:
    """A hit of today, without its text."""

    id: str
    rank: int
    title: str
    url: str | None
    version: int
    story: str
    digest: str

    @classmethod
    def of(cls, document: Document, rank: int) -> _Now:
        story = document.lead or document.id
        digest = text_digest(document)
        return cls(document.id, rank, document.title, document.url, document.version, story, digest)


def rerun(collection: Collection, archive: Archive, path: Path, text: str) -> Rerun:
    """Search again for the receipt in ``text``, read from ``path``.

    Raises ``CitationsError`` for one that can't be trusted or is of another collection, and what a search raises.
    """
    receipt = parse_receipt(path, text)
    check_archive(path, receipt, archive)
    try:
        found = collection.every_hit(receipt.request(), some_words=True)
    except UnknownValue as error:
        raise CitationsError(path, f"its search can't be run any more: {error}") from None
    if found.archive != archive.id:
        raise CitationsError(path, "the index is of another archive: bring it up to date with 'concord index'")
    now = {each.document.id: _Now.of(each.document, rank) for rank, each in enumerate(found)}
    return _Comparison(receipt, found, now, archive).told()


class _Comparison:
    def __init__(self, receipt: Receipt, found: AllHits, now: Mapping[str, _Now], archive: Archive) -> None:
        self._receipt = receipt
        self._found = found
        self._then = {hit.id: hit for hit in receipt.hits}
        self._now = now
        self._archive = archive
        self._stories = {each.story for each in now.values()} if receipt.filters.fold else set()

    def told(self) -> Rerun:
        both = [id for id in self._then if id in self._now]
        changed = [id for id in both if self._then[id].digest != self._now[id].digest]
        absences = ((id, self._absent(id)) for id in both)
        ranks = {id: rank for rank, id in enumerate(self._then)}
        return Rerun(
            query=self._receipt.query,
            ran_at=self._receipt.ran_at.isoformat(),
            total_then=self._receipt.total,
            total_now=self._found.total,
            new=tuple(self._new(id) for id in self._now if id not in self._then),
            changed=tuple(map(self._changed, changed)),
            withdrawn=tuple(self._withdrawn(id) for id in self._then if id not in self._now),
            same=len(both) - len(changed),
            same_rank=sum(self._now[id].rank == ranks[id] for id in both),
            absent={id: absent for id, absent in absences if absent},
            notes=tuple(self._notes()),
        )

    def _notes(self) -> Iterator[str]:
        then, now = self._receipt, self._found
        tool = f"concord {tool_version()}"
        if then.tool != tool:
            yield f"the receipt was written by {then.tool}, this is {tool}: queries and ranking may differ"
        if (then.generation, then.built_at, then.change) != (now.generation, now.built_at, now.change):
            yield (
                f"the index is another one ({then.generation} with {then.documents:,} documents then, "
                f"{now.generation} with {now.documents:,} now): scores, and so ranks, may differ"
            )
        if then.taxonomy != now.taxonomy:
            yield "the taxonomy of domains, or what sources say of them, changed: labels may differ"
        if then.explanation != now.explanation:
            yield f"the query was read as: {then.explanation}; now as: {now.explanation}"
        waiting = self._archive.last_change() - now.change
        if waiting > 0:
            changes = counted(waiting, "change")
            yield f"{changes} of the archive not indexed yet: 'concord index' brings the index up to date"

    def _absent(self, document_id: str) -> Absent | None:
        """Whether a page was not there when it was last asked for."""
        absences = self._archive.absences(document_id)
        if not absences:
            return None
        seen = max(presence.confirmed_at for presence in self._archive.history(document_id))
        last = absences[-1]
        return Absent(last.noted_at.date().isoformat(), last.status) if last.noted_at > seen else None

    def _changed(self, document_id: str) -> Difference:
        then, now = self._then[document_id], self._now[document_id]
        absent = self._absent(document_id)
        return Difference(document_id, now.title, now.url, then.version, now.version, None, "", absent)

    def _new(self, document_id: str) -> Difference:
        now = self._now[document_id]
        why, reason = self._why_new(now)
        return Difference(document_id, now.title, now.url, None, now.version, why, reason, self._absent(document_id))

    def _why_new(self, document: _Now) -> tuple[Why, str]:
        changed = self._last_changes.get(document.id)
        if changed is None:
            return Why.INDEX, "it is not in the archive any more: 'concord index' brings the index up to date"
        if changed <= self._receipt.change:
            return self._why_index("it was in the collection already")
        seen = [each for each in self._archive.history(document.id) if each.captured_at <= self._receipt.ran_at]
        if not seen:
            first = min(each.captured_at for each in self._archive.history(document.id))
            return Why.NEW_DOCUMENT, f"new in the collection, first captured on {first.date()}"
        if (before := seen[-1].version) != document.version:
            return Why.TEXT_CHANGED, f"its text, date or address changed: version {before} then, {document.version} now"
        return Why.STORED_SINCE, "it was stored, or its near copies changed, since"

    @cached_property
    def _last_changes(self) -> Mapping[str, int]:
        return {each.id: each.change for each in self._archive.identities()}

    def _why_index(self, known: str) -> tuple[Why, str]:
        """Why the same document is found at one time only: by what the index is, not by what the document is."""
        if self._receipt.taxonomy != self._found.taxonomy:
            return Why.LABELS, f"{known}, but the taxonomy changed, and with it the labels"
        return Why.INDEX, f"{known}: another index or version of Concord reads the query otherwise"

    def _withdrawn(self, document_id: str) -> Difference:
        then = self._then[document_id]
        try:
            current = self._archive.document(document_id)
        except UnknownDocumentId:
            reason = "the document is no longer in the collection"
            return Difference(document_id, then.title, then.url, then.version, None, Why.GONE, reason)
        why, reason = self._why_withdrawn(then, current)
        absent = self._absent(document_id)
        return Difference(document_id, current.title, current.url, then.version, None, why, reason, absent)

    def _why_withdrawn(self, then: ReceiptHit, current: Document) -> tuple[Why, str]:
        if current.version != then.version:
            what = "its text" if text_digest(current) != then.digest else "its date, address or language"
            versions = f"version {then.version} then, {current.version} now"
            return Why.TEXT_CHANGED, f"{what} does not fit the search any more: {versions}"
        if (current.lead or current.id) in self._stories:
            return Why.FOLDED, "it is shown as a near copy of another hit"
        if then.partial and not self._found.some_words:
            return Why.WORDS, "it has only some of the words, and enough documents have all of them now"
        return self._why_index("it is unchanged in the collection")
