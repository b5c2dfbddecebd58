"""Where and when a phrase came into pages and left them, as far as captures tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, groupby
from typing import Any

from crawler import Archive, Document, UnknownDocumentId
from indexer.errors import PhraseNeverFound, UnknownValue
from indexer.history.facts import facts
from indexer.history.phrase import Place, WrittenPhrase
from indexer.history.timeline import Clock, Stay, clock, stays
from indexer.history.turning import SentenceChange, came, went
from indexer.results import Note


@dataclass(frozen=True, slots=True)
class Spell:
    """A stretch of captures that all have the phrase.

    ``before``: the last capture without it, ``None`` where the first capture of the page has it; ``after``: the first
    without it again, ``None`` where the last capture still has it. An absence of the page is neither. ``came`` and
    ``went`` are the sentences with the phrase and their counterparts on the other side of the turn; where there is no
    other side, ``came`` has the sentences as they were first seen, and ``went`` is empty.
    """

    before: Stay | None
    first: Stay
    last: Stay
    after: Stay | None
    came: tuple[SentenceChange, ...]
    went: tuple[SentenceChange, ...]

    def lines(self, shown: Clock) -> Iterator[str]:
        """In words: when it came, and when it went."""
        first, last = shown(self.first.first), shown(self.last.last)
        if self.before is None:
            yield f"there since the first capture, {first}"
        else:
            without = shown(self.before.last)
            yield f"appeared between {without} (last capture without it) and {first} (first with it)"
        if self.after is None:
            yield f"still there on the last capture, {last}"
        else:
            without = shown(self.after.first)
            yield f"left between {last} (last capture with it) and {without} (first without it)"

    def moments(self) -> Iterator[datetime]:
        """The captures that :meth:`lines` tells of."""
        yield from (self.first.first, self.last.last)
        if self.before:
            yield self.before.last
        if self.after:
            yield self.after.first

    def to_json(self) -> dict[str, Any]:
        """Moments by name, each of a capture; the sentences."""
        return {
            "last_without": self.before and self.before.last.isoformat(),
            "first_with": self.first.first.isoformat(),
            "last_with": self.last.last.isoformat(),
            "first_without": self.after and self.after.first.isoformat(),
            "came": [change.to_json() for change in self.came],
            "went": [change.to_json() for change in self.went],
        }


@dataclass(frozen=True, slots=True)
class PageTrace:
    """A document that has or had the phrase: ``spells`` in order of time, ``absences`` of the page.

    ``document`` is its current version; its date is that of publication, another thing than a capture.
    """

    document: Document
    spells: tuple[Spell, ...]
    absences: tuple[Stay, ...]

    @property
    def clock(self) -> Clock:
        """Tells the moments of this page apart."""
        absent = (moment for stay in self.absences for moment in (stay.first, stay.last))
        return clock(chain(absent, *(spell.moments() for spell in self.spells)))

    def to_json(self) -> dict[str, Any]:
        """The page and its spells."""
        return facts(self.document) | {
            "spells": [spell.to_json() for spell in self.spells],
            "absent": [stay.to_json() for stay in self.absences],
        }


@dataclass(frozen=True, slots=True)
class Trace:
    """The pages that have or had a phrase, those first that had it first (then by id)."""

    phrase: str
    source: str | None
    pages: tuple[PageTrace, ...]
    notes: tuple[Note, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The JSON of ``concord trace --json``."""
        return {
            "phrase": self.phrase,
            "source": self.source,
            "notes": [note.to_json() for note in self.notes],
            "pages": [page.to_json() for page in self.pages],
        }


def trace(
    archive: Archive,
    phrase: WrittenPhrase,
    *,
    source: str | None = None,
    known_sources: Iterable[str] = (),
    candidates: Iterable[str] | None = None,
) -> Trace:
    """Follow a phrase through the captures of every document, or of one source; titles count too.

    ``candidates``: ids outside of which no version has it; left out, the whole archive is read. ``known_sources``:
    those of ``config.toml``, which need not have documents. Raises :class:`PhraseNeverFound` and :class:`UnknownValue`.
    """
    with archive.snapshot():
        coverage = {each.name: each for each in archive.coverage()}
        if source is not None and source not in {*coverage, *known_sources}:
            raise UnknownValue("source", source, sorted(coverage))
        ids = (each.id for each in archive.identities()) if candidates is None else sorted(set(candidates))
        # The ids are read to the end first: other reads go on on the same connection.
        found = filter(None, (_page(archive, phrase, document_id, source) for document_id in list(ids)))
        pages = sorted(found, key=lambda page: (page.spells[0].first.first, page.document.id))
    if not pages:
        counted = [each for name, each in coverage.items() if source in (None, name)]
        versions, documents = sum(each.versions for each in counted), sum(each.documents for each in counted)
        raise PhraseNeverFound(phrase.text, versions, documents, source)
    return Trace(phrase.text, source, tuple(pages), phrase.notes)


def _page(archive: Archive, phrase: WrittenPhrase, document_id: str, source: str | None) -> PageTrace | None:
    """The trace of one document; ``None`` where no version has the phrase."""
    try:
        versions: dict[int | None, Document] = {each.version: each for each in archive.versions(document_id)}
    except UnknownDocumentId:  # an index may know documents that have left the archive
        return None
    if source is not None and next(iter(versions.values())).source != source:
        return None
    places: dict[int | None, list[Place]] = {
        number: found for number, document in versions.items() if (found := phrase.places(document))
    }
    if not places:
        return None
    times = stays(archive, document_id)
    spells = tuple(_spells([stay for stay in times if stay.version is not None], versions, places))
    return PageTrace(archive.document(document_id), spells, tuple(stay for stay in times if stay.version is None))


def _spells(
    seen: Sequence[Stay], versions: Mapping[int | None, Document], places: Mapping[int | None, list[Place]]
) -> Iterator[Spell]:
    at = 0
    for has, group in groupby(seen, key=lambda stay: stay.version in places):
        spell = list(group)
        before, after = (seen[at - 1] if at else None), (seen[at + len(spell)] if at + len(spell) < len(seen) else None)
        at += len(spell)
        if has:
            yield _spell(before, spell, after, versions, places)


def _spell(
    before: Stay | None,
    spell: Sequence[Stay],
    after: Stay | None,
    versions: Mapping[int | None, Document],
    places: Mapping[int | None, list[Place]],
) -> Spell:
    first, last = spell[0], spell[-1]
    return Spell(
        before,
        first,
        last,
        after,
        came(versions[before.version] if before else None, versions[first.version], places[first.version]),
        went(versions[last.version], places[last.version], versions[after.version]) if after else (),
    )
