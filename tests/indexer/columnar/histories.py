"""Small collections written at random: documents that come, change and go, in segments that are merged or not."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from indexer.columnar import ColumnarWriter
from indexer.engines.protocol import LabelledDocument
from indexer.query.nodes import Loose, Node, Word
from tests.indexer.samples import ROWS, WORDS, synthetic, tree

LEADS = ("d0", "d1", "gone")
"""What near copies name as their lead; the last is no document."""

Sizes = Sequence[tuple[int, int]]


@dataclass(frozen=True)
class Commit:
    """What one writer does. ``merged``: the share of the segments that it writes together with what is new."""

    removed: Sequence[str]
    added: Sequence[LabelledDocument]
    merged: float


@dataclass(frozen=True)
class Kind:
    """What is alike in a collection: the share of near copies, and whether all is English, so that many fit a query."""

    copies: float
    english: bool


def entry(chance: random.Random, number: int, kind: Kind) -> LabelledDocument:
    """A document; one in ten lacks a title, one in ten a text."""
    made = synthetic(chance, f"d{number}")
    while kind.english and made.document.language != "en":
        made = synthetic(chance, f"d{number}")
    document = made.document
    if number >= 2 and chance.random() < kind.copies:
        document = replace(document, lead=chance.choice(LEADS))
    if chance.random() < 0.1:
        document = replace(document, title="")
    elif chance.random() < 0.1:
        return replace(made, document=replace(document, paragraphs=()), passage_languages=())
    return replace(made, document=document)


def history(chance: random.Random, documents: int) -> Iterator[Commit]:
    """One to four commits on so many documents at most; the first has at least one."""
    kind = Kind(chance.choice([0.0, 0.3, 0.6]), chance.random() < 0.5)
    yield Commit((), [entry(chance, number, kind) for number in range(chance.randint(1, documents))], 1.0)
    for _ in range(chance.randrange(4)):
        removed = [f"d{number}" for number in range(documents) if chance.random() < 0.15]
        added = [entry(chance, number, kind) for number in range(documents) if chance.random() < 0.3]
        yield Commit(removed, added, chance.choice([0.0, 0.0, 0.5, 1.0]))


def write(folder: Path, commits: Iterator[Commit], chance: random.Random) -> dict[str, LabelledDocument]:
    """Make the commits; what is left of them in the end."""
    left: dict[str, LabelledDocument] = {}
    folder.mkdir(parents=True)
    for number, commit in enumerate(commits):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("indexer.columnar.writer.to_merge", _some(chance, commit.merged))
            writer = ColumnarWriter(folder, update=number > 0)
            for document_id in commit.removed:
                writer.remove(document_id)
                left.pop(document_id, None)
            for each in commit.added:
                writer.add(each)
                left[each.document.id] = each
            writer.commit()
    return left


def _some(chance: random.Random, share: float) -> Callable[[Sizes], set[int]]:
    def chosen(sizes: Sizes) -> set[int]:
        return {at for at in range(len(sizes)) if chance.random() < share}

    return chosen


def asked(chance: random.Random) -> Node:
    """A query of any kind; every third is words side by side: a few, or so many that they count as a sentence."""
    if chance.random() < 0.33:
        few = chance.random() < 0.6
        words = chance.sample(WORDS[:7] if few else [*WORDS, *ROWS], chance.randint(2, 3 if few else 10))
        return Loose(tuple(map(Word, words)))
    return tree(chance)
