"""The documents and queries that engines are measured with."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from benchmarks.asked import QUERIES, Asked, Counts, Kind, count, queries
from benchmarks.corpus import LONG_WORDS, Corpus
from benchmarks.goals import verdicts
from benchmarks.peers.fts5 import Fts5
from benchmarks.plots import pictures
from benchmarks.timing import best

CORPUS = Corpus(2_000)


@pytest.fixture(scope="module")
def counts() -> Counts:
    return count(CORPUS)


@pytest.fixture(scope="module")
def asked(counts: Counts) -> dict[Kind, tuple[Asked, ...]]:
    return queries(counts)


@pytest.fixture(scope="module")
def fts5(tmp_path_factory: pytest.TempPathFactory) -> Fts5:
    folder: Path = tmp_path_factory.mktemp("fts5")
    Fts5.build(folder, CORPUS)
    return Fts5.open(folder)


def test_the_first_documents_are_the_same_whatever_the_size() -> None:
    assert list(islice(Corpus(2_000), 1_500)) == list(Corpus(1_500))


def test_long_documents_change_no_other_part_of_a_document() -> None:
    plain, long = list(Corpus(300)), list(Corpus(300, long_share=0.05))
    assert [replace(each, text="", title="") for each in long] == [replace(each, text="", title="") for each in plain]
    assert any(len(each.text.split()) == LONG_WORDS for each in long)


def test_all_words_are_counted(counts: Counts) -> None:
    words = sum(len(each.title.split()) + len(each.text.split()) for each in CORPUS)
    assert counts.tokens == words


def test_each_class_has_its_number_of_queries(asked: dict[Kind, tuple[Asked, ...]]) -> None:
    assert {kind: len(each) for kind, each in asked.items()} == dict.fromkeys(Kind, QUERIES)


def test_every_phrase_stands_somewhere(asked: dict[Kind, tuple[Asked, ...]], fts5: Fts5) -> None:
    assert all(fts5.count(fts5.prepare(each)) for each in asked[Kind.PHRASE])


def test_words_were_counted_as_an_engine_finds_them(asked: dict[Kind, tuple[Asked, ...]], fts5: Fts5) -> None:
    common = asked[Kind.COMMON][0]
    having = sum(common.words[0] in f"{each.title} {each.text}".replace(".", "").split() for each in CORPUS)
    assert fts5.count(fts5.prepare(common)) == having


def test_the_best_round_of_each_call_counts() -> None:
    assert best([[1.0, 5.0], [2.0, 3.0]]) == [1.0, 3.0]


def test_a_goal_is_missed_where_one_class_misses_it() -> None:
    def row(ours: float) -> dict[str, object]:
        return {name: {"first": {"p50": taken, "p95": taken}} for name, taken in (("Concord", ours), ("Xapian", 1.0))}

    figures = {"speed": {"sizes": {"10": {"kinds": {"phrase": row(0.5), "prefix": row(1.5)}, "more": {}}}}}
    assert [(verdict.work, verdict.met) for verdict in verdicts(figures)] == [
        ("p50 to Xapian", False),
        ("p95 to Xapian", False),
    ]


def test_curves_are_drawn_of_each_class_of_queries() -> None:
    found = {"kinds": {"phrase": {"Concord": 1.0}}, "build_s": 1, "bytes": 2, "page_ms": 3, "opening_ms": 4}
    drawn = pictures({"growth": {"sizes": {"5000": found, "20000": found}}})
    assert {name: [panel.title for panel in panels] for name, panels in drawn.items()} == {
        "queries": ["phrase, ms"],
        "collection": ["building, s", "size, bytes", "a page, ms", "opening, ms"],
    }
