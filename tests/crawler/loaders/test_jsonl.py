"""``.jsonl``: a line is a document."""

from __future__ import annotations

import json

import pytest

from crawler import LoadError
from crawler.loaders.jsonl import read_jsonl


@pytest.fixture
def read_one(write_lines):
    """What one line is read as."""

    def read_one(**fields):
        (item,) = read_jsonl(write_lines("a.jsonl", fields))
        return item

    return read_one


def test_a_line_gives_all_that_it_says(read_one):
    parsed = read_one(
        id="ARG-55",
        url="https://example.org/a",
        title=" A  title ",
        text="One.\n\nTwo.",
        date="2000",
        source="un",
        language="es",
    )
    assert (parsed.id, parsed.url, parsed.title) == ("ARG-55", "https://example.org/a", "A title")
    assert (parsed.paragraphs, str(parsed.date), parsed.date.basis) == (("One.", "Two."), "2000", "given")
    assert (parsed.source, parsed.language, parsed.line) == ("un", "es", 1)


def test_a_text_without_blank_lines_has_a_paragraph_a_line(read_one):
    assert read_one(title="T", text="One.\nTwo.").paragraphs == ("One.", "Two.")


def test_keys_that_are_not_known_stay_in_the_bytes(read_one):
    parsed = read_one(title="T", text="One.", country="Peru", session=55)
    assert json.loads(parsed.body)["session"] == 55


@pytest.mark.parametrize("title", [{}, {"title": ""}, {"title": " "}, {"title": None}])
def test_a_missing_title_is_made_from_the_text(read_one, title):
    parsed = read_one(text="The treaty was signed today. It was long.", **title)
    assert (parsed.title, len(parsed.paragraphs)) == ("The treaty was signed today", 1)


def test_a_headline_in_the_text_is_the_missing_title(read_one):
    parsed = read_one(text="Treaty signed\n\nIt was signed.")
    assert (parsed.title, parsed.paragraphs) == ("Treaty signed", ("It was signed.",))


def test_a_title_alone_is_a_document(read_one):
    parsed = read_one(title="Treaty signed")
    assert (parsed.title, parsed.paragraphs) == ("Treaty signed", ())


def test_a_credit_line_dates_a_line_without_a_date(read_one):
    assert str(read_one(title="T", text="It was.\n\n(Xinhua November 5, 2008)").date) == "2008-11-05"


def test_a_given_date_goes_before_the_credit_line(read_one):
    assert str(read_one(title="T", text="It was.\n\n(Xinhua November 5, 2008)", date="2009").date) == "2009"


@pytest.mark.parametrize("id", ["1", "ARG_55_2000", "a.b", "MED-10", "é", "x" * 200, "a?b#c%"])
def test_an_id_is_kept_as_it_is(read_one, id):
    assert read_one(id=id, title="T").id == id


@pytest.mark.parametrize("id", ["", "a b", "a/b", "a\\b", "a\nb", "a\x7f", "\u200bx", ".", "..", "x" * 201, "a\u00a0b"])
def test_an_id_that_cannot_stand_in_an_address_is_told(read_one, id):
    assert "can't stand in an address" in str(read_one(id=id, title="T"))


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({}, 'neither "title" nor "text" has any words'),
        ({"title": " ", "text": "\n"}, 'neither "title" nor "text"'),
        ({"title": 5}, '"title" must be text in quotes, not 5'),
        ({"title": "T", "text": ["One."]}, '"text" must be text in quotes, not ["One."]'),
        ({"id": 7, "title": "T"}, '"id" must be text in quotes, not 7'),
        ({"title": "T", "date": 2008}, '"date" must be text in quotes, not 2008'),
        ({"title": "T", "date": "5.11.2008"}, '"date": "5.11.2008" is not a date: write 2008, 2008-11 or 2008-11-05'),
        ({"title": "T", "date": "2008-02-30"}, '"date": "2008-02-30" is not a day of the calendar'),
        ({"title": "T", "language": "English"}, '"language" "English" is not a language code'),
        ({"title": "T", "source": "UN News"}, '"source" "UN News": write small letters'),
        ({"title": "T", "url": "javascript:alert(1)"}, "is not a web address"),
        ({"title": "T", "url": "https://a b"}, "is not a web address"),
        ({"title": "\ud800"}, '"title" has half of a character'),
    ],
)
def test_a_wrong_field_is_told(read_one, fields, reason):
    assert reason in str(read_one(**fields))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"title": "T"', "not JSON: Expecting ',' delimiter at character 14"),
        (b"<html>", "not JSON"),
        (b'["T"]', "not a JSON object"),
        (b'{"title": "Se\xf1or"}', "byte 13 (0xf1)"),
        (b'{"a": ' + b"[" * 100_000, "nested too deeply"),
        (b'{"a": ' + b"1" * 5000 + b"}", "digits"),
        (b'{"title":"' + b"x" * (16 * 2**20) + b'"}', "more than 16 MB in one line"),
    ],
)
def test_a_bad_line_is_told_with_its_number_and_the_rest_goes_on(write, line, reason):
    path = write("a.jsonl", b'{"title": "A"}\n' * 6 + line + b'\n{"title": "B"}\n')
    items = list(read_jsonl(path))
    assert [type(item).__name__ for item in items] == ["Parsed"] * 6 + ["LoadError", "Parsed"]
    error = items[6]
    assert isinstance(error, LoadError)
    assert (error.path, error.line) == (str(path), 7)
    assert reason in error.reason


def test_empty_lines_and_a_byte_order_mark_are_passed_over(write):
    items = list(read_jsonl(write("a.jsonl", b'\xef\xbb\xbf{"title": "A"}\n\n  \n{"title": "B"}')))
    assert [(item.title, item.line) for item in items] == [("A", 1), ("B", 4)]
