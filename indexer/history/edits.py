"""From one row of words to another in edits that a person can read.

The longest common subsequence (rapidfuzz: bit-parallel, after Hyyrö 2004, "Bit-parallel LCS-length computation
revisited") gives the fewest edits, which for prose are letter soup at the level of words: "the" and "of" kept, all
between them exchanged. Two steps of Fraser's "Diff Strategies" (2006, neil.fraser.name/writing/diff) make it readable:
an edit is slid to where a sentence begins, and few words that were kept between larger edits become part of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import LCSseq

from indexer.history.tokens import Written, joined

ISLAND = 4
"""Words in a row that edits of twice their length on both sides may swallow: more read as kept even in a new text."""

_ENDS = frozenset(".!?…。\uff01\uff1f")


class PieceChange(StrEnum):
    """What became of a piece of text from the older to the newer version."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text. Pieces without those added are the older text, without those removed the newer one."""

    change: PieceChange
    text: str

    @property
    def marked(self) -> str:
        """``[-removed-]`` or ``{+added+}``, as ``git diff --word-diff`` has it."""
        opening, closing = _MARKS[self.change]
        return f"{opening}{self.text}{closing}"


_MARKS = {PieceChange.SAME: ("", ""), PieceChange.REMOVED: ("[-", "-]"), PieceChange.ADDED: ("{+", "+}")}


@dataclass(frozen=True, slots=True)
class _Block:
    """``old[i1:i2]`` became ``new[j1:j2]``; the same words where ``kept``."""

    kept: bool
    i1: int
    i2: int
    j1: int
    j2: int

    def moved(self, by: int) -> _Block:
        return _Block(self.kept, self.i1 + by, self.i2 + by, self.j1 + by, self.j2 + by)


def pieces(old: Sequence[Written], new: Sequence[Written]) -> tuple[Piece, ...]:
    """The edits that lead from ``old`` to ``new``; of a kept stretch the white space is the newer one."""
    blocks = _absorbed(_slid(_blocks(old, new), old, new), new)
    found: list[Piece] = []
    for block in blocks:
        if block.kept:
            _keep(found, new[block.j1 : block.j2])
        else:
            _edit(found, old[block.i1 : block.i2], new[block.j1 : block.j2], gap=_gap(block, old, new))
    return tuple(found)


def _blocks(old: Sequence[Written], new: Sequence[Written]) -> list[_Block]:
    """Kept stretches and edits in turn."""
    found: list[_Block] = []
    for step in LCSseq.opcodes([word.text for word in old], [word.text for word in new]):
        block = _Block(step.tag == "equal", step.src_start, step.src_end, step.dest_start, step.dest_end)
        if found and found[-1].kept == block.kept:
            block = _united(found.pop(), block)
        found.append(block)
    return found


def _united(one: _Block, other: _Block, *, kept: bool | None = None) -> _Block:
    return _Block(other.kept if kept is None else kept, one.i1, other.i2, one.j1, other.j2)


def _slid(blocks: list[_Block], old: Sequence[Written], new: Sequence[Written]) -> list[_Block]:
    """Edits that only add or only remove, moved along words that repeat to where they begin or end a sentence."""
    for at in range(1, len(blocks) - 1):
        block = blocks[at]
        if block.kept or (block.i1 < block.i2 and block.j1 < block.j2):
            continue
        words, first, last = (new, block.j1, block.j2) if block.j1 < block.j2 else (old, block.i1, block.i2)
        room = blocks[at - 1].i2 - blocks[at - 1].i1, blocks[at + 1].i2 - blocks[at + 1].i1
        by = max(
            _shifts(words, first, last, *room),
            key=lambda shift: (_fit(words, first + shift, last + shift), -abs(shift)),
        )
        before, after = blocks[at - 1], blocks[at + 1]
        blocks[at - 1] = _Block(True, before.i1, before.i2 + by, before.j1, before.j2 + by)
        blocks[at] = block.moved(by)
        blocks[at + 1] = _Block(True, after.i1 + by, after.i2, after.j1 + by, after.j2)
    return [block for block in blocks if block.i1 < block.i2 or block.j1 < block.j2]


def _shifts(words: Sequence[Written], first: int, last: int, before: int, after: int) -> Iterator[int]:
    """By how much ``words[first:last]`` can move and still be the same edit."""
    yield 0
    for shift in range(1, before + 1):
        if words[first - shift].text != words[last - shift].text:
            break
        yield -shift
    for shift in range(after):
        if words[first + shift].text != words[last + shift].text:
            break
        yield shift + 1


def _fit(words: Sequence[Written], first: int, last: int) -> int:
    """How well an edit stands there: 2 for whole sentences, 1 for one end at a sentence's end."""
    return (first == 0 or words[first - 1].text in _ENDS) + (words[last - 1].text in _ENDS)


def _absorbed(blocks: list[_Block], new: Sequence[Written]) -> list[_Block]:
    """Small kept stretches between larger edits become part of them."""
    found: list[_Block] = []
    for at, block in enumerate(blocks):
        after = blocks[at + 1] if at + 1 < len(blocks) else None
        if block.kept and found and after and _is_island(found[-1], block, after, new):
            found.append(_united(found.pop(), block, kept=False))
        elif found and not found[-1].kept and not block.kept:
            found.append(_united(found.pop(), block))
        else:
            found.append(block)
    return found


def _is_island(before: _Block, kept: _Block, after: _Block, new: Sequence[Written]) -> bool:
    """Whether it is small for what is around it; the end of a sentence holds two edits apart."""
    island = new[kept.j1 : kept.j2]
    words = sum(word.is_word for word in island)
    around = min(max(edit.i2 - edit.i1, edit.j2 - edit.j1) for edit in (before, after))
    return not any(word.text in _ENDS for word in island) and (not words or (words <= ISLAND and 2 * words <= around))


def _keep(found: list[Piece], words: Sequence[Written]) -> None:
    lead = " " if found and words[0].spaced else ""
    found.append(Piece(PieceChange.SAME, lead + joined(words)))


def _gap(edit: _Block, old: Sequence[Written], new: Sequence[Written]) -> str:
    """White space that stood behind what was removed, and that what was kept has no longer before it."""
    return " " if edit.i2 < len(old) and old[edit.i2].spaced and not new[edit.j2].spaced else ""


def _edit(found: list[Piece], removed: Sequence[Written], added: Sequence[Written], *, gap: str) -> None:
    """The removed, then the added words; white space before both belongs to what was kept before them."""
    sides = [(PieceChange.REMOVED, removed), (PieceChange.ADDED, added)]
    spaced = all(words[0].spaced for _, words in sides if words)
    if found and spaced:
        found.append(Piece(PieceChange.SAME, found.pop().text + " "))
    for change, words in sides:
        if words:
            lead = " " if found and words[0].spaced and not spaced else ""
            found.append(Piece(change, lead + joined(words) + (gap if change is PieceChange.REMOVED else "")))
