"""Sections put into config.toml and taken out of it, with every comment kept."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import ConfigError
from crawler.sources import edit
from crawler.sources.edit import add_source, remove_source, section_text

BEFORE = """# Concord's settings.

[archive]
path = "a"  # on the big disk

# About A:
# two lines.
[[source]]
name = "a"
paths = ["a"]
# max_pages = 3

# More sources

# About B.
[[source]]
name = "b"
paths = ["b"]

[source.selectors]
title = "h1"

# About the web.
[web]
port = 3
"""
SECTION = section_text({"name": "c", "kind": "feed", "feeds": ["https://www.example.org/rss"]})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(BEFORE, "utf-8")
    return path


def test_a_section_is_written_for_people():
    values = {
        "name": "mfa",
        "label": 'The "Ministry"',
        "keep": [r"/a/\d+$"],
        "depth": 2,
        "allow_private": True,
        "selectors": {"title": "h1", "drop": [".a", ".b"]},
    }
    assert section_text(values) == (
        "[[source]]\nname = \"mfa\"\nlabel = 'The \"Ministry\"'\nkeep = ['/a/\\d+$']\ndepth = 2\nallow_private = true\n"
        '\n[source.selectors]\ntitle = "h1"\ndrop = [".a", ".b"]\n'
    )


@given(st.text(max_size=30), st.lists(st.text(max_size=10), max_size=3))
def test_a_section_says_what_it_was_given(label, keep):
    assert tomllib.loads(section_text({"label": label, "keep": keep}))["source"] == [{"label": label, "keep": keep}]


def test_a_section_is_put_at_the_end_and_nothing_else_changes(file):
    add_source(file, BEFORE, SECTION)
    assert file.read_text("utf-8") == BEFORE + "\n" + SECTION


def test_a_section_is_put_into_an_empty_file(file):
    file.write_text("", "utf-8")
    add_source(file, "", SECTION)
    assert file.read_text("utf-8") == SECTION


def test_a_contact_gets_a_section_of_its_own(file):
    add_source(file, BEFORE, SECTION, "me@example.org")
    assert file.read_text("utf-8") == BEFORE + '\n[crawl]\ncontact = "me@example.org"\n\n' + SECTION


def test_a_contact_goes_into_the_section_that_is_there(file):
    before = "# a\n[crawl] # b\nretries = 1\n"
    file.write_text(before, "utf-8")
    add_source(file, before, SECTION, "me@example.org")
    assert file.read_text("utf-8") == '# a\n[crawl] # b\ncontact = "me@example.org"\nretries = 1\n\n' + SECTION


def test_what_was_added_and_removed_leaves_no_trace(file):
    add_source(file, BEFORE, SECTION)
    remove_source(file, file.read_text("utf-8"), "c")
    assert file.read_text("utf-8") == BEFORE


def test_a_removed_section_takes_its_own_comments_with_it(file):
    remove_source(file, BEFORE, "a")
    start, _, rest = BEFORE.partition("# About A:")
    assert file.read_text("utf-8") == start + rest[rest.index("# More sources") :]


def test_a_removed_section_takes_its_own_sections_with_it(file):
    remove_source(file, BEFORE, "b")
    start, _, rest = BEFORE.partition("# About B.")
    assert file.read_text("utf-8") == start + rest[rest.index("# About the web.") :]


def test_a_comment_that_touches_the_next_section_stays(file):
    before = '[[source]]\nname = "a"\n# About b.\n[[source]]\nname = "b"\n'
    file.write_text(before, "utf-8")
    remove_source(file, before, "a")
    assert file.read_text("utf-8") == '# About b.\n[[source]]\nname = "b"\n'


def test_sections_of_one_source_may_stand_apart(file):
    before = '[[source]]\nname = "a"\n\n[web]\nport = 1\n\n[source.selectors]\ntitle = "h1"\n'
    file.write_text(before, "utf-8")
    remove_source(file, before, "a")
    assert file.read_text("utf-8") == "[web]\nport = 1\n"


def test_sources_in_a_single_list_are_left_alone(file):
    before = 'source = [{name = "a", paths = ["a"]}]\n'
    file.write_text(before, "utf-8")
    with pytest.raises(ConfigError, match="edit it by hand"):
        add_source(file, before, SECTION)
    with pytest.raises(ConfigError, match="edit it by hand"):
        remove_source(file, before, "a")
    assert file.read_text("utf-8") == before


def test_a_file_that_changed_meanwhile_is_left_alone(file):
    file.write_text(BEFORE + "# mine\n", "utf-8")
    with pytest.raises(ConfigError, match="changed by someone else meanwhile"):
        add_source(file, BEFORE, SECTION)
    assert file.read_text("utf-8") == BEFORE + "# mine\n"
    assert [path.name for path in file.parent.iterdir()] == ["config.toml"]


def test_line_ends_of_windows_are_kept(file):
    file.write_bytes(BEFORE.replace("\n", "\r\n").encode())
    add_source(file, BEFORE, SECTION)
    assert file.read_bytes() == (BEFORE + "\n" + SECTION).replace("\n", "\r\n").encode()


def test_permissions_are_kept(file):
    file.chmod(0o640)
    add_source(file, BEFORE, SECTION)
    assert file.stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link(file):
    link = file.parent / "link.toml"
    link.symlink_to(file)
    add_source(link, BEFORE, SECTION)
    assert link.is_symlink()
    assert file.read_text("utf-8").endswith(SECTION)


def test_a_failure_while_writing_leaves_the_file_as_it_was(file, monkeypatch):
    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(edit.os, "fsync", fail)
    with pytest.raises(ConfigError, match="can't be written: No space left on device"):
        add_source(file, BEFORE, SECTION)
    assert file.read_text("utf-8") == BEFORE
    assert [path.name for path in file.parent.iterdir()] == ["config.toml"]
