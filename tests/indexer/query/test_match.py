"""Patterns as regular expressions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.query.match import wildcard_regex
from tests.indexer.slow_matching import fits


@given(st.text("ab*?", max_size=8), st.text("ab\n", max_size=8))
def test_a_pattern_fits_as_defined(pattern: str, word: str) -> None:
    assert bool(wildcard_regex(pattern).fullmatch(word)) == fits(pattern, word)


@pytest.mark.parametrize("pattern", [".", "a.c", "[abc]", "a+", "(a)", "\\d", "^a$", "a|b"])
def test_other_signs_stand_for_themselves(pattern: str) -> None:
    assert wildcard_regex(pattern).fullmatch(pattern)
    assert not wildcard_regex(pattern).fullmatch("abc")


def test_many_stars_over_a_long_word_come_to_an_end() -> None:
    assert not wildcard_regex("*a" * 30 + "*b").fullmatch("a" * 64)
