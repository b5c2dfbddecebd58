"""The best passage of a document: against every window of fifty words, each half over the next."""

from __future__ import annotations

import random

import numpy as np
import pytest

from indexer.engines.whoosh.passages import WINDOW, best_passages
from indexer.engines.whoosh.places import Places


def every_window(words: list[list[int]], idf: list[float], length: int) -> float:
    """The best score of all windows, from the places of each word."""
    best = 0.0
    for start in range(0, length, WINDOW // 2):
        counts = [sum(start <= place < start + WINDOW for place in places) for places in words]
        best = max(best, sum(weight * 2.5 * count / (count + 1.5) for weight, count in zip(idf, counts, strict=True)))
    return best


def standing(firsts: list[list[int]]) -> Places:
    """A word with its positions in each document of a pool."""
    spans = {at: [(first, first) for first in found] for at, found in enumerate(firsts) if found}
    return Places.of(spans, range(len(firsts)))


@pytest.mark.parametrize("seed", range(20))
def test_it_is_the_best_of_all_windows(seed: int) -> None:
    chance = random.Random(seed)
    lengths = [chance.choice([0, 1, 24, 25, 26, 49, 50, 51, 333]) for _ in range(5)]
    idf = [chance.uniform(0.1, 6) for _ in range(4)]
    places = [[sorted(chance.sample(range(length), min(length, 5))) for length in lengths] for _ in idf]
    expected = [every_window([word[at] for word in places], idf, length) for at, length in enumerate(lengths)]
    assert best_passages([standing(word) for word in places], idf, np.array(lengths)) == pytest.approx(expected)


def test_words_at_the_end_of_one_document_and_the_beginning_of_the_next_are_no_passage() -> None:
    words = [standing([[49], []]), standing([[], [0]])]
    assert best_passages(words, [1.0, 1.0], np.array([50, 50])).tolist() == [1.0, 1.0]


def test_no_document_has_no_passage() -> None:
    assert best_passages([standing([])], [1.0], np.array([], dtype=np.intp)).tolist() == []
