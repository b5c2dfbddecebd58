"""Headlines, and titles made from a text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract import make_title, split_headline, split_paragraphs
from crawler.extract.title import TITLE_LENGTH

SEED = Path(__file__).parents[3] / "seeds/xinhua/000_6790f20684a683a5.txt"


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        ("Treaty signed in Lima\nThe treaty was signed.", "Treaty signed in Lima"),
        ("Treaty signed in Lima\n\nThe treaty was signed.", "Treaty signed in Lima"),
        ("中国与秘鲁签署引渡条约\n条约于周三签署。", "中国与秘鲁签署引渡条约"),
        ("The treaty was signed.\nIt was long.", None),
        ("“Was it signed?”\nNobody knew.", None),
        ("条约于周三签署。\n很长。", None),
        ("The treaty was signed by\nboth of them.", None),
        ("Two lines\nof one block\n\nThe treaty was signed.", None),
        ("Treaty signed in Lima", None),
        ("The treaty " * 20 + "\nIt was long.", None),
    ],
)
def test_a_short_first_line_without_final_punctuation_is_a_headline(text, headline):
    found, paragraphs = split_headline(text)
    assert found == headline
    assert paragraphs == (split_paragraphs(text)[1:] if headline else split_paragraphs(text))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("The treaty was signed on Wednesday. It was long.", "The treaty was signed on Wednesday"),
        ("Was the treaty signed on Wednesday? Yes.", "Was the treaty signed on Wednesday?"),
        ("Mr. Garcia signed the treaty at noon. It was long.", "Mr. Garcia signed the treaty at noon"),
        ("The U.S. and Peru signed the treaty. It was long.", "The U.S. and Peru signed the treaty"),
        ("Mr. President. I bring greetings from Lima. Thanks.", "Mr. President. I bring greetings from Lima"),
        ("12. The committee adopted the draft. It was long.", "The committee adopted the draft"),
        (
            "条约于周三在利马签署,双方代表出席了仪式,会议很成功并圆满结束了。第二句。",
            "条约于周三在利马签署,双方代表出席了仪式,会议很成功并圆满结束了",
        ),
        ("“We signed the treaty today.” He left.", "“We signed the treaty today”"),
        ("Yes", "Yes"),
        (
            "The two governments signed a treaty on extradition, which had been in the making for a good ten years.",
            "The two governments signed a treaty on extradition…",
        ),
        (
            "The governments signed the treaty about mutual legal help in criminal matters and of the third kind.",
            "The governments signed the treaty about mutual legal help in criminal matters…",
        ),
        ("In\nthis, my first statement, I speak. Then on.", "In this, my first statement, I speak"),
    ],
)
def test_a_title_is_made_from_the_first_sentence(text, title):
    assert make_title(split_paragraphs(text)) == title


def test_the_title_of_the_first_seed_reads_well():
    assert make_title(split_paragraphs(SEED.read_text("utf-8"))) == (
        "China on Wednesday said it will actively carry out military exchanges and defense dialogue…"
    )


@given(st.text(min_size=1))
def test_a_title_is_there_and_short_and_in_words_of_the_text(text):
    paragraphs = split_paragraphs(text)
    if not paragraphs:
        return
    title = make_title(paragraphs)
    assert title.strip()
    assert len(title) <= TITLE_LENGTH + 1
