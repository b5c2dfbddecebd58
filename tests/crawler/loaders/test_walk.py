"""Finding the files to load."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler import LoadError
from crawler.loaders.walk import Readable, Skipped, reader_of, walk


def _readable(folder: Path) -> list[str]:
    return [found.path.relative_to(folder).as_posix() for found in walk(folder) if isinstance(found, Readable)]


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.txt.gz", "a.jsonl.gz", "A.TXT", "a.b.txt"])
def test_a_known_kind_has_a_reader(name):
    assert reader_of(Path(name)) is not None


@pytest.mark.parametrize("name", ["a.png", "README.md", "txt", "a.gz", "a.json", "a.txt.bak"])
def test_another_kind_has_none(name):
    assert reader_of(Path(name)) is None


def test_a_folder_is_walked_in_sorted_order_at_any_depth(write, tmp_path):
    for name in ("b.txt", "a/z.txt", "a/b/c.jsonl", "c.txt.gz"):
        write(name, "x")
    assert _readable(tmp_path) == ["a/b/c.jsonl", "a/z.txt", "b.txt", "c.txt.gz"]


def test_hidden_files_and_folders_are_left_out(write, tmp_path):
    for name in (".hidden.txt", ".git/a.txt", "a.txt"):
        write(name, "x")
    assert list(walk(tmp_path)) == [Readable(tmp_path / "a.txt", reader_of(Path("a.txt")))]


def test_other_kinds_in_a_folder_are_skipped(write, tmp_path):
    path = write("README.md", "x")
    assert list(walk(tmp_path)) == [Skipped(path)]


def test_another_kind_that_is_named_is_a_failure(write):
    (error,) = walk(write("a.png", "x"))
    assert isinstance(error, LoadError)
    assert "the kinds are .txt, .jsonl, .html, .htm, .xhtml, .pdf, .docx, .warc, .txt.gz, " in error.reason


def test_a_path_that_is_not_there_is_a_failure(tmp_path):
    (error,) = walk(tmp_path / "nowhere")
    assert str(error) == f"{tmp_path / 'nowhere'}: no such file or folder"


def test_a_name_that_no_system_takes_is_a_failure(tmp_path):
    (error,) = walk(tmp_path / ("x" * 5000))
    assert isinstance(error, LoadError)


def test_a_folder_named_like_a_text_is_a_folder(write, tmp_path):
    write("folder.txt/a.txt", "x")
    assert _readable(tmp_path) == ["folder.txt/a.txt"]


def test_a_loop_of_links_is_walked_once(write, tmp_path):
    write("a/b.txt", "x")
    (tmp_path / "a" / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert _readable(tmp_path) == ["a/b.txt"]


def test_a_linked_folder_is_walked(write, tmp_path):
    write("elsewhere/a.txt", "x")
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "link").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    assert _readable(tmp_path / "papers") == ["link/a.txt"]
