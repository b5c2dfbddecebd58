from __future__ import annotations

import pytest

from crawler.errors import ExtractionError
from crawler.extract.page import Hints, Page
from crawler.extract.plain import extract_plain

TEXT = "Statement on extradition\n\nBeijing, November 5, 2008\n\nThe two sides signed a treaty on extradition.\n"


def _page(text: str, codec: str = "utf-8", charset: str | None = None) -> Page:
    return Page(text.encode(codec), media_type="text/plain", charset=charset)


def test_the_headline_is_the_title_and_the_rest_the_text():
    found = extract_plain(_page(TEXT))
    assert (found.title, len(found.paragraphs)) == ("Statement on extradition", 2)


def test_the_date_is_the_one_near_the_headline():
    assert str(extract_plain(_page(TEXT)).date) == "2008-11-05"


def test_the_headers_character_set_is_used():
    found = extract_plain(_page("关于引渡条约的声明\n\n两国外交部长今天签署了引渡条约。", "gbk", "gb2312"))
    assert (found.title, found.charset) == ("关于引渡条约的声明", "gb18030")


def test_a_hint_tells_the_language_of_a_short_text():
    assert extract_plain(_page("Nota."), Hints(language="es")).language == "es"


@pytest.mark.parametrize("body", [b"", b" \n ", b"\0\1\2"])
def test_what_has_no_text_is_refused(body):
    with pytest.raises(ExtractionError):
        extract_plain(Page(body, media_type="text/plain"))
