"""Made documents as the segments of a generation, with near copies, ties and deletions."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from indexer.columnar.generation import Generation
from indexer.columnar.segment import SegmentFile
from indexer.columnar.writing import write_segment
from indexer.engines.protocol import LabelledDocument
from tests.indexer.samples import synthetic


def made(chance: random.Random, count: int) -> list[LabelledDocument]:
    """Documents, one in three of which is a near copy of another one, or of one that isn't there."""
    entries = [synthetic(chance, f"{chance.choice('abcä')}{number}") for number in range(count)]
    leads = [entry.document.id for entry in entries[: count // 10]] + ["gone1", "gone2"]
    return [_led(chance, entry, leads) if chance.random() < 0.4 else entry for entry in entries]


def _led(chance: random.Random, entry: LabelledDocument, leads: Sequence[str]) -> LabelledDocument:
    lead = chance.choice(leads)
    return entry if lead == entry.document.id else replace(entry, document=replace(entry.document, lead=lead))


def generation_of(
    folder: Path, parts: Sequence[Sequence[LabelledDocument]], deleted: Sequence[Sequence[int]] = ()
) -> Generation:
    """A generation with a segment for each part."""
    paths = [folder / f"{number}.ccl" for number in range(len(parts))]
    for path, entries in zip(paths, parts, strict=True):
        write_segment(path, entries)
    return Generation([SegmentFile(path) for path in paths], deleted)
