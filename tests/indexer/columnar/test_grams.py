"""Groups of letters are found in words, and counted in documents, as in the plain text of these."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.columnar import grams as grams_module
from indexer.columnar.blocks import BlockFile, BlockWriter
from indexer.columnar.grams import GramIndex, write_grams
from indexer.columnar.letters import count_grams
from indexer.query.features import grams
from tests.indexer.columnar.texts import Reading, text

words = st.lists(st.text("abñ引𠀀", min_size=1, max_size=7), max_size=30)


def index_of(folder: Path, forms: list[str]) -> GramIndex:
    with BlockWriter(folder / "grams") as writer:
        write_grams(writer, forms)
    return GramIndex.read(BlockFile(folder / "grams"))


@given(words, st.text("abñ", min_size=1, max_size=7))
def test_the_words_of_a_gram_are_those_that_have_it_between_marks(forms: list[str], asked: str) -> None:
    with TemporaryDirectory() as folder:
        index = index_of(Path(folder), forms)
        for gram in grams(asked):
            expected = [at for at, form in enumerate(forms) if gram in f"_{form}_"]
            assert index.having(gram).tolist() == expected


def test_words_of_several_batches_are_one_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grams_module, "_BATCH", 2)
    index = index_of(tmp_path, ["tax", "taxes", "a", "syntax", "taxi"])
    assert index.having("_tax").tolist() == [0, 1, 4]
    assert index.having("_a_").tolist() == [2]


def test_no_words_have_no_grams(tmp_path: Path) -> None:
    assert index_of(tmp_path, []).having("_tax").tolist() == []


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    parts = [
        [text("a", "Tax on taxes: a tax, a TÁX.", "A tax"), text("b", "Nothing of it."), text("c", "Couscous.")],
        [text("d", "Taxes in syntax; 引渡条约引渡.", "引渡"), text("e", "Gone taxes."), text("f", "taxi " * 300)],
    ]
    return Reading.parts(tmp_path_factory.mktemp("grams"), parts, [(), (1,)])


def counted(reading: Reading, gram: str, pool: tuple[int, ...] = (0, 1, 2, 3, 5)) -> dict[str, list[int]]:
    counts = count_grams(reading.generation, [gram], np.array(pool))
    return {name: rows[0].astype(int).tolist() for name, rows in counts.items()}


def test_a_gram_counts_once_in_each_place_of_a_word_that_has_it(reading: Reading) -> None:
    assert counted(reading, "_tax") == {"title": [1, 0, 0, 0, 0], "body": [4, 0, 0, 1, 300]}
    assert counted(reading, "axes") == {"title": [0, 0, 0, 0, 0], "body": [1, 0, 0, 1, 0]}
    assert counted(reading, "_a_")["body"] == [2, 0, 0, 0, 0]
    assert counted(reading, "cous")["body"] == [0, 0, 1, 0, 0]


def test_two_characters_in_a_row_are_counted_across_words(reading: Reading) -> None:
    assert counted(reading, "引_渡") == {"title": [0, 0, 0, 1, 0], "body": [0, 0, 0, 2, 0]}
    assert counted(reading, "_约_")["body"] == [0, 0, 0, 1, 0]


def test_only_documents_of_the_pool_are_counted_in(reading: Reading) -> None:
    assert counted(reading, "_tax", (3,)) == {"title": [0], "body": [1]}


def test_a_gram_that_no_word_has_counts_nothing(reading: Reading) -> None:
    assert counted(reading, "zzzz") == {"title": [0] * 5, "body": [0] * 5}
