"""``concord export``: where it writes, and what bad input gets."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import indexer.citations
from tests.indexer.citations.support import concord, exported, failure
from tests.indexer.support import Workspace


@pytest.mark.parametrize("form", ["csv", "jsonl", "ris", "bibtex"])
def test_the_file_has_what_the_terminal_gets(cited: Workspace, tmp_path: Path, form: str) -> None:
    path = tmp_path / "out"
    result = concord(cited, "export", "trade", "--format", form, "-o", str(path))
    assert result.exit_code == 0
    assert result.stdout == f"6 citations: {path}\n"
    assert path.read_bytes() == concord(cited, "export", "trade", "--format", form).stdout_bytes
    assert path.read_bytes().decode() == exported(cited, form)


def test_the_filters_are_those_of_search(cited: Workspace) -> None:
    arguments = ("--source", "ministry", "--lang", "en", "--since", "2010", "--until", "2011", "--sort", "oldest")
    lines = concord(cited, "export", "trade", "--format", "csv", *arguments).stdout.splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == ["year", "formula"]


def test_a_file_that_is_there_stays_without_force(cited: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("mine", "utf-8")
    assert "is there already" in failure(concord(cited, "export", "trade", "--format", "csv", "-o", str(path)))
    assert path.read_text("utf-8") == "mine"
    assert concord(cited, "export", "trade", "--format", "csv", "-o", str(path), "--force").exit_code == 0
    assert path.read_text("utf-8") != "mine"


@pytest.mark.skipif(os.name == "nt", reason="there are no devices, and links are for administrators")
def test_a_device_stays_one_and_a_link_too(cited: Workspace, tmp_path: Path) -> None:
    pipe, link = tmp_path / "pipe", tmp_path / "link.csv"
    os.mkfifo(pipe)
    link.symlink_to(tmp_path / "file.csv")
    with ThreadPoolExecutor() as reader:
        read = reader.submit(pipe.read_text, "utf-8")
        assert concord(cited, "export", "trade", "--format", "jsonl", "-o", str(pipe), "--force").exit_code == 0
        assert read.result(timeout=60) == exported(cited, "jsonl")
    assert concord(cited, "export", "trade", "--format", "jsonl", "-o", str(link), "--force").exit_code == 0
    assert (tmp_path / "file.csv").read_text("utf-8") == exported(cited, "jsonl")
    assert (pipe.is_fifo(), link.is_symlink()) == (True, True)


def test_a_query_in_another_character_set_is_read_as_far_as_it_goes(cited: Workspace, tmp_path: Path) -> None:
    assert concord(cited, "receipt", "trade \udcff", "-o", str(tmp_path / "r.json")).exit_code == 0
    assert json.loads((tmp_path / "r.json").read_text("utf-8"))["query"] == "trade \ufffd"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("trade", "--source", "nowhere"), 'unknown source "nowhere"'),
        (("trade", "-o", "/nowhere/at/all.csv"), "can't be written: No such file"),
        (("trade", "-o", "."), "is a folder"),
    ],
)
def test_what_cannot_be_done_is_one_clear_line(cited: Workspace, arguments: tuple[str, ...], message: str) -> None:
    assert message in failure(concord(cited, "export", "--format", "csv", *arguments))


def test_an_error_on_the_way_leaves_no_file(cited: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("indexer.citations.citation.text_digest", broken)
    assert concord(cited, "export", "trade", "--format", "csv", "-o", str(tmp_path / "out.csv")).exit_code == 1
    assert list(tmp_path.iterdir()) == []


def test_nothing_found_is_an_error_and_no_file(cited: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    told = failure(concord(cited, "export", "extradtion", "--format", "csv", "-o", str(path)))
    assert told == 'concord: nothing found for "extradtion": nothing is written; did you mean: extradition'
    assert not path.exists()


def test_nothing_found_says_where_some_of_the_words_are(cited: Workspace) -> None:
    told = failure(concord(cited, "export", "quoted assistance", "--format", "csv"))
    assert "2 documents have some of the words, which --partial takes too" in told


def test_a_receipt_of_nothing_says_so_and_what_was_meant(cited: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "empty.json"
    result = concord(cited, "receipt", "extradtion", "-o", str(path))
    assert result.exit_code == 0
    assert result.stderr == "note: nothing found: the receipt has no hits; did you mean: extradition\n"
    assert json.loads(path.read_text("utf-8"))["total"] == 0


def test_a_receipt_in_a_file_is_told_as_json_too(cited: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "receipt.json"
    told = json.loads(concord(cited, "receipt", "trade", "-o", str(path), "--json").stdout)
    written = json.loads(path.read_text("utf-8"))
    assert told == {"file": str(path), "total": written["total"], "checksum": written["checksum"]}


def test_notes_on_the_query_go_to_stderr(cited: Workspace) -> None:
    result = concord(cited, "export", 'treaty "judicial', "--format", "jsonl", "--since", "2008")
    assert "note: at character 8: this quotation mark has no partner" in result.stderr
    assert "note" not in result.stdout.split('"id"')[0]


def test_a_reader_that_goes_away_is_no_error(cited: Workspace) -> None:
    program = "import sys; from concord import main; main(sys.argv[1:])"
    config = str(cited.folder / "config.toml")
    command = [sys.executable, "-c", program, "export", "", "--format", "jsonl", "--config", config]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_the_public_names_are_these() -> None:
    assert indexer.citations.__all__ == [
        "FORMATS",
        "Absent",
        "Citation",
        "Difference",
        "Format",
        "Rerun",
        "State",
        "Verdict",
        "Verification",
        "Why",
        "cite",
        "cite_all",
        "receipt",
        "rerun",
        "text_digest",
        "verify_file",
    ]
    assert [name for name in indexer.citations.__all__ if not hasattr(indexer.citations, name)] == []
