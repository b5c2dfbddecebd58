"""The most frequent terms come first, whatever fields and segments they are counted in."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import pytest

from indexer.columnar import lexicon
from indexer.columnar.lexicon import Lexicon
from indexer.engines.protocol import LabelledDocument
from tests.indexer.columnar.texts import Reading, text

DELETED = ((0, 5, 6, 30), (), (1, 2))


def made(chance: random.Random, count: int) -> list[LabelledDocument]:
    words = [f"{letter}{number}" for letter in "ab" for number in range(40)]
    weights = [1 / (1 + number % 40) for number in range(80)]
    return [
        text(f"d{number}", " ".join(chance.choices(words, weights, k=6)), " ".join(chance.choices(words, k=2)))
        for number in range(count)
    ]


def plainly(
    parts: list[list[LabelledDocument]], prefix: str, deleted: Sequence[Sequence[int]] = DELETED
) -> list[tuple[str, int]]:
    """The same from the texts of the documents that aren't deleted."""
    live = [
        entry.document
        for entries, gone in zip(parts, deleted, strict=True)
        for number, entry in enumerate(entries)
        if number not in gone
    ]
    bodies = [set(document.paragraphs[0].split()) for document in live]
    titles = [set(document.title.split()) for document in live]
    words = set[str]().union(*bodies, *titles)
    counts = {word: max(sum(word in each for each in texts) for texts in (bodies, titles)) for word in words}
    return sorted(((w, n) for w, n in counts.items() if w.startswith(prefix)), key=lambda pair: (-pair[1], pair[0]))


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("looked_at", [1, 3, 512])
def test_terms_of_a_beginning_come_by_their_live_documents(
    seed: int, looked_at: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lexicon, "_FIRST", looked_at)
    chance = random.Random(seed)
    parts = [made(chance, count) for count in (40, 3, 10)]
    counts = Reading.parts(tmp_path, parts, DELETED).counts.anywhere
    assert list(counts.starting_with("a")) == plainly(parts, "a")
    assert list(counts.starting_with("b1")) == plainly(parts, "b1")
    assert list(counts.starting_with("zz")) == []


@pytest.mark.parametrize("looked_at", [1, 7])
def test_terms_of_one_segment_come_in_the_same_order(
    looked_at: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lexicon, "_FIRST", looked_at)
    entries = made(random.Random(9), 60)
    counts = Reading.of(tmp_path, *entries).counts.anywhere
    assert list(counts.starting_with("b")) == plainly([entries], "b", [()])


def test_a_term_counts_where_it_is_in_most_documents(tmp_path: Path) -> None:
    counts = Reading.of(tmp_path, text("a", "treaty port"), text("b", "treaty", "port"), text("c", "", "port")).counts
    assert [counts.anywhere.documents(word) for word in ("treaty", "port", "nowhere")] == [2, 2, 0]
    assert [counts.titles.documents(word) for word in ("treaty", "port")] == [0, 2]


def test_chosen_terms_come_by_their_documents_then_by_the_alphabet(tmp_path: Path) -> None:
    counts = Reading.of(tmp_path, text("a", "b c a"), text("b", "c")).counts.anywhere
    assert list(counts.most_frequent(["b", "nowhere", "a", "c"])) == [("c", 2), ("a", 1), ("b", 1)]


def test_what_is_remembered_of_words_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon, "_KEPT", 2)
    words: Lexicon = Reading.of(tmp_path, text("a", "treaty trade"), text("b", "treaty")).counts.anywhere
    assert [words.documents(word) for word in ("treaty", "trade", "nowhere", "treaty")] == [2, 1, 0, 2]
    assert len(words._counts) <= 2


def test_no_more_is_looked_at_than_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon, "_FIRST", 2)
    reading = Reading.of(tmp_path, *(text(str(n), " ".join(f"w{m}" for m in range(n))) for n in range(30)))
    assert list(islice(reading.counts.anywhere.starting_with("w"), 1)) == [("w0", 29)]


def test_many_and_few_deleted_documents_are_left_out(tmp_path: Path) -> None:
    entries = [text(str(n), "often" if n % 2 else "often seldom") for n in range(200)]
    few = Reading.parts(tmp_path, [entries], [(4,)]).counts.anywhere
    assert [few.documents(word) for word in ("often", "seldom")] == [199, 99]
    many = Reading.parts(_folder(tmp_path), [entries], [range(0, 200, 2)]).counts.anywhere
    assert [many.documents(word) for word in ("often", "seldom")] == [100, 0]


def _folder(parent: Path) -> Path:
    folder = parent / "other"
    folder.mkdir()
    return folder
