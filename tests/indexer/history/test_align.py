"""Which passage became which."""

from __future__ import annotations

import gzip
import json
import random
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.history.align import StepKind, align
from indexer.history.chain import heaviest_chain
from indexer.history.edits import PieceChange
from tests.shared import shared_data

MET = "The two transport ministers met in Lima on Monday and signed an agreement on three ports."
TRAINING = (
    "The agreement provides for the training of customs officers. A joint committee meets every year from now on."
)
VISIT = "A state visit is planned for the spring, with trade and energy on its agenda."


def told(old: list[str], new: list[str]) -> list[tuple[str, tuple[int, ...], tuple[int, ...]]]:
    return [(step.kind.value, step.old, step.new) for step in align(old, new)]


def test_equal_passages_are_equal_whatever_their_white_space():
    assert told([MET, VISIT], [MET.replace(" ", "\n "), VISIT]) == [("equal", (1,), (1,)), ("equal", (2,), (2,))]


def test_case_and_signs_count():
    assert told([MET], [MET.replace("Lima", "LIMA")]) == [("reworded", (1,), (1,))]


def test_a_passage_with_other_words_in_it_is_reworded():
    assert told([MET, VISIT], [MET.replace("three", "four"), VISIT]) == [
        ("reworded", (1,), (1,)),
        ("equal", (2,), (2,)),
    ]


def test_a_passage_that_is_like_none_was_added_or_removed():
    assert told([MET, VISIT], [MET, TRAINING]) == [("equal", (1,), (1,)), ("removed", (2,), ()), ("added", (), (2,))]


def test_what_was_removed_stands_behind_what_preceded_it():
    assert told([MET, TRAINING, VISIT], [MET, VISIT]) == [
        ("equal", (1,), (1,)),
        ("removed", (2,), ()),
        ("equal", (3,), (2,)),
    ]


def test_a_passage_that_stands_elsewhere_has_moved():
    assert told([MET, TRAINING, VISIT], [VISIT, MET, TRAINING]) == [
        ("moved", (3,), (1,)),
        ("equal", (1,), (2,)),
        ("equal", (2,), (3,)),
    ]


def test_a_passage_that_moved_shows_what_changed_in_it():
    steps = align([MET, TRAINING, VISIT], [VISIT.replace("spring", "summer"), MET, TRAINING])
    assert steps[0].kind is StepKind.MOVED
    assert [(piece.change, piece.text) for piece in steps[0].pieces if piece.change is not PieceChange.SAME] == [
        (PieceChange.REMOVED, "spring"),
        (PieceChange.ADDED, "summer"),
    ]


def test_the_shorter_one_of_two_that_changed_places_has_moved():
    assert [kind for kind, _, _ in told(["Short line here.", MET, TRAINING], [MET, TRAINING, "Short line here."])] == [
        "equal",
        "equal",
        "moved",
    ]


def test_a_passage_cut_in_two_is_split_and_shows_only_the_cut():
    first, second = TRAINING.split(". ")
    (step,) = align([TRAINING], [f"{first}.", second])
    assert (step.kind, step.old, step.new) == (StepKind.SPLIT, (1,), (1, 2))
    assert [piece.text for piece in step.pieces if piece.change is not PieceChange.SAME] == ["¶"]


def test_passages_made_one_are_joined():
    assert told([MET, TRAINING, VISIT], [f"{MET} {TRAINING}", VISIT]) == [
        ("joined", (1, 2), (1,)),
        ("equal", (3,), (2,)),
    ]


def test_chinese_passages_are_compared_by_their_characters():
    assert told(["双方将在司法领域加强合作。"], ["双方将在司法和执法领域进一步加强合作。"]) == [
        ("reworded", (1,), (1,))
    ]


def test_an_empty_version_has_only_added_passages():
    assert told([], [MET, VISIT]) == [("added", (), (1,)), ("added", (), (2,))]
    assert told([], []) == []


PASSAGES = st.lists(st.sampled_from([MET, TRAINING, VISIT, "***", MET + " " + VISIT, TRAINING[:60]]), max_size=7)


@given(PASSAGES, PASSAGES)
@settings(max_examples=200)
def test_every_passage_is_in_one_step_and_those_of_the_newer_version_are_in_order(old, new):
    steps = align(old, new)
    assert sorted(number for step in steps for number in step.old) == list(range(1, len(old) + 1))
    assert [number for step in steps for number in step.new] == list(range(1, len(new) + 1))


@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(1, 9)), max_size=8, unique_by=lambda p: p[:2])
)
def test_the_chain_weighs_as_much_as_the_heaviest_of_all(pairs):
    weights = {(i, j): weight for i, j, weight in pairs}
    chain = heaviest_chain(pairs)
    every = (some for length in range(len(pairs) + 1) for some in combinations(sorted(weights), length))
    rising = (some for some in every if all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(some)))
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(chain))
    assert sum(weights[pair] for pair in chain) == max(sum(weights[pair] for pair in some) for some in rising)


@pytest.fixture(scope="module")
def paragraphs() -> list[str]:
    with gzip.open(shared_data("wikinews") / "wikinews_en.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    found = [part.strip() for text in texts for part in text.split("\n\n")]
    return list(dict.fromkeys(part for part in found if len(part.split()) >= 20))


def test_paragraphs_of_news_with_a_tenth_of_their_words_exchanged_are_found_again(paragraphs):
    chance = random.Random(1)
    old = chance.sample(paragraphs, 300)
    words = " ".join(old).split()
    new = [" ".join(chance.choice(words) if chance.random() < 0.1 else word for word in text.split()) for text in old]
    found = [step for step in align(old, new) if step.kind in (StepKind.REWORDED, StepKind.EQUAL)]
    assert sum(step.old == step.new for step in found) == 300


def test_unrelated_paragraphs_of_news_are_not_taken_for_each_other(paragraphs):
    steps = align(paragraphs[:400], paragraphs[400:800])
    assert sum(step.kind not in (StepKind.ADDED, StepKind.REMOVED) for step in steps) <= 8
