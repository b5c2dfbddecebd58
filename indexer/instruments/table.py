"""Columns of text that stand below each other, whatever script they are in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len


def aligned(rows: Sequence[Sequence[str]], left: frozenset[int] = frozenset({0})) -> Iterator[str]:
    """Lines of cells, each column as wide as its widest cell; the columns ``left`` begin below each other.

    Widths are those on a terminal, where a Chinese character takes two places.
    """
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(padded(cell, widths[at], left=at in left) for at, cell in enumerate(row)).rstrip()


def padded(text: str, width: int, *, left: bool = True) -> str:
    """``text`` with spaces behind it (``left``) or before it."""
    room = " " * max(0, width - cell_len(text))
    return f"{text}{room}" if left else f"{room}{text}"


def ending(text: str, width: int) -> str:
    """As much of the end of ``text`` as fits, with a sign where something is cut off."""
    if cell_len(text) <= width:
        return text
    kept = text[-(width - 1) :] if width > 1 else ""
    while kept and cell_len(kept) > width - 1:
        kept = kept[1:]
    return f"…{kept}" if width > 0 else ""
