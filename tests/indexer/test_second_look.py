"""What the second look counts, against the plain way to count it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.whoosh.places import Places
from indexer.query.spans import phrase_spans

positions = st.lists(st.integers(0, 30), unique=True, max_size=12).map(sorted)


@given(st.lists(st.tuples(positions, positions), max_size=4), st.integers(1, 3))
def test_neighbours_are_counted_as_phrases_are(documents: list[tuple[list[int], list[int]]], length: int) -> None:
    left = {
        at * 3: [(first, first + length - 1) for first in found] for at, (found, _) in enumerate(documents) if found
    }
    right = {at * 3: [(first, first) for first in found] for at, (_, found) in enumerate(documents) if found}
    pool = [at * 3 for at in range(len(documents))]
    counted = Places.of(left, pool).followed_by(Places.of(right, pool), len(pool))
    assert counted.tolist() == [
        len(phrase_spans([left[number], right[number]])) if number in left and number in right else 0 for number in pool
    ]


@pytest.mark.parametrize("found", [{}, {3: []}])
def test_a_word_that_the_pool_lacks_has_no_places(found: dict[int, list[tuple[int, int]]]) -> None:
    assert len(Places.of(found, [3, 4]).firsts) == 0


def test_places_know_their_document_by_its_place_in_the_pool() -> None:
    places = Places.of({9: [(2, 2)], 4: [(0, 0), (7, 7)]}, [4, 5, 9])
    assert np.stack([places.documents, places.firsts]).tolist() == [[0, 0, 2], [0, 7, 2]]
