"""Saved pages: .html, .pdf and .docx, alone and in folders."""

from __future__ import annotations

import io

import docx
import pytest

from crawler.errors import LoadError
from crawler.loaders import load, load_sources
from crawler.loaders.pages import read_page
from tests.crawler.extract.pdfs import column, make_pdf

SENTENCES = "The two sides signed a treaty on extradition in Beijing, and agreed to meet every year. " * 4
TEXT = "\n".join(SENTENCES[at : at + 80] for at in range(0, 320, 80))


def _html(title: str, head: str = "") -> str:
    return (
        f"<html><head><title>{title}</title>{head}</head><body><h1>{title}</h1>"
        f"<p>{SENTENCES}</p><p>{title}: {SENTENCES}</p></body></html>"
    )


def _docx() -> bytes:
    document = docx.Document()
    document.add_heading("On Extradition", 0)
    document.add_paragraph(SENTENCES)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def test_a_folder_of_pages_is_loaded(archive, settings, write, tmp_path):
    write("papers/a.html", _html("A treaty"))
    write("papers/b.HTM", _html("Another treaty"))
    write("papers/c.pdf", make_pdf(column(TEXT)))
    write("papers/d.docx", _docx())
    report = load(archive, settings, [tmp_path / "papers"])
    assert report.summary() == "4 new, 0 changed, 0 unchanged, 0 failed, 0 skipped"


def test_the_same_folder_again_changes_nothing(archive, settings, write, tmp_path):
    write("papers/a.html", _html("A treaty"))
    write("papers/c.pdf", make_pdf(column(TEXT)))
    load(archive, settings, [tmp_path / "papers"])
    assert load(archive, settings, [tmp_path / "papers"]).unchanged == 2


def test_the_bytes_and_their_kind_are_kept(archive, settings, write):
    body = make_pdf(column(TEXT))
    load(archive, settings, [write("papers/c.pdf", body)])
    (document,) = archive.changes()
    assert archive.body(archive.history(document.id)[0].digest) == body


def test_the_pages_of_a_pdf_are_kept(archive, settings, write):
    load(archive, settings, [write("papers/c.pdf", make_pdf(column(TEXT)))])
    assert next(archive.changes()).pages == (1,)


def test_a_page_tells_its_own_address(write):
    (parsed,) = read_page(
        write("a.html", _html("A", '<link rel="canonical" href="https://mfa.example.org/n/1?utm_id=2">'))
    )
    assert parsed.url == "https://mfa.example.org/n/1"


def test_pages_that_declare_one_address_stay_apart(archive, settings, write, tmp_path):
    for name in ("a", "b"):
        write(f"papers/{name}.html", _html(name * 9, '<link rel="canonical" href="https://mfa.example.org/n/1">'))
    assert load(archive, settings, [tmp_path / "papers"]).new == 2


def test_a_page_in_an_old_character_set_is_read(write):
    body = _html("中国外交部就引渡条约发表谈话", '<meta charset="gb2312">').encode("gbk")
    (parsed,) = read_page(write("a.html", body))
    assert parsed.title == "中国外交部就引渡条约发表谈话"


def test_a_packed_page_is_read(write):
    import gzip

    (parsed,) = read_page(write("a.html.gz", gzip.compress(_html("A treaty").encode())))
    assert parsed.title == "A treaty"


def test_a_source_says_where_things_stand_and_how_dates_are_written(archive, configure, write):
    settings = configure(
        '[[source]]\nname = "mfa"\npaths = ["mfa"]\ndate_format = "%d.%m.%y"\n'
        '[source.selectors]\ntitle = ".t"\nbody = ".b"\ndate = ".d"\n'
    )
    write(
        "mfa/a.html",
        '<html><body><div class="t">The title</div><div class="d">05.11.08</div>'
        f'<div class="b"><p>{SENTENCES}</p></div>'
        "<p>A menu that is no text of the page at all</p></body></html>",
    )
    load_sources(archive, settings)
    (document,) = archive.changes()
    assert (document.title, str(document.date)) == ("The title", "2008-11-05")
    assert document.paragraphs == (SENTENCES.strip(),)


@pytest.mark.parametrize(
    ("name", "body", "reason"),
    [
        ("a.pdf", make_pdf([]), "no text in it (a scan?)"),
        ("a.pdf", b"%PDF-1.4 nothing", "not a sound PDF"),
        ("a.docx", b"PK nothing", "not a sound DOCX"),
        ("a.html", b"", "no text"),
    ],
)
def test_a_page_that_cannot_be_read_is_a_failure(write, name, body, reason):
    path = write(name, body)
    with pytest.raises(LoadError) as caught:
        list(read_page(path))
    assert str(caught.value).startswith(f"{path}: ")
    assert reason in caught.value.reason


def test_a_language_is_detected_where_none_is_said(archive, configure, write):
    load(archive, configure(), [write("a.txt", "On extradition\n\n" + SENTENCES)])
    assert next(archive.changes()).language == "en"


@pytest.mark.parametrize(
    ("name", "text", "language"),
    [
        ("a.txt", "On extradition\n\n" + SENTENCES, "en"),
        ("a.txt", "A note.", "es"),
        ("a.txt", "引渡条约在双方批准后生效。", "zh"),
        ("a.txt", "معاهدة تسليم المجرمين بين البلدين", "ar"),
        ("a.html", "<p>引渡条约在双方批准后生效。</p>", "zh"),
        ("a.jsonl", '{"text": "引渡条约在双方批准后生效。"}', "zh"),
        ("a.jsonl", '{"text": "引渡条约在双方批准后生效。", "language": "ja"}', "ja"),
    ],
)
def test_the_language_of_the_source_is_a_hint_that_gives_way_to_what_the_text_shows(
    archive, configure, write, name, text, language
):
    settings = configure('[[source]]\nname = "papers"\npaths = ["papers"]\nlanguage = "es"\n')
    load(archive, settings, [write(f"papers/{name}", text)])
    assert next(archive.changes()).language == language
