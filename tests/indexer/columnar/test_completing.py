"""Completing words and titles over several segments, deleted documents left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.columnar import suggest
from indexer.engines.protocol import Typed, TypedTitle
from tests.indexer.columnar.texts import Reading, text


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    parts = [
        [
            text("old", "Judicial assistance for ports.", "Extradition treaty of old", date="1999"),
            text("gone", "Judicial asylum. Extraterritorial.", "Extradition gone", date="2020"),
            text("new", "Judicial assessment. Extradited. The judicial assistance.", "Extradition treaty", date="2008"),
        ],
        [
            text("of", "A treaty of extradition: niño.", "The treaty of extradition", date="2010", language="es"),
            text("zh", "引渡条约。引渡请求。引 treaty", "引渡条约", language="zh"),
        ],
    ]
    return Reading.parts(tmp_path_factory.mktemp("completing"), parts, [(1,)])


def completed(reading: Reading, prefix: str, *after: str, **options: bool) -> list[tuple[str, int]]:
    return reading.completer.complete(Typed(prefix, len(prefix), after, **options), 10)


def titles(reading: Reading, *words: str, partial: bool = True) -> list[str]:
    typed = [TypedTitle(word) for word in words[:-1]] + [TypedTitle(words[-1], partial=partial)]
    return [row.id for row in reading.completer.titles(typed, 10)]


def test_words_come_by_their_documents_and_one_a_family(reading: Reading) -> None:
    assert completed(reading, "ext") == [("extradition", 3)]
    assert completed(reading, "ext", one_form=True) == [("extradition", 3), ("extradited", 1)]
    assert completed(reading, "ni") == [("niño", 1)]


def test_words_of_titles_only(reading: Reading) -> None:
    assert completed(reading, "ext", in_title=True) == [("extradition", 3)]
    assert completed(reading, "ass", in_title=True) == []


def test_words_stand_right_behind_those_before(reading: Reading) -> None:
    assert completed(reading, "as", "judicial", one_form=True) == [("assistance", 2), ("assessment", 1)]
    assert completed(reading, "e", "treaty", "of", one_form=True) == [("extradition", 1)]
    assert completed(reading, "o", "extradition", "treaty", in_title=True, one_form=True) == [("of", 1)]


def test_nothing_stands_behind_the_last_word_of_a_text(reading: Reading) -> None:
    assert completed(reading, "t", "old", in_title=True, one_form=True) == []


def test_chinese_goes_on_with_characters(reading: Reading) -> None:
    assert completed(reading, "", "引", one_form=True) == [("渡", 1)]
    assert completed(reading, "", "引", "渡", one_form=True) == [("条", 1), ("请", 1)]


def test_only_the_newest_documents_are_read(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggest, "READ", 1)
    assert completed(reading, "as", "judicial", one_form=True) == [("assessment", 1), ("assistance", 1)]


def test_titles_that_begin_with_the_words_come_first_then_newer_ones(reading: Reading) -> None:
    assert titles(reading, "ext") == ["new", "old", "of"]
    assert titles(reading, "treaty", "o") == ["of", "old"]
    assert titles(reading, "extradition", "treaty", partial=False) == ["new", "old", "of"]


def test_characters_written_together_are_sought_together(reading: Reading) -> None:
    assert [row.id for row in reading.completer.titles([TypedTitle("引"), TypedTitle("渡", glued=True)], 9)] == ["zh"]
    assert reading.completer.titles([TypedTitle("渡"), TypedTitle("引", glued=True)], 9) == []


def test_a_title_does_not_go_on_in_the_next_one(tmp_path: Path) -> None:
    reading = Reading.of(tmp_path, text("a", "", "of peace", date="2001"), text("b", "", "peace of", date="2000"))
    assert titles(reading, "of", "peace", partial=False) == ["a", "b"]
    assert titles(reading, "peace", "of", partial=False) == ["b", "a"]


def test_more_titles_than_are_sorted_at_once_keep_their_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggest, "_SORTED", 2)
    reading = Reading.of(tmp_path, *(text(f"d{n}", "", "peace", date=str(2000 + n * 7 % 11)) for n in range(11)))
    assert titles(reading, "p") == [f"d{n}" for n in sorted(range(11), key=lambda n: -(n * 7 % 11))][:10]
