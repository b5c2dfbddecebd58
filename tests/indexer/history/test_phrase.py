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


def test_a_phrase_goes_on_over_passages_as_a_search_has_it():
    found = WrittenPhrase("joint statement of ports").places(
        document("Of it.", "A joint", "* * *", "statement of", "ports.")
    )
    assert [place.passage for place in found] == [2, 4, 5]


def test_a_title_does_not_go_on_in_the_text():
    assert WrittenPhrase("joint statement").places(document("statement", title="A joint")) == []


def test_a_pattern_is_found_by_any_of_its_parts():
    found = WrittenPhrase("m?n*er of").places(
        document("The min-\nister.", "None.", "A manager of ports.", "Ministers, of")
    )
    assert [(place.passage, place.ranges) for place in found] == [(3, ((2, 12),))]


@given(st.lists(st.text(st.sampled_from("abcABCéœﬁЙñ.,'’- *\u00ad\u0301中1"), max_size=12), max_size=4))
@settings(max_examples=300)
def test_the_quick_look_never_misses_what_the_slow_one_finds(texts):
    words = [token.exact for text in texts for token in tokenize(text)]
    for size in (1, 2, 3):
        for at in range(len(words) - size + 1):
            phrase = WrittenPhrase(" ".join(words[at : at + size]))
            marked = mark_passages(texts, "en", [phrase.leaf], {})
            expected = [(passage.number, passage.ranges) for passage in marked if passage.ranges]
            assert [(place.passage, place.ranges) for place in phrase.places(document(*texts))] == expected
