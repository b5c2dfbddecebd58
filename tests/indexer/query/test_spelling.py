"""Which slips are likelier than others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from indexer.query.spelling import SLIP, slips


@pytest.mark.parametrize(
    ("typed", "likelier", "than"),
    [
        ("yeld", "yield", "held"),  # a letter left out rather than a wrong one
        ("form", "from", "foam"),  # two letters swapped rather than a wrong one
        ("treetty", "treety", "treelty"),  # a letter typed twice
        ("wprd", "word", "ward"),  # the key beside
        ("een", "even", "been"),  # the first letter is mostly right
        ("extradtion", "extradition", "expedition"),  # one slip rather than two
    ],
)
def test_the_likelier_slip_costs_less(typed: str, likelier: str, than: str) -> None:
    assert slips(typed, likelier) < slips(typed, than)


def test_a_word_typed_as_it_is_costs_nothing() -> None:
    assert slips("treaty", "treaty") == 0


WORDS = st.text("abcdé引", max_size=8)


@given(WORDS, WORDS)
def test_each_letter_off_costs_a_slip(typed: str, meant: str) -> None:
    assert slips(typed, meant) >= SLIP * OSA.distance(typed, meant)
