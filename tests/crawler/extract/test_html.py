"""A document from an HTML page."""

from __future__ import annotations

import pytest

from crawler.errors import ExtractionError
from crawler.extract.extract import extract
from crawler.extract.page import Hints, Page
from crawler.source import Selectors

TEXT = (
    "The ministers met in the capital and spoke about trade, culture, the courts and the work of the two embassies; "
    "they will meet again when the treaty has been ratified by both parliaments.",
    "They recalled that the two countries have had diplomatic relations for fifty years, and that each of them is now "
    "among the ten largest partners of the other in trade and in the exchange of students.",
    "Both sides will open new consulates.",
)
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in TEXT)
PAGE = (
    "<html lang='en'><head><title>Ministers meet in Lima - Ministry of Foreign Affairs</title>"
    "<meta name='author' content='Ana Ruiz'>"
    "<link rel='canonical' href='/news/lima'></head><body><nav><a href='/'>Home</a> <a href='/about'>About</a></nav>"
    f"<h1>Ministers meet in Lima</h1><p class='date'>November 5, 2008</p><div id='text'>{BODY}</div>"
    "<div class='related'><h3>Related</h3><ul><li><a href='/a'>Minister leaves for Peru</a></li></ul></div>"
    "<footer>Copyright 2010 Ministry</footer></body></html>"
)
URL = "https://www.example.gov/news/lima?utm_source=feed"


def extracted(html, hints=None, **page):
    return extract(Page(html.encode(), **page), hints or Hints())


def test_all_fields_of_a_page_are_found():
    found = extracted(PAGE, url=URL)
    assert (found.title, found.paragraphs, str(found.date)) == ("Ministers meet in Lima", TEXT, "2008-11-05")
    assert (found.language, found.url) == ("en", "https://www.example.gov/news/lima")
    assert (found.author, found.charset, found.pages) == ("Ana Ruiz", "utf-8", ())


def test_selectors_decide_title_text_date_and_author():
    html = (
        "<html><body><h1>Site</h1><div class='t'>The title</div><b class='d'>05/11/2008</b><i class='a'>Ana Ruiz</i>"
        "<div class='x'><p>One.</p><p>Two.<span class='ad'>Buy!</span></p><ul><li>Three</li></ul></div></body></html>"
    )
    selectors = Selectors(title=".t", body=".x", date=".d", author=".a", drop=(".ad",))
    found = extracted(html, Hints(selectors, date_format="%m/%d/%Y"))
    assert (found.title, found.paragraphs) == ("The title", ("One.", "Two.", "Three"))
    assert (str(found.date), found.author) == ("2008-05-11", "Ana Ruiz")


def test_a_date_selector_takes_the_machine_readable_date():
    html = PAGE.replace("<p class='date'>November 5, 2008</p>", "<time datetime='2008-11-06'>yesterday</time>")
    assert str(extracted(html, Hints(Selectors(date="time"))).date) == "2008-11-06"


def test_selectors_that_find_nothing_leave_the_general_rules():
    hints = Hints(Selectors(title=".no", body=".no", date=".no", author=".no", drop=(".no",)))
    assert extracted(PAGE, hints, url=URL) == extracted(PAGE, url=URL)


def test_what_is_dropped_is_not_in_the_text_of_the_general_rules():
    found = extracted(PAGE, Hints(Selectors(drop=("#text p:last-child",))))
    assert TEXT[2] not in found.paragraphs


def test_one_body_inside_another_counts_once():
    found = extracted(PAGE, Hints(Selectors(body="#text, #text p")))
    assert found.paragraphs == TEXT


def test_a_body_in_gb2312_is_read():
    text = "外交部长会见加勒比国家外长，双方就贸易、文化以及国际机构改革等问题交换了意见。" * 3  # noqa: RUF001
    head = "<head><meta charset='gb2312'><title>会见外长</title></head>"
    html = f"<html>{head}<body><h1>会见外长</h1><p>{text}</p></body></html>"
    found = extract(Page(html.encode("gb18030")))
    assert (found.title, found.paragraphs, found.language) == ("会见外长", (text,), "zh")


def test_lists_headings_and_rows_of_tables_are_paragraphs():
    more = "<h2>The points</h2><ul><li>First point</li></ul><table><tr><td>A</td><td>1</td></tr></table>"
    html = f"<div id='text'>{BODY}{more}"
    found = extracted(html, Hints(Selectors(body="#text")))
    assert found.paragraphs[3:] == ("The points", "First point", "A 1")


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("", "nothing in it"),
        ("<html><body></body></html>", "no text found"),
        ("<html><frameset><frame src='main.htm'></frameset></html>", "frames"),
        ("<html><body><div id='root'></div><script>draw()</script></body></html>", "scripts"),
        ("<!-- nothing -->", "empty"),
    ],
)
def test_a_page_without_text_says_why(html, reason):
    with pytest.raises(ExtractionError, match=reason):
        extracted(html)


def test_a_page_without_headline_and_title_gets_one_from_its_text():
    assert extracted(f"<body>{BODY}</body>").title.startswith("The ministers met in the capital")


@pytest.mark.parametrize("media_type", ["image/png", "application/zip", ""])
def test_other_kinds_are_refused_with_a_reason(media_type):
    with pytest.raises(ExtractionError, match="can't be read"):
        extract(Page(b"\x89PNG", media_type=media_type))


def test_a_page_sent_as_a_download_is_still_a_page():
    assert extract(Page(PAGE.encode(), media_type="application/octet-stream")).paragraphs == TEXT


@pytest.mark.parametrize("between", ["<br><br>", "<br />\n&nbsp;<BR>", "<br>\u3000\u3000"])
def test_paragraphs_that_only_line_breaks_part_stay_apart(between):
    html = f"<html><body><h1>Ministers meet in Lima</h1><div>{between.join(TEXT)}</div></body></html>"
    assert extracted(html).paragraphs == TEXT
