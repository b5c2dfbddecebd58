"""``concord extract``."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from crawler.extract.commands import extract
from tests.crawler.extract.test_html import PAGE, TEXT, URL

KEYS = ["path", "title", "text", "date", "date_precision", "language", "charset", "url"]


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(PAGE, "utf-8")
    return str(path)


def run(*arguments, stdin=None):
    return CliRunner().invoke(extract, arguments, input=stdin)


def test_json_has_a_line_for_each_page(page):
    result = run(page, page, "--json", "--url", URL)
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [list(line) for line in lines] == [KEYS, KEYS]
    assert lines[0] == {
        "path": page,
        "title": "Ministers meet in Lima",
        "text": "\n\n".join(TEXT),
        "date": "2008-11-05",
        "date_precision": "day",
        "language": "en",
        "charset": "utf-8",
        "url": "https://www.example.gov/news/lima",
    }


def test_what_is_unknown_is_null(tmp_path):
    path = tmp_path / "page"
    path.write_text(f"<p>{TEXT[0]}</p>", "utf-8")
    line = json.loads(run(str(path), "--json").stdout)
    assert (line["date"], line["date_precision"], line["url"]) == (None, None, None)


def test_a_bad_file_is_one_line_and_the_others_go_on(page, tmp_path):
    empty = tmp_path / "empty.html"
    empty.write_text("")
    result = run(str(empty), str(tmp_path / "missing.html"), page, "--json")
    assert (result.exit_code, len(result.stdout.splitlines())) == (1, 1)
    assert [line.split(": ")[1] for line in result.stderr.splitlines()] == [str(empty), str(tmp_path / "missing.html")]


def test_standard_input_is_read():
    result = run("-", "--json", stdin=PAGE.encode())
    assert json.loads(result.stdout)["path"] == "-"


def test_people_get_text(page):
    result = run(page)
    assert "date:     2008-11-05 (day, from text)" in result.stdout
    assert TEXT[2] in result.stdout


def test_an_address_that_is_none_is_told(page):
    result = run(page, "--url", "ftp://example.org/a")
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)


def test_no_file_is_wrong_usage():
    assert run().exit_code == 2
