"""``config.toml``: read once, mistakes told with their line."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler import ConfigError, ConfigFile, Settings


class Example(Settings):
    port: int = 8000


def _read(write, text: str | bytes) -> ConfigFile:
    return ConfigFile.read(write("config.toml", text))


def test_a_missing_file_says_what_to_do(tmp_path):
    with pytest.raises(ConfigError, match=r"no such config file: .* --config PATH or set CONCORD_CONFIG"):
        ConfigFile.read(tmp_path / "config.toml")


def test_a_folder_cannot_be_read(tmp_path):
    with pytest.raises(ConfigError, match="can't be read"):
        ConfigFile.read(tmp_path)


def test_bytes_that_are_no_utf_8_cannot_be_read(write):
    with pytest.raises(ConfigError, match="can't be read"):
        _read(write, b"[web]\nhost = '\xff'")


def test_broken_toml_is_told_with_its_place(write):
    with pytest.raises(ConfigError, match=r"not valid TOML: .*line 2"):
        _read(write, "[web]\nport = = 1")


def test_an_unknown_section_is_told_with_its_line(write):
    (told,) = _read(write, "[web]\n\n[wbe]\nport = 1\n").unknown_sections
    assert "config.toml:3: unknown section [wbe]: did you mean [web]? the sections are archive, crawl, index" in told


def test_an_unknown_section_does_not_hide_other_mistakes(write):
    config = _read(write, "[wbe]\n[web]\nport = 'x'\n")
    with pytest.raises(ConfigError) as caught:
        config.check(lambda file: file.section("web", Example))
    assert [mistake.split(":")[1] for mistake in caught.value.mistakes] == ["1", "3"]


def test_an_unknown_key_that_is_nearly_right_is_put_right(write):
    with pytest.raises(ConfigError, match=r'\[web\]: prot: unknown key: did you mean "port"\?'):
        _read(write, "[web]\nprot = 1\n").section("web", Example)


def test_a_section_left_out_has_its_defaults(write):
    assert _read(write, "").section("web", Example).port == 8000


def test_a_section_is_read(write):
    assert _read(write, "[web]\nport = 1").section("web", Example).port == 1


def test_mistakes_of_a_section_are_told_with_their_lines(write):
    config = _read(write, '[web]\nport = "x"\ncolour = 1\n')
    with pytest.raises(ConfigError) as caught:
        config.section("web", Example)
    first, second = caught.value.mistakes
    assert f"{config.path}:2: [web]: port: " in first
    assert second == f"{config.path}:3: [web]: colour: unknown key"


def test_a_section_that_is_no_table_is_told(write):
    with pytest.raises(ConfigError, match=r"config\.toml:1: \[web\]: "):
        _read(write, "web = 5\n").section("web", Example)


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (("web",), 1),
        (("web", "port"), 3),
        (("source", 0, "name"), 5),
        (("source", 1, "name"), 8),
        (("source", 1, "paths", 0), 9),
        (("source", 1, "missing"), 7),
        (("nowhere", "x"), 1),
    ],
)
def test_the_line_of_a_key_is_found(write, keys, line):
    text = '[web] # x\nhost = "x"\nport = 1\n[[source]]\nname = "a"\n\n[[source]]\nname = "b"\npaths = [\n]\n'
    assert _read(write, text).line_of(keys) == line


def test_the_line_of_a_key_is_found_behind_tables_of_tables(write):
    text = '[[source]]\nname = "a"\n[source.selectors]\nbody = "p"\n[[source]]\nname = "b"\n'
    config = _read(write, text)
    assert config.line_of(("source", 0, "selectors")) == 3
    assert config.line_of(("source", 0, "selectors", "body")) == 4
    assert config.line_of(("source", 0, "selectors", "title")) == 3
    assert config.line_of(("source", 1, "name")) == 6


def test_paths_start_at_the_folder_of_the_file(write, tmp_path):
    config = _read(write, "")
    assert config.resolve(Path("a/b")) == tmp_path / "a/b"
    assert config.resolve(Path("/a")) == Path("/a")
