"""The words of a generation, and what words and patterns stand for."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.analysis import family
from indexer.columnar import vocabulary
from indexer.query.nodes import Fuzzy, Wildcard
from tests.indexer.columnar.texts import Reading, text

SPANISH, ENGLISH = ("la cuba nueva", "es"), ("the cuban delegation to cuba", "en")


def reading(folder: Path, *texts: tuple[str, str]) -> Reading:
    """Of texts with their languages."""
    return Reading.of(folder, *(text(str(n), body, language=language) for n, (body, language) in enumerate(texts)))


def in_two(folder: Path, gone: str) -> Reading:
    """A segment that has lost a document, and another one."""
    parts = [[text("a", "treaties, niño"), text("gone", gone)], [text("b", "treaty nino", language="es")]]
    return Reading.parts(folder, parts, [(1,)])


def test_a_form_is_listed_only_where_a_text_of_its_language_has_it(tmp_path: Path) -> None:
    forms = reading(tmp_path, SPANISH, ENGLISH).vocabulary.family_forms("cuba", ("en", "es"))
    assert forms == ["cuba"]  # "cuban" is of one family with it in Spanish only, and stands in English


def test_a_form_is_listed_where_one_of_many_texts_has_it_in_its_language(tmp_path: Path) -> None:
    words = reading(tmp_path, *[ENGLISH] * 5, SPANISH, ("los que cuban", "es")).vocabulary
    assert words.family_forms("cuba", ("en", "es")) == ["cuba", "cuban"]


def test_a_form_is_not_listed_where_the_text_of_its_language_is_deleted(tmp_path: Path) -> None:
    parts = [[text("a", *ENGLISH[:1]), text("gone", "los que cuban", language="es"), text("c", "cuba", language="es")]]
    words = Reading.parts(tmp_path, parts, [(1,)]).vocabulary
    assert words.family_forms("cuba", ("es",)) == ["cuba"]


def test_no_more_forms_are_looked_for_than_are_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "_TOLD", 2)
    words = reading(tmp_path, ("treaty treaties", "en"), ("treaty's treaties", "en"), ("treaty", "en")).vocabulary
    assert words.family_forms("treaty", ("en",)) == ["treaties", "treaty"]


def test_forms_of_deleted_documents_are_not_listed(tmp_path: Path) -> None:
    words = in_two(tmp_path, "treatying").vocabulary
    assert words.family_forms("treaty", ("en", "es")) == ["treaties", "treaty"]


def test_the_documents_of_a_form_count_in_its_language_only(tmp_path: Path) -> None:
    words = reading(tmp_path, SPANISH, *[ENGLISH] * 3).vocabulary
    assert [words.stands_in("cuba", ["es"], count) for count in (1, 2)] == [True, False]
    assert [words.stands_in("cuba", ["en", "es"], count) for count in (3, 4)] == [True, False]


def test_the_languages_of_families_are_those_that_have_documents(tmp_path: Path) -> None:
    words = in_two(tmp_path, "trade").vocabulary
    assert words.languages_of(["en:treati", "es:treaty", "en:trade", "fr:treaty"]) == {"en", "es"}


def test_a_folded_word_has_the_accents_of_live_documents(tmp_path: Path) -> None:
    words = in_two(tmp_path, "nïño").vocabulary
    assert words.accented("nino") == ["niño"]
    assert [words.has_accented(form) for form in ("niño", "nïño", "nino")] == [True, False, False]


@pytest.mark.parametrize(("texts", "shown"), [(["niño", "nino"], "niño"), (["nino", "nino", "niño"], "nino")])
def test_a_word_is_shown_as_half_of_its_documents_write_it(texts: list[str], shown: str, tmp_path: Path) -> None:
    assert reading(tmp_path, *((each, "es") for each in texts)).vocabulary.shown("nino") == shown


def test_a_word_is_in_the_families_of_each_way_to_write_it(tmp_path: Path) -> None:
    words = reading(tmp_path, ("papá", "es"), ("papa", "es")).vocabulary
    assert set(words.families("papa", ("es",))) == {family(way, "es") for way in ("papá", "papa")}
    assert words.families("引", ("es", "zh")) == ["cjk:引"]


def test_patterns_stand_for_the_most_frequent_forms_up_to_their_limit(tmp_path: Path) -> None:
    words = reading(tmp_path, ("tax taxes taxi", "en"), ("taxi tax", "en"), ("taxi", "en")).vocabulary
    assert words.expand(Wildcard("tax*", limit=2)) == ("taxi", "tax")
    assert words.expand(Wildcard("*x*")) == ("taxi", "tax", "taxes")
    assert words.cut_off == {Wildcard("tax*", limit=2)}


def test_misspelt_words_stand_for_forms_near_them(tmp_path: Path) -> None:
    words = in_two(tmp_path, "treate").vocabulary
    assert words.expand(Fuzzy("treat", 1)) == ("treaty",)
    assert words.expand(Fuzzy("treatis", 2)) == ("treaties", "treaty")


def test_what_was_remembered_of_other_words_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "_KEPT", 1)
    words = reading(tmp_path, ("treaties trades", "en"), ("ports", "en")).vocabulary
    asked = ("treaty", "trade", "port", "treaty")
    assert [words.families(word, ("en",))[0] for word in asked] == ["en:treati", "en:trade", "en:port", "en:treati"]
