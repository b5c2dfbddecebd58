"""What a text loses that is no part of it."""

from __future__ import annotations

import pytest

from crawler.extract.blocks import Block
from crawler.extract.headline import Headline
from crawler.extract.trimming import trim

TEXT = "The ministers met in the capital and spoke about trade."


def block(text, linked=0):
    return Block(text, "p", "p", linked, (), (0,))


@pytest.mark.parametrize(
    "line",
    [
        "Ministers meet",
        "November 5, 2008 - 10:30 a. m.",
        "Source: Xinhua, 2008-11-05",
        "发布时间：2008-11-05 来源：新华社",  # noqa: RUF001
        "Read more: Another meeting",
        "Related: Another meeting",
        "Comments",
        "责任编辑：宋岩",  # noqa: RUF001
    ],
)
def test_lines_beside_the_text_are_left_out(line):
    assert trim([line, TEXT], Headline(0, "Ministers meet"), [block("Ministers meet")]) == (TEXT,)


@pytest.mark.parametrize("line", ["Read more: Another meeting", "Last updated: November 6, 2008", "A link to a page"])
def test_lines_after_the_text_are_left_out(line):
    assert trim([TEXT, line], None, [block("A link to a page", linked=16)]) == (TEXT,)


@pytest.mark.parametrize(
    "line",
    [
        "The treaty was signed on November 5, 2008.",
        "下次会议将于2019年12月31日前举行。",
        "Readers will remember.",
        "(Xinhua News Agency November 5, 2008)",
    ],
)
def test_sentences_and_credits_stay(line):
    assert trim([TEXT, line, TEXT], None, []) == (TEXT, line, TEXT)


def test_a_text_of_nothing_else_stays():
    assert trim(["Comments"], None, []) == ("Comments",)
