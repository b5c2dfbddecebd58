"""What other packages may use of ``indexer.history``."""

from __future__ import annotations

from indexer import history

PUBLIC = [
    "Clock",
    "DiffSide",
    "DocumentDiff",
    "FieldChange",
    "Lineage",
    "OriginBasis",
    "PageTrace",
    "Piece",
    "PieceChange",
    "SentenceChange",
    "Spell",
    "Stay",
    "Step",
    "StepKind",
    "StoryCopy",
    "Trace",
    "align",
    "anchor",
    "clock_of",
    "compare",
    "diff",
    "lineage",
    "stays",
    "trace_phrase",
]


def test_the_public_names_are_these() -> None:
    assert history.__all__ == PUBLIC


def test_every_public_name_is_there() -> None:
    assert [name for name in history.__all__ if not hasattr(history, name)] == []
