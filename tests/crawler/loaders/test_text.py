"""``.txt``: a file is a document."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler import LoadError
from crawler.loaders.text import read_text

SEED = Path(__file__).parents[3] / "seeds/xinhua/000_6790f20684a683a5.txt"


def test_the_first_seed_is_read_whole():
    (parsed,) = read_text(SEED)
    assert parsed.body == SEED.read_bytes()
    assert len(parsed.paragraphs) == 13
    assert parsed.paragraphs[-1] == "(Xinhua News Agency November 5, 2008)"
    assert (str(parsed.date), parsed.date.basis) == ("2008-11-05", "text")


def test_a_headline_is_the_title_and_no_paragraph(write):
    (parsed,) = read_text(write("a.txt", "Treaty signed\n\nIt was signed."))
    assert (parsed.title, parsed.paragraphs) == ("Treaty signed", ("It was signed.",))


def test_a_text_without_a_credit_line_has_no_date(write):
    (parsed,) = read_text(write("a.txt", "It was signed in 2008."))
    assert parsed.date is None


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no text in it"),
        (b" \n\n\t\n", "no text in it"),
        (b"\x89PNG\0\0", "binary"),
        (b"a\0b", "binary"),
        (b"\xff\xfb\xff", "the character set can't be told"),
    ],
)
def test_a_file_that_is_no_text_is_told(write, content, reason):
    path = write("a.txt", content)
    with pytest.raises(LoadError) as caught:
        list(read_text(path))
    assert str(caught.value).startswith(f"{path}: ")
    assert reason in str(caught.value)
