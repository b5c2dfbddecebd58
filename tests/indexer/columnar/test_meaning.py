"""Which word was meant, and which documents are like one, over several segments with deletions."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.columnar.similar import Like
from indexer.engines.protocol import LabelledDocument
from tests.indexer.columnar.texts import Reading, text

ONE = text(
    "one", "The fugitives were extradited under the treaty. In 2008 the courts agreed: 引渡条约.", "Extradition treaty"
)
PARTS = [
    [
        ONE,
        text("gone", "Extradition treaty: fugitives, courts, extradited, agreed.", "Extradition treaty"),
        text("two", "A court heard the fugitive. The treaty on extradition holds, 引渡条约.", "Treaties"),
        text("weather", "The weather of 2008 was fine. The sea was calm."),
    ],
    [
        text("near", "The courts spoke of the weather.", "A fugitive"),
        text("sea", "Ships; calm sea, fine weather. Human rights. Human rights."),
        text("rights", "Human rights and the sea."),
        text("more", "Human rights. The law of the sea."),
    ],
]


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    return Reading.parts(tmp_path_factory.mktemp("meaning"), PARTS, [(1,)])


def like(reading: Reading, entry: LabelledDocument, limit: int = 20) -> list[Like]:
    return reading.more_like_this.like(entry, limit)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("extradtion", "extradition"),
        ("humanrights", "human rights"),
        ("wether", "weather"),
        ("zzzzzz", None),
        ("2008", None),
        ("引度", None),
    ],
)
def test_the_word_that_was_meant_is_one_of_the_collection(word: str, meant: str | None, reading: Reading) -> None:
    assert reading.speller.nearest(word) == meant


def test_a_word_that_is_there_is_corrected_only_where_another_is_far_more_frequent(tmp_path: Path) -> None:
    often = [text(f"d{number}", "A treaty.") for number in range(205)]
    speller = Reading.of(tmp_path, *often, text("rare", "A treety, a trousy.")).speller
    assert [speller.nearest(word, [word]) for word in ("treety", "trousy", "treaty")] == ["treaty", None, None]


def test_the_document_that_shares_most_telling_words_comes_first(reading: Reading) -> None:
    first = like(reading, ONE)[0]
    assert first.row.id == "two"
    assert {"treaty", "fugitives", "courts", "引渡"} <= set(first.words)


def test_a_document_is_neither_like_itself_nor_like_a_deleted_one(reading: Reading) -> None:
    assert not {"one", "gone"} & {each.row.id for each in like(reading, ONE)}


def test_what_is_like_a_document_does_not_depend_on_segments(reading: Reading, tmp_path: Path) -> None:
    live = [entry for entries in PARTS for entry in entries if entry.document.id != "gone"]
    one = Reading.of(tmp_path, *live)
    told, expected = ([(each.row.id, each.score, each.words) for each in like(of, ONE)] for of in (reading, one))
    assert told == expected


def test_no_more_than_asked_for_are_told(reading: Reading) -> None:
    assert len(like(reading, PARTS[1][1], 1)) == 1
