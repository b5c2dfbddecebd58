from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from webui.text import counted, date_in_words, external_link, language_attributes, marked, readable_id, tied


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2008-11-05", "5 November 2008"),
        ("2008-11", "November 2008"),
        ("2008", "2008"),
        (None, "undated"),
        ("0999-01-31", "31 January 999"),
    ],
)
def test_dates_are_written_in_words_as_far_as_they_are_known(text: str | None, words: str):
    assert date_in_words(text) == words


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//host/x",
        "http://",
        "http://[",
        "",
        None,
    ],
)
def test_only_web_addresses_become_links(url: str | None):
    assert external_link(url) is None


def test_a_web_address_becomes_a_link():
    assert external_link("https://example.org/a?b=c") == "https://example.org/a?b=c"


def test_marks_stay_marks_and_entities_stay_entities():
    assert marked("a &amp; <mark>b</mark> &lt;i&gt;") == "a &amp; <mark>b</mark> &lt;i&gt;"


def test_a_tag_that_slipped_into_marked_text_is_shown_as_text():
    assert marked("<mark>a</mark><img src=x onerror=y>") == "<mark>a</mark>&lt;img src=x onerror=y&gt;"


@given(st.text())
def test_escaped_text_is_shown_as_it_was(text: str):
    shown = BeautifulSoup(f"<p>{marked(str(escape(text)))}</p>", "html.parser")
    assert len(shown.find_all(True)) == 1
    assert marked(str(escape(text))) == escape(text)


@pytest.mark.parametrize(
    ("language", "attributes"),
    [
        ("en", 'lang="en" dir="ltr"'),
        ("ar", 'lang="ar" dir="rtl"'),
        (None, 'dir="auto"'),
        ("und", 'dir="auto"'),
        ('" onclick="x', 'dir="auto"'),
    ],
)
def test_each_text_says_its_language_and_direction(language: str | None, attributes: str):
    assert language_attributes(language) == attributes


def test_the_dots_of_a_snippet_stay_beside_a_word():
    assert tied("… one … <mark>two</mark> …") == "…\xa0one … <mark>two</mark>\xa0…"


def test_numbers_agree_with_their_words():
    assert [counted(1, "document"), counted(1204, "document"), counted(2, "hit")] == [
        "1 document",
        "1,204 documents",
        "2 hits",
    ]


def test_an_id_is_readable_where_no_name_is_known():
    assert readable_id("judicial/law-enforcement") == "Law enforcement"
