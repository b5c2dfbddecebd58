"""Files that nobody should have made."""

from __future__ import annotations

import csv
import io
import logging
import os

import pytest

from indexer.citations import State
from indexer.errors import CitationsError
from indexer.spreadsheet import BOM
from tests.indexer.citations.support import concord, exported, failure, states, verified
from tests.indexer.support import Workspace

GOOD = "@misc{good, url={https://ministry.example/2008/treaty}, annote={It covers extradition}}\n"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.bib", "just words", "no entries in it: a BibTeX entry begins with @"),
        ("a.ris", "just words", "no entries in it: a RIS entry begins with"),
        ("a.csv", "one,two\n1,2\n", 'no column named "id", "url" or "quote"'),
        ("a.csv", "", "no column named"),
        ("a.csv", "id,quote\nx," + "y" * 200_000, "line 2: field larger than field limit"),
        ("a.jsonl", "", "no citations in it"),
        ("a.json", "[1, 2", "no receipt: not JSON: line 1"),
        ("a.json", "[" * 100_000, "no receipt: not JSON: it can't be read"),
        ("a.json", '{"concord_receipt": 1' + "0" * 5_000 + "}", "no receipt: not JSON: it can't be read"),
        ("a.csv", "id\n" + "x\n" * 200_001, "more than 200,000 citations: verify it in parts"),
        ("a.json", "{}", "no receipt: 'concord receipt QUERY -o FILE' writes one"),
        ("a.txt", "nothing of the kind", "no file of citations"),
        ("a.csv", b"id,quote\nx,caf\xe9\n", "line 2: not UTF-8"),
        ("a.csv", b"\xff\xfei\x00d", "line 1: not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_clear_line(
    cited: Workspace, name: str, content: str | bytes, reason: str
) -> None:
    with pytest.raises(CitationsError) as caught:
        verified(cited, content, name)
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_is_one_clear_line(cited: Workspace) -> None:
    assert "nowhere.bib: can't be read: No such file" in failure(concord(cited, "verify", "nowhere.bib"))


def test_a_broken_entry_does_not_hide_the_others(cited: Workspace, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        found = verified(cited, GOOD + "@misc{broken, url={https://x\n" + GOOD.replace("good", "better"), "b.bib")
    assert states(found) == [State.VERIFIED, State.UNCHECKABLE, State.VERIFIED]
    broken = found.verdicts[1]
    assert broken.line == 2
    assert "\n" not in broken.detail
    assert caplog.records == []


def test_entries_with_the_same_key_are_all_checked(cited: Workspace) -> None:
    found = verified(cited, GOOD + GOOD.replace("covers", "hides"), "twice.bib")
    assert [(verdict.label, verdict.state) for verdict in found.verdicts] == [
        ("good", State.VERIFIED),
        ("good", State.NOT_FOUND),
    ]


@pytest.mark.parametrize(
    "content",
    [
        GOOD + "@misc{a, title={" + "{" * 5_000 + "}" * 5_000 + "}, url={https://ministry.example/2008/treaty}}",
        GOOD + "@misc{a, title={" + "{" * 100_000,
        GOOD + "@misc{\n" * 200,
        GOOD + "@misc{a\0, url={https://ministry.example/2008/treaty}, annote={It covers\0 extradition}}",
        GOOD + "@misc{a, annote={" + "word " * 200_000 + "}}",
        GOOD + "@misc{a, url={https://ministry.example/2008/treaty}, annote={" + "$\\frac{" * 200 + "}}",
    ],
)
def test_hostile_bibtex_is_told_and_the_rest_is_checked(cited: Workspace, content: str) -> None:
    found = verified(cited, content, "hostile.bib")
    assert found.verdicts[0].state is State.VERIFIED


def test_a_line_of_ten_million_characters_is_one_citation(cited: Workspace) -> None:
    line = "TY  - ELEC\nUR  - https://ministry.example/2008/treaty\nN2  - " + "long " * 2_000_000
    assert states(verified(cited, line, "long.ris")) == [State.NOT_FOUND]


def test_ris_entries_without_their_end_are_read(cited: Workspace) -> None:
    text = exported(cited, "ris", "")
    found = verified(cited, text.replace("ER  - \r\n", ""), "endless.ris")
    assert len(found.verdicts) == 8
    assert found.good


@pytest.mark.parametrize(("old", "new"), [("\r\n", "\n"), ("\r\n", "\r"), ("  - ", " - ")])
def test_ris_of_other_programs_is_read(cited: Workspace, old: str, new: str) -> None:
    assert verified(cited, exported(cited, "ris", "").replace(old, new), "other.ris").good


def test_a_table_that_a_spreadsheet_saved_is_read(cited: Workspace) -> None:
    rows = list(csv.reader(io.StringIO(exported(cited, "csv", "treaty").removeprefix(BOM))))
    saved = io.StringIO()
    csv.writer(saved, delimiter=";").writerows(rows)
    text = saved.getvalue().replace("2008-11-05", "05.11.2008")
    assert "05.11.2008" in text
    assert verified(cited, text.encode("utf-16"), "saved.csv").good


def test_lines_of_json_that_are_none_are_told_with_their_place(cited: Workspace) -> None:
    found = verified(
        cited, exported(cited, "jsonl", "treaty") + '{"id": \n[1]\n{"version": "x", "id": "y"}\n', "l.jsonl"
    )
    told = [(verdict.line, verdict.state) for verdict in found.verdicts[-3:]]
    assert [state for _, state in told] == [State.UNCHECKABLE] * 3
    assert "not JSON: " in found.verdicts[-3].detail
    assert '"x" is no number of a version' in found.verdicts[-1].detail


def test_half_of_a_character_is_told(cited: Workspace) -> None:
    found = verified(cited, '{"id": "\\ud800", "quote": "It covers"}\n', "half.jsonl")
    assert [(each.state, each.detail) for each in found.verdicts] == [
        (State.UNCHECKABLE, "it has half of a character (a lone surrogate)")
    ]


def test_what_a_terminal_would_obey_is_not_printed(cited: Workspace) -> None:
    path = cited.folder / "terminal.jsonl"
    path.write_text('{"id": "a\\nb\\u001b[31mred\\u202e", "url": "http://x.example/' + "x" * 9_000 + '"}', "utf-8")
    lines = concord(cited, "verify", str(path)).stdout.split("\n")
    assert lines[0].startswith("a b [31mred , line 1: unknown document: ")
    assert len(lines) == 3
    assert len(lines[0]) < 600


@pytest.mark.skipif(os.name == "nt", reason="there are no devices")
def test_a_file_without_an_end_is_not_read_to_it(cited: Workspace) -> None:
    assert "larger than 64 MB" in failure(concord(cited, "verify", "/dev/zero"))


def test_a_cell_with_a_nul_finds_nothing(cited: Workspace) -> None:
    assert states(verified(cited, "id,quote\ntrea\0ty,It covers\0 extradition\n", "nul.csv")) == [State.UNKNOWN]
