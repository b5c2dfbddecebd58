"""Documents for segments: of few different words, some with past versions; and what a segment's file has in it."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from indexer.columnar.blocks import BlockFile
from indexer.engines.protocol import History, LabelledDocument, PastVersion
from tests.indexer.samples import synthetic


def made(seed: int, count: int) -> list[LabelledDocument]:
    """Documents that are the same for the same seed."""
    chance = random.Random(seed)
    return [_with_history(chance, synthetic(chance, f"d{seed}-{number}")) for number in range(count)]


def _with_history(chance: random.Random, entry: LabelledDocument) -> LabelledDocument:
    if chance.random() < 0.7:
        return entry
    other = synthetic(chance, "past")
    past = PastVersion(2, other.document.paragraphs, other.languages())
    return replace(entry, history=History((2, 1), (past,)))


def content(path: Path) -> dict[str, tuple[str, list[Any]]]:
    """Every block with its type and its items."""
    file = BlockFile(path)
    found = {name: (str(file[name].dtype), file[name].tolist()) for name in file}
    file.close()
    return found


def differing(one: Path, other: Path) -> list[str]:
    """The blocks that aren't the same in two files."""
    first, second = content(one), content(other)
    return sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))


def ids(entries: Iterable[LabelledDocument]) -> list[str]:
    """The ids of documents, in their order."""
    return [entry.document.id for entry in entries]
