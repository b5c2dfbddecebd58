"""PDFs: printed pages become the paragraphs that their author wrote."""

from __future__ import annotations

import io
import time
from dataclasses import replace

import pytest
from pypdf import PdfWriter
from pypdf.generic import NameObject

from crawler.document import DatePrecision
from crawler.errors import ExtractionError
from crawler.extract import pdf_lines
from crawler.extract.page import Extracted, Hints, Page
from crawler.extract.pdf import extract_pdf
from tests.crawler.extract.pdfs import Put, column, make_pdf

PARAGRAPHS = """The two sides signed a treaty on extradition in Beijing, and agreed
that each will surrender persons who are wanted by the other for
crimes which both punish with a year in prison or more.

They also agreed to meet every year, and to speed up requests for
judicial assistance, which took eleven months on average until now.
"""
FIRST = (
    "The two sides signed a treaty on extradition in Beijing, and agreed that each will surrender persons who are "
    "wanted by the other for crimes which both punish with a year in prison or more."
)
SECOND = (
    "They also agreed to meet every year, and to speed up requests for judicial assistance, which took eleven months "
    "on average until now."
)


def _other(number: int) -> str:
    """The text with other words in each line, as pages have."""
    word = "abcdefgh"[number // 8] + "abcdefgh"[number % 8]
    return "\n".join(line.replace(" ", f" {word} ", 1) for line in PARAGRAPHS.split("\n"))


def _extract(*pages: list[Put], hints: Hints = Hints(), url: str | None = None, **properties: str) -> Extracted:  # noqa: B008
    return extract_pdf(Page(make_pdf(*pages, **properties), url, "application/pdf"), hints)


def test_lines_become_paragraphs():
    assert _extract(column(PARAGRAPHS)).paragraphs == (FIRST, SECOND)


def test_an_indent_begins_a_paragraph():
    lines = column(PARAGRAPHS.replace("\n\n", "\n"))
    lines[3] = replace(lines[3], x=90)
    assert _extract(lines).paragraphs == (FIRST, SECOND)


def test_each_paragraph_has_its_page():
    assert _extract(column(_other(1)), column(_other(2))).pages == (1, 1, 2, 2)


def test_a_paragraph_that_a_page_break_cuts_is_one_and_stands_where_it_begins():
    first, second = column(PARAGRAPHS)[:2], column(PARAGRAPHS)[2:]
    found = _extract(first, second)
    assert (found.paragraphs, found.pages) == ((FIRST, SECOND), (1, 2))


def test_running_heads_and_page_numbers_are_dropped():
    head = Put("Ministry of Foreign Affairs", 800)
    pages = [[head, *column(_other(number)), Put(f"- {number} -", 40)] for number in range(1, 6)]
    assert len(_extract(*pages).paragraphs) == 10


def test_heads_that_change_with_the_chapter_are_dropped_by_their_page_number():
    pages = [[Put(f"Chapter {'ABCDE'[number]} {number + 4}", 800), *column(_other(number))] for number in range(5)]
    assert len(_extract(*pages).paragraphs) == 10


def test_a_line_that_is_repeated_inside_the_text_stays():
    pages = [column(_other(number).replace("\n\n", "\n\nArticle.\n\n")) for number in range(3)]
    assert _extract(*pages).paragraphs.count("Article.") == 3


def test_a_word_that_the_end_of_a_line_cuts_is_put_together_where_the_document_has_it():
    text = "The treaty covers extradition of all kinds of persons, and so extra-\ndition is what it is about here."
    assert "and so extradition is" in _extract(column(text)).paragraphs[0]


def test_a_hyphen_stays_where_the_document_does_not_have_the_word():
    text = "The ministers signed an agreement on the matter of anti-\ncorruption in the capital."
    assert "anti-corruption" in _extract(column(text)).paragraphs[0]


def test_items_of_a_list_are_paragraphs():
    text = "It has three parts:\n1. extradition of persons\n2. judicial assistance\n(a) in criminal matters"
    assert len(_extract(column(text)).paragraphs) == 4


def test_two_columns_are_read_one_after_the_other():
    left, right = PARAGRAPHS.split("\n\n")
    assert _extract([*column(left), *column(right, x=330)]).paragraphs == (FIRST, SECOND)


def test_the_largest_lines_of_the_first_page_are_the_title():
    title = [Put("Cooperation between China", 780, size=20), Put("and Latin America", 756, size=20)]
    found = _extract([*title, *column(PARAGRAPHS)])
    assert found.title == "Cooperation between China and Latin America"
    assert found.paragraphs == (FIRST, SECOND)


def test_a_declared_title_counts_where_the_first_page_says_it():
    page = [Put("WHITE PAPER ON EXTRADITION", 780), *column(PARAGRAPHS)]
    assert _extract(page, title="White Paper on Extradition").title == "White Paper on Extradition"


@pytest.mark.parametrize("title", ["Microsoft Word - paper.doc", "Untitled", "D:\\x\\paper.indd", "Tourism in Peru"])
def test_a_declared_title_that_is_junk_does_not_count(title):
    assert _extract([Put("On Extradition", 780, size=18), *column(PARAGRAPHS)], title=title).title == "On Extradition"


def test_without_any_title_the_first_sentence_makes_one():
    assert _extract(column(PARAGRAPHS)).title.startswith("The two sides signed a treaty on extradition")


def test_the_date_is_the_one_near_the_title():
    head = [Put("White Paper on Extradition", 780, size=18), Put("Beijing, November 5, 2008", 750)]
    found = _extract([*head, *column(PARAGRAPHS)])
    assert (str(found.date), found.date and found.date.precision) == ("2008-11-05", DatePrecision.DAY)


def test_the_day_on_which_the_file_was_made_is_no_date():
    assert _extract(column(PARAGRAPHS)).date is None


def test_a_sources_format_reads_its_dates():
    page = [Put("White Paper", 780, size=18), Put("05.11.08 / MFA", 750), *column(PARAGRAPHS)]
    assert str(_extract(page, hints=Hints(date_format="%d.%m.%y / MFA")).date) == "2008-11-05"


def test_the_language_is_told():
    assert _extract(column(PARAGRAPHS)).language == "en"


# --- files that can't be read


def _refused(body: bytes) -> str:
    with pytest.raises(ExtractionError) as caught:
        extract_pdf(Page(body, media_type="application/pdf"))
    return caught.value.reason


def test_a_file_without_text_may_be_a_scan():
    assert _refused(make_pdf([])) == "no text in it (a scan?)"


def test_a_file_with_a_password_says_so():
    assert "password" in _refused(make_pdf(column(PARAGRAPHS), password="secret"))


@pytest.mark.parametrize("body", [b"", b"%PDF-1.4", b"%PDF-1.4\n" + b"garbage " * 500, b"not a PDF at all"])
def test_a_malformed_file_is_told(body):
    assert _refused(body).startswith(("not a sound PDF", "no text in it"))


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.9])
def test_a_file_that_is_cut_off_ends_in_text_or_in_an_error(cut):
    body = make_pdf(column(PARAGRAPHS), column(PARAGRAPHS))
    try:
        found = extract_pdf(Page(body[: int(len(body) * cut)], media_type="application/pdf"))
    except ExtractionError:
        return
    assert FIRST in found.paragraphs


def test_a_bomb_is_not_unpacked():
    writer = PdfWriter(clone_from=_stream(make_pdf(column(PARAGRAPHS))))
    contents = writer.pages[0].get_contents()
    assert contents is not None
    contents.set_data(b"BT /F1 11 Tf (x) Tj ET " * 4_000_000)
    bomb = contents.flate_encode()
    writer.pages[0][NameObject("/Contents")] = writer._add_object(bomb)
    target = _stream(b"")
    writer.write(target)
    assert "no text" in _refused(target.getvalue()) or "not a sound PDF" in _refused(target.getvalue())


def test_the_time_for_a_file_is_bounded(monkeypatch):
    monkeypatch.setattr(pdf_lines, "MAX_SECONDS", -1.0)
    assert "more time" in _refused(make_pdf(column(PARAGRAPHS)))


def test_what_was_read_before_the_time_was_over_is_kept(monkeypatch):
    ticks = iter([0.0, *[1.0] * 100])
    monkeypatch.setattr(pdf_lines.time, "monotonic", lambda: next(ticks, time.time()))
    monkeypatch.setattr(pdf_lines, "MAX_SECONDS", 5.0)
    found = _extract(*[column(_other(number)) for number in range(40)])
    assert found.paragraphs[0].startswith("The aa two sides signed")
    assert found.paragraphs[-1].startswith("[Only the first")


def test_pages_beyond_the_limit_are_left_out(monkeypatch):
    monkeypatch.setattr(pdf_lines, "MAX_PAGES", 2)
    found = _extract(*[column(_other(number)) for number in range(4)])
    assert (set(found.pages), found.paragraphs[-1]) == ({1, 2}, "[Only the first 2 of 4 pages were read.]")


def _stream(content: bytes) -> io.BytesIO:
    return io.BytesIO(content)
