"""The words of a generation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whoosh.filedb.filestore import RamStorage

from indexer.engines.whoosh import vocabulary
from indexer.engines.whoosh.schema import SCHEMA
from indexer.engines.whoosh.vocabulary import Vocabulary

if TYPE_CHECKING:
    import pytest


def of(*texts: str) -> Vocabulary:
    made = RamStorage().create_index(SCHEMA)
    writer = made.writer()
    for text in texts:
        writer.add_document(body_exact=tuple(text.split()))
    writer.commit()
    return Vocabulary(made.reader())


def test_what_is_remembered_of_words_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "_COUNTED", 2)
    words = of("treaty trade", "treaty")
    assert [words.documents_with(word) for word in ("treaty", "trade", "nowhere", "treaty")] == [2, 1, 0, 2]
    assert len(words._counted) <= 2


def test_the_families_of_more_words_than_are_remembered_stay_right(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "_KEPT", 1)
    words = of("treaties trades", "ports")
    asked = ("treaty", "trade", "port", "treaty")
    assert [words.families(word, ("en",))[0] for word in asked] == ["en:treati", "en:trade", "en:port", "en:treati"]
