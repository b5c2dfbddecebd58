"""In which words a quote is another one than the passage most like it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from indexer.citations.quotes import LONGEST_COMPARED, normalised, pieces, spaced
from indexer.history.edits import Piece, PieceChange
from indexer.history.edits import pieces as edits
from indexer.history.tokens import written

LEFT_OUT = 40  # characters around the likest part of a passage that may belong to it: words that a quote leaves out
AROUND = 40  # characters shown of what is the same on either side of words that differ: enough to find the place


def difference(quote: str, passage: str) -> tuple[Piece, ...]:
    """The passage with what the quote has instead: what is the quote's alone is removed, the passage's alone is added.

    Both as quotes are compared. Of a quote with cuts it is about the first piece that the passage does not have; empty
    where it has all of them.
    """
    from rapidfuzz.fuzz import partial_ratio_alignment

    text = normalised(passage)
    wanted = next((piece for piece in pieces(quote) if piece not in text), "")[:LONGEST_COMPARED]
    place = partial_ratio_alignment(wanted, text)
    if not wanted or place is None:
        return ()
    starts, ends = {place.dest_start, place.dest_start - LEFT_OUT}, {place.dest_end, place.dest_end + LEFT_OUT}
    parts = ((_word_start(text, start), _word_end(text, end)) for start, end in product(sorted(starts), sorted(ends)))
    return min((_compared(wanted, text, *part) for part in parts), key=_edited)


def _word_start(text: str, at: int) -> int:
    at = max(0, at)
    while 0 < at < len(text) and spaced(text[at - 1]) and spaced(text[at]):
        at -= 1
    return at


def _word_end(text: str, at: int) -> int:
    at = min(len(text), at)
    while 0 < at < len(text) and spaced(text[at - 1]) and spaced(text[at]):
        at += 1
    return at


def _compared(wanted: str, text: str, start: int, end: int) -> tuple[Piece, ...]:
    """The edits in ``text[start:end]``, with all that stands around it as it is."""
    part = text[start:end]
    start, end = end - len(part.lstrip()), start + len(part.rstrip())
    around = Piece(PieceChange.SAME, text[:start]), Piece(PieceChange.SAME, text[end:])
    found = around[0], *edits(written(wanted), written(text[start:end])), around[1]
    return tuple(_joined(_without_ends(found)))


def _without_ends(found: Sequence[Piece]) -> Iterator[Piece]:
    """What the passage has before and after the quote is no difference."""
    last = len(found) - 1
    for at, piece in enumerate(found):
        alone = PieceChange.REMOVED not in {each.change for each in found[max(0, at - 1) : at + 2]}
        ends = piece.change is PieceChange.ADDED and at in {1, last - 1} and alone
        yield Piece(PieceChange.SAME, piece.text) if ends else piece


def _joined(found: Iterable[Piece]) -> Iterator[Piece]:
    """Pieces of one kind that follow each other as one; none without text."""
    held: Piece | None = None
    for piece in found:
        if held and piece.text and held.change is piece.change:
            held = Piece(held.change, held.text + piece.text)
        elif piece.text:
            if held:
                yield held
            held = piece
    if held:
        yield held


def _edited(found: Sequence[Piece]) -> tuple[int, int]:
    """How many characters of the quote the passage does not have, then how many it has instead."""
    removed, added = PieceChange.REMOVED, PieceChange.ADDED
    return sum(len(each.text) for each in found if each.change is removed), sum(
        len(each.text) for each in found if each.change is added
    )


def excerpt(found: Sequence[Piece]) -> str:
    """The words that differ, marked, with a few around them; ``…`` where the text goes on."""
    shown = (_around(piece, first=at == 0, last=at == len(found) - 1) for at, piece in enumerate(found))
    return "".join(shown)


def _around(piece: Piece, *, first: bool, last: bool) -> str:
    if piece.change is not PieceChange.SAME:
        return piece.marked
    after, before = ("" if first else _beginning(piece.text)), ("" if last else _ending(piece.text))
    if len(after) + len(before) >= len(piece.text):
        return piece.text
    return f"{after}{'' if first else ' '}…{'' if last else ' '}{before}"


def _beginning(text: str) -> str:
    return text if len(text) <= AROUND else text[: max(text.rfind(" ", 0, AROUND), 0) or AROUND]


def _ending(text: str) -> str:
    return text if len(text) <= AROUND else text[-AROUND:][text[-AROUND:].find(" ") + 1 :]
