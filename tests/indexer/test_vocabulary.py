"""The words of a generation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whoosh.filedb.filestore import RamStorage

from indexer.analysis import family
from indexer.engines.whoosh import counts, vocabulary
from indexer.engines.whoosh.counts import DocumentCounts
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
    reader = made.reader()
    return Vocabulary(reader, DocumentCounts(reader).anywhere)


def written_in(*texts: tuple[str, str]) -> Vocabulary:
    """Of texts with their languages; both fields of a text stand as an index has them."""
    made = RamStorage().create_index(SCHEMA)
    writer = made.writer()
    for language, text in texts:
        words = tuple(text.split())
        writer.add_document(body_exact=words, body=tuple(family(word, language) for word in words))
    writer.commit()
    reader = made.reader()
    return Vocabulary(reader, DocumentCounts(reader).anywhere)


SPANISH, ENGLISH = ("es", "la cuba nueva"), ("en", "the cuban delegation to cuba")


def test_a_form_is_listed_only_where_a_text_of_its_language_has_it() -> None:
    forms = written_in(SPANISH, ENGLISH).family_forms("cuba", ("en", "es"))
    assert forms == ["cuba"]  # "cuban" is of one family with it in Spanish only, and stands in English


def test_a_form_is_listed_where_one_of_many_texts_has_it_in_its_language() -> None:
    forms = written_in(*[ENGLISH] * 5, SPANISH, ("es", "los que cuban")).family_forms("cuba", ("en", "es"))
    assert forms == ["cuba", "cuban"]


def test_no_more_forms_are_looked_for_than_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "_TOLD", 2)
    words = written_in(("en", "treaty treaties"), ("en", "treaty's treaties"), ("en", "treaty"))
    assert words.family_forms("treaty", ("en",)) == ["treaties", "treaty"]


def test_the_documents_of_a_form_count_in_its_language_only() -> None:
    words = written_in(SPANISH, *[ENGLISH] * 3)
    assert [words.stands_in("cuba", ["es"], count) for count in (1, 2)] == [True, False]
    assert [words.stands_in("cuba", ["en", "es"], count) for count in (3, 4)] == [True, False]


def test_what_is_remembered_of_words_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counts, "_KEPT", 2)
    words = of("treaty trade", "treaty")
    assert [words.documents_with(word) for word in ("treaty", "trade", "nowhere", "treaty")] == [2, 1, 0, 2]
    assert len(words._anywhere._bounds) <= 2


def test_the_families_of_more_words_than_are_remembered_stay_right(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "_KEPT", 1)
    words = of("treaties trades", "ports")
    asked = ("treaty", "trade", "port", "treaty")
    assert [words.families(word, ("en",))[0] for word in asked] == ["en:treati", "en:trade", "en:port", "en:treati"]
