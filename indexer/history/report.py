"""Changes, traces and lineages on a terminal, or as plain lines where there is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import click
from rich.padding import Padding
from rich.text import Text

from indexer.history.align import Step, StepKind
from indexer.history.compare import DocumentDiff, FieldChange
from indexer.history.edits import Piece, PieceChange
from indexer.history.lineage import Lineage, OriginBasis, StoryCopy
from indexer.history.timeline import Clock, Stay, clock_of
from indexer.history.trace import PageTrace, Spell, Trace
from indexer.history.turning import SentenceChange, anchor
from indexer.report import open_console
from indexer.wording import counted, dated

if TYPE_CHECKING:
    from rich.console import Console

    from crawler import Document

SHOWN = 3
"""Sentences of one turn, of one kind of change: enough to see what it is about; --json has all."""

_COLOURS = {PieceChange.SAME: "", PieceChange.REMOVED: "red", PieceChange.ADDED: "green"}
_WHY = {
    OriginBasis.CREDIT: "which it credits",
    OriginBasis.SENTENCES: "with which it shares the most sentences",
    OriginBasis.FIRST: "the first, as it shares no whole sentence with any",
}
_FACTS = {"pages": "the pages on which passages stand are others"}


def _edited(pieces: Iterable[Piece]) -> Text:
    """``[-removed-]{+added+}``, in colours on a terminal."""
    text = Text()
    for piece in pieces:
        text.append(piece.marked, style=_COLOURS[piece.change])
    return text


def print_one_version(document_id: str, times: Sequence[Stay]) -> None:
    """There is nothing to compare."""
    click.echo(f"{document_id} has one version, {_told(times, clock_of(times))}: nothing to compare")


def print_versions(times: Sequence[Stay]) -> None:
    """A line a stretch of time: which version was there, or that there was none."""
    shown = clock_of(times)
    for stay in times:
        which = "" if stay.version is None else f"version {stay.version}: "
        click.echo(f"{which}{stay.told(shown)}")


def print_diff(found: DocumentDiff, *, in_numbers: bool = False) -> None:
    """Which versions, when each was there, then what changed: passage by passage, or in numbers."""
    console = open_console()
    console.print(Text(found.newer.document.title, style="bold"))
    for line in _sides(found):
        console.print(Text(line, style="dim"))
    for change in found.fields:
        console.print(_field(change))
    if in_numbers:
        _print_counts(console, found)
    else:
        _print_steps(console, found.steps)


def _print_counts(console: Console, found: DocumentDiff) -> None:
    for kind, count in found.counts.items():
        if count:
            became = "unchanged" if kind is StepKind.EQUAL else kind.value
            console.print(Text(f"{counted(count, 'passage')} {became}"))


def _print_steps(console: Console, steps: Sequence[Step]) -> None:
    unchanged = 0
    for step in steps:
        if step.kind is StepKind.EQUAL:
            unchanged += 1
            continue
        _print_unchanged(console, unchanged)
        unchanged = 0
        console.print(_step(step))
    _print_unchanged(console, unchanged)


def _sides(found: DocumentDiff) -> Iterator[str]:
    """Which texts they are and when each was there; moments of one document are told apart."""
    older, newer = found.older, found.newer
    shown, two = found.clock, older.document.id != newer.document.id
    for side in (older, newer):
        whose = f"{side.document.id}, " if two else ""
        yield f"{whose}version {side.document.version}: {_told(side.stays, shown)}"
    yield from (stay.told(shown) for stay in found.absences)


def _told(stays: Sequence[Stay], shown: Clock) -> str:
    return "; ".join(stay.told(shown) for stay in stays)


def _field(change: FieldChange) -> Text:
    if change.name in _FACTS:
        return Text(_FACTS[change.name])
    text = Text(f"{change.name}: ")
    if change.pieces:
        return text.append_text(_edited(change.pieces))
    if change.old is not None:
        text.append_text(_edited([Piece(PieceChange.REMOVED, change.old)]))
    if change.new is not None:
        text.append_text(_edited([Piece(PieceChange.ADDED, change.new)]))
    return text


def _print_unchanged(console: Console, count: int) -> None:
    if count:
        console.print(Text(f"\n{counted(count, 'passage')} unchanged", style="dim"))


def _step(step: Step) -> Text:
    old, new = (" ".join(f"p{number}" for number in numbers) for numbers in (step.old, step.new))
    places = " → ".join(filter(None, (old, new)))
    text = Text().append(f"\n{places} {step.kind.value}", style="dim")
    return text.append("\n").append_text(_edited(step.pieces))


def _dated(document: Document) -> str:
    date = document.date
    return dated(str(date), date.basis) if date else dated(None, None)


def print_trace(found: Trace) -> None:
    """Page by page: when the phrase came and left, and in which sentences."""
    console = open_console()
    for note in found.notes:
        click.echo(f"note: {note.message}", err=True)
    where = f" of {found.source}" if found.source else ""
    console.print(Text(f'"{found.phrase}": in {counted(len(found.pages), "page")}{where}', style="bold"))
    for page in found.pages:
        _print_page(console, page)


def _print_page(console: Console, page: PageTrace) -> None:
    document = page.document
    console.print(Text(f"\n{document.title}", style="bold"))
    published = f"published {_dated(document)}" if document.date else "undated"
    console.print(Text(" · ".join(filter(None, (document.source, published, document.id, document.url))), style="dim"))
    shown = page.clock
    for spell in page.spells:
        _print_spell(console, spell, shown)
    for stay in page.absences:
        console.print(Padding(Text(f"the page was {stay.told(shown)}"), (0, 0, 0, 2), expand=False))


def _print_spell(console: Console, spell: Spell, shown: Clock) -> None:
    came, went = spell.lines(shown)
    for line, changes in ((came, spell.came), (went, spell.went)):
        console.print(Padding(Text(line), (0, 0, 0, 2), expand=False))
        for change in changes[:SHOWN]:
            console.print(Padding(_sentence(change, spell), (0, 0, 0, 4), expand=False))
        if len(changes) > SHOWN:
            more = f"and in {counted(len(changes) - SHOWN, 'other sentence')}"
            console.print(Padding(Text(more, style="dim"), (0, 0, 0, 4), expand=False))


def _sentence(change: SentenceChange, spell: Spell) -> Text:
    places = " → ".join(filter(None, map(anchor, (change.before_passage, change.after_passage))))
    text = Text().append(f"{places}  ", style="dim")
    if spell.before is None and change.before is None and change in spell.came:
        return text.append(change.after or "")
    return text.append_text(_edited(change.pieces))


def print_lineage(found: Lineage) -> None:
    """The documents of a story in order, each with what it has in another way than its origin."""
    console = open_console()
    if len(found.copies) == 1:
        click.echo(f"{found.copies[0].document.id} has no near copies in the archive")
        return
    console.print(Text(f"a story in {counted(len(found.copies), 'document')}", style="bold"))
    places = {copy.document.id: at for at, copy in enumerate(found.copies, 1)}
    for copy in found.copies:
        _print_copy(console, copy, places)
    for line in found.unknown:
        console.print(Text(f"\nnot known: {line}"))


def _print_copy(console: Console, copy: StoryCopy, places: dict[str, int]) -> None:
    document = copy.document
    console.print(Text(f"\n{places[document.id]}. {document.title}", style="bold"))
    role = copy.role.value if copy.role else "role not told"
    facts = [copy.label, role, _dated(document), document.id]
    if copy.credits:
        facts.append(f"credits {copy.credits}")
    console.print(Padding(Text(" · ".join(facts), style="dim"), (0, 0, 0, 3), expand=False))
    if copy.origin is not None and copy.basis is not None:
        for line in _against(copy, copy.basis, places[copy.origin]):
            console.print(Padding(line, (0, 0, 0, 3), expand=False))


def _against(copy: StoryCopy, basis: OriginBasis, origin: int) -> Iterable[Text]:
    same = f"{counted(copy.shared, 'sentence')} the same"
    counts = f"{same}, {len(copy.added):,} added, {len(copy.dropped):,} dropped, {len(copy.reworded):,} reworded"
    yield Text(f"against {origin}, {_WHY[basis]}: {counts}")
    yield from _some([_edited([Piece(PieceChange.ADDED, text)]) for text in copy.added])
    yield from _some([_edited([Piece(PieceChange.REMOVED, text)]) for text in copy.dropped])
    yield from _some([_edited(step.pieces) for step in copy.reworded])


def _some(lines: Sequence[Text]) -> Iterable[Text]:
    yield from lines[:SHOWN]
    if len(lines) > SHOWN:
        yield Text(f"… {len(lines) - SHOWN:,} more", style="dim")
