"""Edits between two texts, word by word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.history.edits import PieceChange, pieces
from indexer.history.tokens import Coded, joined, similarity, written

LOOKS = {PieceChange.SAME: "{}", PieceChange.REMOVED: "[-{}-]", PieceChange.ADDED: "{{+{}+}}"}
TEXTS = st.text(st.sampled_from(list("ab  .,中引’é-\n")), max_size=30)


def edited(old: str, new: str) -> str:
    return "".join(LOOKS[piece.change].format(piece.text) for piece in pieces(written(old), written(new)))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("signed on three ports.", "signed on four ports.", "signed on [-three-]{+four+} ports."),
        ("They met.", "They met in Lima.", "They met {+in Lima+}."),
        ("They met in Lima.", "They met.", "They met [-in Lima-]."),
        ("the same", "the  same\n", "the same"),
        ("One China", "one China", "[-One-]{+one+} China"),
        ("trade , ports", "trade, ports", "trade, ports"),
        (
            "a co-operation of 2,500 states",
            "a cooperation of 2,600 states",
            "a [-co-operation-]{+cooperation+} of [-2,500-]{+2,600+} states",
        ),
        ("双方加强合作。", "双方进一步加强合作。", "双方{+进一步+}加强合作。"),
        ("It rained. They met.", "They met.", "[-It rained. -]They met."),
        ("(old and new)", "(new)", "([-old and -]new)"),
        ("", "new", "{+new+}"),
        ("", "", ""),
    ],
)
def test_an_edit_is_whole_words(old, new, expected):
    assert edited(old, new) == expected


def test_a_sentence_that_is_added_is_added_as_a_whole():
    old, new = "They met. It rained.", "They met. They spoke. It rained."
    assert edited(old, new) == "They met. {+They spoke.+} It rained."


def test_few_words_kept_between_larger_edits_are_part_of_one_edit():
    old = "ministers of both countries signed the treaty in Lima"
    new = "delegates from all states praised the long partnership with Peru"
    assert edited(old, new) == f"[-{old}-]{{+{new}+}}"


def test_the_end_of_a_sentence_holds_edits_apart():
    old = "They keep to the principle. They oppose interference."
    new = "They keep to the principle and the statement. They support each other."
    expected = "They keep to the principle {+and the statement+}. They [-oppose interference-]{+support each other+}."
    assert edited(old, new) == expected


@given(TEXTS, TEXTS)
def test_the_pieces_are_the_older_text_without_what_was_added_and_the_newer_without_what_was_removed(old, new):
    found = pieces(written(old), written(new))
    before = "".join(piece.text for piece in found if piece.change is not PieceChange.ADDED)
    after = "".join(piece.text for piece in found if piece.change is not PieceChange.REMOVED)
    assert ("".join(before.split()), "".join(after.split())) == ("".join(old.split()), "".join(new.split()))


@given(TEXTS)
def test_words_are_the_text_but_for_how_much_white_space_there_is(text):
    assert joined(written(text)) == " ".join(text.split())


@given(TEXTS, TEXTS)
def test_words_as_characters_are_equal_where_the_words_are(one, other):
    codes: dict[str, str] = {}
    same = Coded([one], codes).code(0) == Coded([other], codes).code(0)
    assert same is ([word for word, _ in written(one)] == [word for word, _ in written(other)])


def test_similarity_is_the_part_of_words_and_signs_in_common():
    assert similarity("one two three four", "one two five four") == 0.75
