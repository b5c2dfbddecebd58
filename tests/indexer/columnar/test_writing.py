"""Segments written fast are those that are written word by word."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.analysis import tokenize
from indexer.columnar.segment import SegmentFile
from indexer.columnar.writing import SegmentBuilder, write_segment
from indexer.columnar.writing.numbering import Numbering
from indexer.engines.protocol import History, LabelledDocument, PastVersion
from tests.indexer.columnar import plain
from tests.indexer.columnar.made import differing, made
from tests.indexer.samples import real

LETTERS = "aAéÉœ'’.1ﬁ٢\u00ad引渡か\u3099 \n-"


@pytest.mark.parametrize("seed", range(12))
def test_a_segment_is_the_one_written_word_by_word(tmp_path: Path, seed: int) -> None:
    entries = made(seed, 40)
    write_segment(tmp_path / "a.ccl", entries)
    plain.write_segment(tmp_path / "b.ccl", entries)
    assert differing(tmp_path / "a.ccl", tmp_path / "b.ccl") == []


def test_so_is_one_of_real_speeches(tmp_path: Path) -> None:
    entries = list(real())
    write_segment(tmp_path / "a.ccl", entries)
    plain.write_segment(tmp_path / "b.ccl", entries)
    assert differing(tmp_path / "a.ccl", tmp_path / "b.ccl") == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(LETTERS, max_size=30), min_size=1, max_size=4))
def test_so_is_one_of_any_text(tmp_path: Path, texts: list[str]) -> None:
    entries = [_with_paragraphs(made(1, 1)[0], text) for text in texts]
    for name, write in (("a", write_segment), ("b", plain.write_segment)):
        (tmp_path / f"{name}.ccl").unlink(missing_ok=True)
        write(tmp_path / f"{name}.ccl", entries)
    assert differing(tmp_path / "a.ccl", tmp_path / "b.ccl") == []


def _with_paragraphs(entry: LabelledDocument, text: str) -> LabelledDocument:
    paragraphs = tuple(text.split("\n"))
    document = replace(entry.document, title=text, paragraphs=paragraphs)
    return replace(entry, document=document, passage_languages=("fr",) * len(paragraphs), history=None)


def test_the_words_of_past_versions_have_numbers_of_the_segment(tmp_path: Path) -> None:
    entry = made(1, 1)[0]
    history = History((2, 1), (PastVersion(2, ("Zyx abandoned.",), ("en",)),))
    write_segment(tmp_path / "a.ccl", [replace(entry, history=history)])
    segment = SegmentFile(tmp_path / "a.ccl")
    packed = np.frombuffer(segment.strings("past")[0], "<u4").tolist()
    assert packed[:7] == [1, 2, 2, 1, 2, 1, 2]
    assert [segment.words.form(number) for number in packed[-2:]] == [("zyx", "en"), ("abandoned", "en")]


@pytest.mark.parametrize("text", ["l'extradition de l’État", "U.N. in 2,500 cases", "引渡 treaty", "\u00ad ﹰ", ""])
def test_every_token_has_one_number(text: str) -> None:
    numbering = Numbering()
    numbers = np.frombuffer(numbering.pack(text, "fr"), "<u4")
    assert [numbering.words[number] for number in numbers] == [(token.written, "fr") for token in tokenize(text)]


def test_a_word_of_two_languages_is_two_words() -> None:
    numbering = Numbering()
    assert numbering.pack("Real real", "en") + numbering.pack("real", "es") == bytes([0, 0, 0, 0] * 2 + [1, 0, 0, 0])


def test_a_builder_says_that_more_takes_more_memory() -> None:
    builder = SegmentBuilder()
    took = [builder.memory]
    for entry in made(1, 3):
        builder.add(entry)
        took.append(builder.memory)
    assert took == sorted(set(took))
