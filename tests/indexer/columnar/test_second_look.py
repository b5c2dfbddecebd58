"""What the second look counts, against the plain way to count it."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import fold, tokenize
from indexer.columnar.passages import WINDOW, best_passages
from indexer.columnar.places import Places
from indexer.columnar.second_look import NO_EXTRAS, Extras, score_parts
from indexer.query.features import features
from indexer.query.nodes import Loose, Word
from indexer.query.spans import phrase_spans
from indexer.results import Evident
from tests.indexer.columnar.texts import Reading, text

positions = st.lists(st.integers(0, 30), unique=True, max_size=12).map(sorted)


def standing(firsts: list[list[int]], length: int = 1) -> Places:
    """A word with its positions in each document of a pool, a hundred words each."""
    row = np.array([100 * at + first for at, found in enumerate(firsts) for first in found], np.intp)
    return Places.of(row, np.arange(len(firsts)) * 100, length)


@given(st.lists(st.tuples(positions, positions), max_size=4), st.integers(1, 3))
def test_neighbours_are_counted_as_phrases_are(documents: list[tuple[list[int], list[int]]], length: int) -> None:
    left = standing([found for found, _ in documents], length)
    right = standing([found for _, found in documents])
    assert left.followed_by(right, len(documents)).tolist() == [
        len(phrase_spans([[(first, first + length - 1) for first in one], [(first, first) for first in other]]))
        for one, other in documents
    ]


def test_places_know_their_document_by_its_place_in_the_pool() -> None:
    places = standing([[0, 7], [], [2]])
    assert np.stack([places.documents, places.firsts]).tolist() == [[0, 0, 2], [0, 7, 2]]


def test_documents_can_be_left_out() -> None:
    assert standing([[0, 7], [1], [2]]).but(np.array([True, False, False])).documents.tolist() == [1, 2]


def every_window(words: list[list[int]], idf: list[float], length: int) -> float:
    """The best score of all windows, from the places of each word."""
    best = 0.0
    for start in range(0, length, WINDOW // 2):
        counts = [sum(start <= place < start + WINDOW for place in places) for places in words]
        best = max(best, sum(weight * 2.5 * count / (count + 1.5) for weight, count in zip(idf, counts, strict=True)))
    return best


@pytest.mark.parametrize("seed", range(20))
def test_a_passage_is_the_best_of_all_windows(seed: int) -> None:
    chance = random.Random(seed)
    lengths = [chance.choice([0, 1, 24, 25, 26, 49, 50, 51, 99]) for _ in range(5)]
    idf = [chance.uniform(0.1, 6) for _ in range(4)]
    places = [[sorted(chance.sample(range(length), min(length, 5))) for length in lengths] for _ in idf]
    expected = [every_window([word[at] for word in places], idf, length) for at, length in enumerate(lengths)]
    assert best_passages([standing(word) for word in places], idf, np.array(lengths)) == pytest.approx(expected)


def test_the_end_of_one_document_and_the_beginning_of_the_next_are_no_passage() -> None:
    words = [standing([[49], []]), standing([[], [0]])]
    assert best_passages(words, [1.0, 1.0], np.array([50, 50])).tolist() == [1.0, 1.0]


def test_no_document_has_no_passage() -> None:
    assert best_passages([standing([])], [1.0], np.array([], dtype=np.intp)).tolist() == []


TEXTS = ["extradition treaty", "treaty of extradition", "extradited, and no treaty", "nothing", "treaty extradition"]


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    parts = [
        [text("0", TEXTS[0]), text("gone", TEXTS[0]), text("1", TEXTS[1])],
        [text(str(number), each, title="Perú") for number, each in enumerate(TEXTS[2:], 2)],
    ]
    return Reading.parts(tmp_path_factory.mktemp("look"), parts, [(1,)])


def look(reading: Reading, query: str) -> Extras:
    words = [token.written for token in tokenize(query)]
    tree = Loose(tuple(Word(fold(word), accented=word if word != fold(word) else "") for word in words))
    return reading.second_look.extras(features(tree), [5, 0, 2, 3, 4])


def test_documents_with_the_words_side_by_side_get_more(reading: Reading) -> None:
    extras = look(reading, "extradition treaty")
    assert extras.numbers.tolist() == [0, 2, 3, 4, 5]
    assert np.flatnonzero(extras.pairs).tolist() == [0]


def test_documents_with_the_words_in_one_place_get_more(reading: Reading) -> None:
    passages = look(reading, "extradition treaty").passages.tolist()
    assert passages[3] == 0
    assert passages[:3] == [passages[0]] * 3


def test_documents_with_letters_of_the_words_get_more(reading: Reading) -> None:
    grams = look(reading, "extradition").grams.tolist()
    assert grams[0] > grams[2] > grams[3] == 0  # the word itself, another form of it, nothing like it


def test_what_is_added_to_each_document_can_be_told(reading: Reading) -> None:
    extras = look(reading, "extradition treaty")
    one = extras.of(0)
    assert one is not None
    assert one.total == pytest.approx(float(extras.totals[0]))
    assert extras.of(1) is None
    assert {part.kind for part in score_parts([], one)} == {Evident.PASSAGE, Evident.LETTERS, Evident.PAIRS}


def test_no_documents_get_nothing(reading: Reading) -> None:
    assert reading.second_look.extras(features(Word("treaty")), []) is NO_EXTRAS


def test_documents_with_other_accents_only_have_no_passage(tmp_path: Path) -> None:
    reading = Reading.of(tmp_path, text("a", "Perú."), text("b", "Peru, peru."))
    extras = reading.second_look.extras(features(Word("peru", accented="perú")), [0, 1])
    assert (extras.passages > 0).tolist() == [True, False]
