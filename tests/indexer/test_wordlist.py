"""The words of a generation by number: what is on disk is read as what it is, or called damaged."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from indexer.engines.whoosh import WhooshEngine, WhooshWriter
from indexer.errors import IndexDamaged
from indexer.query.nodes import Word
from tests.indexer.samples import synthetic, written


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    written(tmp_path, [[synthetic(random.Random(1), "one")]])
    return tmp_path


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def flipped(file: Path) -> None:
    """Of the same size: only its sum tells."""
    content = bytearray(file.read_bytes())
    content[200] ^= 1
    file.write_bytes(content)


def text(file: Path) -> None:
    file.write_text("no arrays", "utf-8")


def compressed(file: Path) -> None:
    """It could be of any size once it is unpacked."""
    with np.load(file) as arrays:
        content = dict(arrays)
    np.savez_compressed(file, **content)


def with_objects(file: Path) -> None:
    """They are pickles, which may run any program."""
    objects = np.array([print], dtype=object)
    np.savez(file, keys=objects, exact=objects, families=objects, texts=objects)


def incomplete(file: Path) -> None:
    np.savez(file, keys=np.zeros(1, np.uint64))


@pytest.mark.parametrize("damage", [emptied, flipped, text, compressed, with_objects, incomplete])
def test_a_file_that_is_not_as_it_was_written_is_damage(folder: Path, damage: Callable[[Path], None]) -> None:
    damage(folder / "words-000001.npz")
    engine = WhooshEngine(folder)
    with pytest.raises(IndexDamaged):
        engine.ever_with(Word("treaty"))
    engine.close()
    with pytest.raises(IndexDamaged):
        WhooshWriter(folder, update=True)
