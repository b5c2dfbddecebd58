"""Reading with bounded memory, compressed or not."""

from __future__ import annotations

import gzip
import os

import pytest

from crawler import LoadError
from crawler.loaders.files import read_file, read_lines


def test_lines_are_numbered_and_lose_their_ends(write):
    assert list(read_lines(write("a.jsonl", b"one\r\n\ntwo"))) == [(1, b"one"), (2, b""), (3, b"two")]


def test_a_line_that_is_too_long_is_passed_over_and_the_rest_goes_on(write):
    path = write("a.jsonl", b"12345\n" + b"x" * 200_000 + b"\n12345\n123456")
    assert list(read_lines(path, limit=5)) == [(1, b"12345"), (2, None), (3, b"12345"), (4, None)]


def test_a_line_as_long_as_allowed_is_read_with_either_end(write):
    assert list(read_lines(write("a.jsonl", b"12345\r\n12345\n"), limit=5)) == [(1, b"12345"), (2, b"12345")]


def test_a_packed_file_is_unpacked(write):
    assert read_file(write("a.txt.gz", gzip.compress(b"text"))) == b"text"


def test_a_file_that_is_too_large_is_told(write):
    assert read_file(write("a.txt", b"12345"), limit=5) == b"12345"
    with pytest.raises(LoadError, match="split it"):
        read_file(write("a.txt", b"123456"), limit=5)


def test_a_packed_file_is_measured_unpacked(write):
    with pytest.raises(LoadError, match="split it"):
        read_file(write("bomb.txt.gz", gzip.compress(b"\0" * 1_000_000)), limit=1000)


def test_a_packed_file_that_is_cut_off_is_told(write):
    with pytest.raises(LoadError, match=r"a\.txt\.gz: the gzip file is cut off"):
        read_file(write("a.txt.gz", gzip.compress(os.urandom(1000))[:-500]))


def test_the_lines_before_a_cut_are_read(write):
    whole = gzip.compress(b"".join(os.urandom(40).hex().encode() + b"\n" for _ in range(2000)))
    lines = read_lines(write("a.jsonl.gz", whole[: len(whole) // 2]))
    assert next(lines)[0] == 1
    with pytest.raises(LoadError, match="cut off"):
        list(lines)


@pytest.mark.parametrize(
    "content", [b"plain text", gzip.compress(b"x" * 1000)[:10] + b"\xff" * 100], ids=["no gzip", "broken gzip"]
)
def test_a_file_that_is_not_packed_as_its_name_says_is_told(write, content):
    with pytest.raises(LoadError, match="not a sound gzip file"):
        read_file(write("a.txt.gz", content))


def test_a_dangling_link_is_told(tmp_path):
    link = tmp_path / "a.txt"
    link.symlink_to(tmp_path / "nowhere.txt")
    with pytest.raises(LoadError, match="can't be read: No such file"):
        read_file(link)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_told_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(LoadError, match="not a regular file"):
        read_file(tmp_path / "a.txt")
