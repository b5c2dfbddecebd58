"""Patterns as regular expressions."""

from __future__ import annotations

from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.query.match import wildcard_regex


def fits(pattern: str, word: str) -> bool:
    """The definition of a pattern, character by character."""

    @lru_cache(maxsize=None)
    def rest(at: int, to: int) -> bool:
        if at == len(pattern):
            return to == len(word)
        if pattern[at] == "*":
            return rest(at + 1, to) or (to < len(word) and rest(at, to + 1))
        return to < len(word) and pattern[at] in ("?", word[to]) and rest(at + 1, to + 1)

    return rest(0, 0)


@given(st.text("ab*?", max_size=8), st.text("ab\n", max_size=8))
def test_a_pattern_fits_as_defined(pattern: str, word: str) -> None:
    assert bool(wildcard_regex(pattern).fullmatch(word)) == fits(pattern, word)


@pytest.mark.parametrize("pattern", [".", "a.c", "[abc]", "a+", "(a)", "\\d", "^a$", "a|b"])
def test_other_signs_stand_for_themselves(pattern: str) -> None:
    assert wildcard_regex(pattern).fullmatch(pattern)
    assert not wildcard_regex(pattern).fullmatch("abc")


def test_many_stars_over_a_long_word_come_to_an_end() -> None:
    assert not wildcard_regex("*a" * 30 + "*b").fullmatch("a" * 64)
