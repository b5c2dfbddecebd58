"""From text to paragraphs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract import split_paragraphs


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("One.\nTwo.\nThree.", ("One.", "Two.", "Three.")),
        ("One\nwrapped.\n\nTwo.", ("One wrapped.", "Two.")),
        ("One.\r\n\r\nTwo\r\nwrapped.\r\n", ("One.", "Two wrapped.")),
        ("One.\n \t \n\n\nTwo.", ("One.", "Two.")),
        ("\n\nOne.\nTwo.\n\n", ("One.", "Two.")),
        ("  One\u00a0 \t two. \n", ("One two.",)),
        ("One.\n\u200b\nTwo.", ("One.", "Two.")),
        ("a\x01b\x7f", ("ab",)),
        ("", ()),
        (" \n\n \n", ()),
    ],
)
def test_text_is_split(text, paragraphs):
    assert split_paragraphs(text) == paragraphs


@given(st.text())
def test_no_paragraph_is_empty_or_has_loose_space(text):
    for paragraph in split_paragraphs(text):
        assert paragraph
        assert paragraph == " ".join(paragraph.split())


@given(st.text(st.characters(categories=["L", "N", "Z"], include_characters="\n")))
def test_no_word_is_lost(text):
    assert " ".join(split_paragraphs(text)).split() == text.split()
