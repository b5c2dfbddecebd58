"""Where a phrase stands, and the quick look that saves the slow one."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler import Document
from indexer.analysis import tokenize
from indexer.history.phrase import Place, WrittenPhrase
from indexer.marking import mark_passages

NOW = datetime(2015, 3, 1, tzinfo=UTC)


def document(*paragraphs: str, title: str = "") -> Document:
    return Document("d", "ministry", None, title, paragraphs, None, "en", 1, NOW)


def test_places_are_in_the_title_and_in_passages():
    found = WrittenPhrase("joint statement").places(document("A joint statement.", "None.", title="Joint statement"))
    assert found == [Place(0, ((0, 15),)), Place(1, ((2, 17),))]


def test_words_of_the_phrase_apart_from_each_other_are_no_place():
    assert WrittenPhrase("joint statement").places(document("A joint and short statement.")) == []


def test_quotation_marks_around_a_phrase_say_nothing():
    assert WrittenPhrase(" “joint  statement” ").text == "joint statement"


@given(st.text(st.sampled_from("abcABCéœﬁЙñ.,'’- \u00ad\u0301中1")))
@settings(max_examples=300)
def test_the_quick_look_never_misses_what_the_slow_one_finds(text):
    words = [token.exact for token in tokenize(text)]
    for size in (1, 2):
        for at in range(len(words) - size + 1):
            phrase = WrittenPhrase(" ".join(words[at : at + size]))
            (marked,) = mark_passages([text], "en", [phrase.leaf], {})
            assert not marked.ranges or phrase.may_be_in(document(text))
