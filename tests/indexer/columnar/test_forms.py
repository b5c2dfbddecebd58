"""Forms that fit patterns and forms a few letters off are those that looking at each would find."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from indexer.columnar import forms as forms_module
from indexer.columnar.forms import Forms
from indexer.columnar.strings import StringTable, bounds
from indexer.query.match import wildcard_regex

words = st.sets(st.text("abñ引𠀀", min_size=1, max_size=6), max_size=40)


def forms_of(words: set[str]) -> tuple[list[str], Forms]:
    ordered = sorted(words, key=str.encode)
    packed = [word.encode() for word in ordered]
    starts = bounds(np.array(list(map(len, packed)), np.intp))
    return ordered, Forms(StringTable(starts, np.frombuffer(b"".join(packed), np.uint8)))


@pytest.mark.parametrize("few", [0, 4096])
@given(words=words, pattern=st.text("abñ引𠀀*?", min_size=1, max_size=7))
@example(words={"a", "aa", "aaa"}, pattern="a*a")  # beginning and end must not be the same letter
@example(words={"ab", "ba"}, pattern="*bb*")  # two forms side by side have it across them
@example(words={"ab引", "引bab"}, pattern="*引引*")
@example(words={"aaaaa", "a𠀀𠀀𠀀"}, pattern="?*aaaa*")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_patterns_fit_as_the_regular_expression_says(
    monkeypatch: pytest.MonkeyPatch, few: int, words: set[str], pattern: str
) -> None:
    monkeypatch.setattr(forms_module, "_FEW", few)
    ordered, forms = forms_of(words)
    expected = [number for number, word in enumerate(ordered) if wildcard_regex(pattern).fullmatch(word)]
    assert forms.fitting(pattern).tolist() == expected


@given(words, st.text("abñ引𠀀", min_size=1, max_size=6), st.integers(1, 2))
def test_forms_near_a_word_are_all_that_the_distance_says(words: set[str], word: str, edits: int) -> None:
    _, forms = forms_of(words)
    expected = {form: OSA.distance(word, form) for form in words if OSA.distance(word, form) <= edits}
    assert {near.form: near.off for near in forms.near(word, edits)} == expected
