"""Span arithmetic against its obvious definitions, which try every combination."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.query.spans import Span, near_spans, phrase_spans, tightest, window_spans
from tests.indexer import slow_matching
from tests.indexer.slow_matching import every_near, every_phrase, every_window

spans = st.sets(st.tuples(st.integers(0, 12), st.integers(0, 2)), max_size=6).map(
    lambda found: tightest((first, first + more) for first, more in found)
)
places = st.sets(st.integers(0, 12), max_size=7).map(lambda found: [(at, at) for at in sorted(found)])


@given(st.lists(spans, min_size=1, max_size=4))
def test_a_phrase_is_every_chain_of_neighbours(elements: list[list[Span]]) -> None:
    assert phrase_spans(elements) == every_phrase(elements)


@given(spans, spans, st.integers(1, 8))
def test_near_is_every_pair_that_holds_no_tighter_one(left: list[Span], right: list[Span], distance: int) -> None:
    assert near_spans(left, right, distance) == every_near(left, right, distance)


@given(spans, spans, st.integers(1, 8))
def test_the_sides_of_near_can_be_swapped(left: list[Span], right: list[Span], distance: int) -> None:
    assert near_spans(left, right, distance) == near_spans(right, left, distance)


def test_a_chain_of_near_has_no_more_spans_than_its_words() -> None:
    word = [(at, at) for at in range(100)]
    chain = word
    for _ in range(20):
        chain = near_spans(chain, word, 1000)
    assert len(chain) == 80


@given(st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9)).map(lambda ends: (min(ends), max(ends)))))
def test_the_tightest_spans_hold_no_other(found: set[Span]) -> None:
    assert tightest(found) == slow_matching.tightest(found)


@settings(max_examples=300)
@given(st.lists(places, min_size=2, max_size=4), st.integers(0, 12))
def test_windows_are_the_tightest_with_a_place_for_each(elements: list[list[Span]], distance: int) -> None:
    assert window_spans(elements, distance) == every_window(elements, distance)


@given(places, st.integers(2, 4), st.integers(0, 8))
def test_the_same_word_several_times_needs_as_many_places(element: list[Span], times: int, distance: int) -> None:
    elements = [element] * times
    assert window_spans(elements, distance) == every_window(elements, distance)


@pytest.mark.parametrize(
    ("distance", "expected"),
    [(1, []), (2, [(0, 2)]), (3, [(0, 2)])],
)
def test_neighbours_are_one_word_apart(distance: int, expected: list[Span]) -> None:
    assert near_spans([(0, 0)], [(2, 2)], distance) == expected
    assert window_spans([[(0, 0)], [(2, 2)]], distance) == expected


def test_a_long_window_of_one_word_is_found_in_a_long_text() -> None:
    everywhere = [(at, at) for at in range(3000)]
    found = window_spans([everywhere] * 50, 60)
    assert (found[0], found[-1], len(found)) == ((0, 49), (2950, 2999), 2951)


def test_a_place_that_does_for_several_words_is_given_to_one() -> None:
    assert window_spans([[(0, 0)], [(0, 0), (5, 5)], [(0, 0), (5, 5), (7, 7)]], 10) == [(0, 7)]
