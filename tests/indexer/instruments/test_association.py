"""The measures, against the formulas of the papers that they come from."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.instruments.association import Tables, log_dice


def log_of_likelihood(p: float, k: int, n: int) -> float:
    """log L(p, k, n) as Dunning (1993) writes it."""
    return (k * math.log(p) if k else 0.0) + ((n - k) * math.log(1 - p) if n - k else 0.0)


def dunning(k1: int, n1: int, k2: int, n2: int) -> float:
    """-2 log λ of two binomial distributions (Dunning 1993, section 4)."""
    p1, p2, p = k1 / n1, k2 / n2, (k1 + k2) / (n1 + n2)
    apart = log_of_likelihood(p1, k1, n1) + log_of_likelihood(p2, k2, n2)
    return 2 * (apart - log_of_likelihood(p, k1, n1) - log_of_likelihood(p, k2, n2))


def tables(near_word: int, near: int, word: int, total: int) -> Tables:
    return Tables(np.array([near_word]), near, np.array([word]), total)


@given(k1=st.integers(0, 300), n1=st.integers(1, 300), k2=st.integers(0, 900), n2=st.integers(1, 900))
def test_log_likelihood_is_dunnings(k1: int, n1: int, k2: int, n2: int) -> None:
    k1, k2 = min(k1, n1), min(k2, n2)
    (found,) = tables(near_word=k1, near=n1, word=k1 + k2, total=n1 + n2).log_likelihood()
    assert found == pytest.approx(max(0.0, dunning(k1, n1, k2, n2)), abs=1e-6)


def test_a_word_that_is_near_as_often_as_elsewhere_has_no_log_likelihood() -> None:
    table = tables(near_word=10, near=100, word=1_000, total=10_000)
    assert (table.expected[0], table.log_likelihood()[0], table.attract[0]) == (10.0, 0.0, False)


@pytest.mark.parametrize(("near_word", "attracts"), [(9, False), (11, True)])
def test_a_word_is_drawn_where_it_is_near_more_often_than_expected(near_word: int, attracts: bool) -> None:
    assert tables(near_word, near=100, word=1_000, total=10_000).attract.tolist() == [attracts]


@pytest.mark.parametrize(
    ("together", "one", "other", "score"),
    [(8, 8, 8, 14.0), (4, 8, 8, 13.0), (1, 16_384, 16_384, 0.0), (100, 300, 500, 14 + math.log2(0.25))],
)
def test_log_dice_is_rychlys(together: int, one: int, other: int, score: float) -> None:
    assert log_dice(np.array([together]), one, np.array([other])).tolist() == [pytest.approx(score)]
