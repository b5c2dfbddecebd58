"""Chinese by characters and by words."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import characters, cut, pair_terms, runs, with_pairs
from indexer.query.match import run_spans


@pytest.mark.parametrize(
    ("word", "expected"),
    [("引渡", ["引", "渡"]), ("が", ["が"]), ("か\u3099", ["か\u3099"]), ("apec", None), ("引a", None), ("", None)],
)
def test_the_characters_of_a_word(word: str, expected: list[str] | None) -> None:
    assert characters(word) == expected


def test_a_character_takes_the_next_one_to_it() -> None:
    assert with_pairs(["cjk:引", "cjk:渡", "en:law", "cjk:法"]) == ["cjk:引渡", "cjk:渡", "en:law", "cjk:法"]


@given(st.text("引渡条约", min_size=2, max_size=9), st.text("引渡条约", max_size=60))
def test_a_word_stands_exactly_where_its_characters_stand_in_a_row(word: str, text: str) -> None:
    terms = with_pairs([f"cjk:{char}" for char in text])
    parts = [
        (at, {0: [(place, place) for place, found in enumerate(terms) if found == term]})
        for at, term in pair_terms(word)
    ]
    starts = [at for at in range(len(text)) if text.startswith(word, at)]
    found = run_spans(parts, len(word)).get(0, ())
    assert list(found) == [(at, at + len(word) - 1) for at in starts]


@pytest.mark.parametrize(
    ("run", "words"),
    [
        ("引渡条约", ["引渡", "条约"]),
        ("打击跨国有组织犯罪", ["打击", "跨国", "有", "组织", "犯罪"]),
        ("國際刑事司法協助條約", ["國際", "刑事", "司法", "協助", "條約"]),
        ("한국정부", ["한국", "국정", "정부"]),
        ("引", ["引"]),
    ],
)
def test_a_run_is_cut_into_words(run: str, words: list[str]) -> None:
    assert [word for word, _ in cut(run)] == words


@given(st.text("引渡条约中国人民的在한국カ々か\u3099", max_size=20).filter(lambda text: len(runs(text)) == 1))
def test_every_character_of_a_run_is_in_a_word_at_its_place(text: str) -> None:
    ((first, last),) = runs(text)
    run = text[first:last]
    covered = {place for word, at in cut(run) for place in range(at, at + len(word))}
    assert len(covered) >= len(characters(run) or "")


def test_jieba_is_loaded_only_for_chinese() -> None:
    program = (
        "import sys; from indexer.query.parse import parse\n"
        "parse('extradition treaty'); assert 'rjieba' not in sys.modules\n"
        "parse('引渡条约'); assert 'rjieba' in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
