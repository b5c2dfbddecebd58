"""Suggestions, similar documents and corrections are the same, however the generation came to be."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from whoosh import index

from indexer.engines.protocol import Typed, TypedTitle
from indexer.engines.whoosh import WhooshEngine
from tests.indexer.samples import real, synthetic, written


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> tuple[WhooshEngine, WhooshEngine]:
    """The same documents written in one go, and in updates that replaced some of them."""
    chance = random.Random(11)
    first = [synthetic(chance, f"s{number}") for number in range(40)]
    second = [synthetic(chance, f"s{number}") for number in (*range(0, 40, 5), *range(40, 50))]
    folders: list[Path] = [tmp_path_factory.mktemp(name) for name in ("at-once", "updated")]
    left = written(folders[1], [first, [*real()], second])
    written(folders[0], [[*left.values()]])
    with index.open_dir(str(folders[1])).reader() as reader:
        assert reader.has_deletions()
    return WhooshEngine(folders[0]), WhooshEngine(folders[1])


@pytest.mark.parametrize("prefix", ["e", "extr", "t", "s", "的"])
def test_words_and_their_documents(engines: tuple[WhooshEngine, WhooshEngine], prefix: str) -> None:
    once, updated = (
        [
            engine.complete(Typed(prefix, len(prefix), (), title, one), 20)
            for title in (False, True)
            for one in (False, True)
        ]
        for engine in engines
    )
    assert once == updated
    assert any(once)


def test_titles(engines: tuple[WhooshEngine, WhooshEngine]) -> None:
    for prefix in "ests":
        once, updated = (
            [entry.document.id for entry in engine.titles([TypedTitle(prefix, partial=True)], 20)] for engine in engines
        )
        assert once == updated
        assert once


def test_values(engines: tuple[WhooshEngine, WhooshEngine]) -> None:
    for field in ("source", "domain", "lang"):
        assert engines[0].values(field) == engines[1].values(field)


def test_similar_documents(engines: tuple[WhooshEngine, WhooshEngine]) -> None:
    ids = [f"s{number}" for number in range(50)]
    once, updated = (
        {id: [(like.entry.document.id, like.words) for like in engine.similar(id, 10)] for id in ids}
        for engine in engines
    )
    assert once == updated
    assert sum(map(bool, once.values())) > 20


def test_corrections(engines: tuple[WhooshEngine, WhooshEngine]) -> None:
    once, updated = (
        [engine.nearest(word) for word in ("extradtion", "tretay", "plice", "govrnment")] for engine in engines
    )
    assert once == updated
    assert once == ["extradition", "treaty", "police", "government"]


def test_characters_that_follow(engines: tuple[WhooshEngine, WhooshEngine]) -> None:
    once, updated = ([engine.complete(Typed("", 1, (character,)), 20) for character in "引条合"] for engine in engines)
    assert once == updated
    assert all(once)
