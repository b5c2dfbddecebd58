"""What other packages may use of ``indexer.history``."""

from __future__ import annotations

from indexer import history

PUBLIC = [
    "Basis",
    "Change",
    "Copy",
    "DocumentDiff",
    "FieldChange",
    "Kind",
    "Lineage",
    "PageTrace",
    "Piece",
    "SentenceChange",
    "Side",
    "Spell",
    "Stay",
    "Step",
    "Trace",
    "align",
    "anchor",
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
