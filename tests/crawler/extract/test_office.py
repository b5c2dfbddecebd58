"""DOCX: what its author wrote, and nothing of what a file can hide."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import TYPE_CHECKING

import docx
import pytest
from docx.oxml import parse_xml

from crawler.errors import ExtractionError
from crawler.extract import office
from crawler.extract.office import MEDIA_TYPE, extract_docx
from crawler.extract.page import Extracted, Page

if TYPE_CHECKING:
    from docx.document import Document

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TEXT = "The two sides signed a treaty on extradition in Beijing, and agreed to meet every year."


def _docx(write: Callable[[Document], object]) -> bytes:
    document = docx.Document()
    write(document)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _extract(write: Callable[[Document], object]) -> Extracted:
    return extract_docx(Page(_docx(write), media_type=MEDIA_TYPE))


def _refused(body: bytes) -> str:
    with pytest.raises(ExtractionError) as caught:
        extract_docx(Page(body, media_type=MEDIA_TYPE))
    return caught.value.reason


def _with_part(body: bytes, name: str, content: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return target.getvalue()


def _paper(document: Document) -> None:
    document.add_heading("White Paper on Extradition", 0)
    document.add_paragraph("Beijing, November 5, 2008")
    document.add_heading("I. Cooperation", 1)
    document.add_paragraph(TEXT)


def test_headings_and_paragraphs_are_the_text():
    assert _extract(_paper).paragraphs == ("Beijing, November 5, 2008", "I. Cooperation", TEXT)


def test_the_title_is_the_paragraph_in_the_style_of_one():
    assert _extract(_paper).title == "White Paper on Extradition"


def test_the_date_is_the_one_near_the_title():
    assert str(_extract(_paper).date) == "2008-11-05"


def test_the_day_on_which_the_file_was_saved_is_no_date():
    assert _extract(lambda document: document.add_paragraph(TEXT)).date is None


def test_a_declared_title_counts_where_the_text_says_it():
    def write(document: Document) -> None:
        document.core_properties.title = "On Extradition"
        document.add_paragraph("ON EXTRADITION")
        document.add_paragraph(TEXT)

    found = _extract(write)
    assert (found.title, found.paragraphs) == ("On Extradition", (TEXT,))


def test_a_title_left_over_from_another_file_does_not_count():
    def write(document: Document) -> None:
        document.core_properties.title = "Minutes of the Budget Committee"
        document.add_paragraph("On Extradition")
        document.add_paragraph(TEXT)

    assert _extract(write).title == "On Extradition"


def test_a_row_of_a_table_is_a_paragraph_where_the_table_stands():
    def write(document: Document) -> None:
        document.add_paragraph("Before the table.")
        table = document.add_table(2, 2)
        for cell, text in zip((cell for row in table.rows for cell in row.cells), "abcd", strict=True):
            cell.text = text
        document.add_paragraph("After the table.")

    assert _extract(write).paragraphs == ("Before the table.", "a | b", "c | d", "After the table.")


def _raw(markup: str) -> tuple[str, ...]:
    def write(document: Document) -> None:
        document.add_paragraph("One thing is said first.")
        document.element.body.insert(1, parse_xml(markup.replace("<w:p>", f"<w:p {_W}>", 1)))

    return _extract(write).paragraphs[1:]


def test_inserted_text_is_read_and_struck_text_is_not():
    markup = (
        "<w:p><w:r><w:t>It was </w:t></w:r><w:ins><w:r><w:t>signed</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>refused</w:delText></w:r></w:del></w:p>"
    )
    assert _raw(markup) == ("It was signed",)


def test_text_in_a_content_control_is_read():
    markup = f"<w:sdt {_W}><w:sdtContent><w:p><w:r><w:t>In a form.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    assert _raw(markup) == ("In a form.",)


def test_tabs_and_breaks_divide_words():
    assert _raw("<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>") == ("a b c",)


# --- files that can't be read


def test_a_file_without_text_says_so():
    assert _refused(_docx(lambda _: None)) == "no text in it"


@pytest.mark.parametrize("body", [b"", b"PK\x03\x04 cut off", b"no zip at all"])
def test_a_malformed_file_is_told(body):
    assert _refused(body).startswith("not a sound DOCX")


def test_a_zip_of_something_else_is_told():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("readme.txt", "x")
    assert _refused(target.getvalue()).startswith("not a sound DOCX")


def test_a_bomb_is_refused_unpacked(monkeypatch):
    monkeypatch.setattr(office, "MAX_XML", 1_000_000)
    bomb = _with_part(_docx(_paper), "word/document.xml", b"<w/>" + b" " * 2_000_000)
    assert _refused(bomb) == "too large when unpacked"


def test_too_many_parts_are_refused(monkeypatch):
    monkeypatch.setattr(office, "MAX_PARTS", 3)
    assert _refused(_docx(_paper)) == "too large when unpacked"


@pytest.mark.parametrize(
    "entity", ['<!ENTITY x SYSTEM "file:///etc/passwd">', '<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;">']
)
def test_entities_are_refused(entity):
    body = f'<?xml version="1.0"?><!DOCTYPE w [{entity}]><w:document {_W}><w:body/></w:document>'.encode()
    assert "entities" in _refused(_with_part(_docx(_paper), "word/document.xml", body))


def test_a_declaration_in_another_encoding_hides_no_entities():
    body = f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE w [<!ENTITY x "y">]><w:document {_W}/>'.encode("utf-16")
    assert _refused(_with_part(_docx(_paper), "word/document.xml", body)).endswith("defines entities")
