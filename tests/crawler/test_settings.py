"""The crawler's part of ``config.toml``."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler import ConfigError, ConfigFile, SourceKind, UnknownSource, load_settings

SHIPPED = Path(__file__).parents[2] / "config.toml"


def test_an_empty_file_has_defaults(configure, tmp_path):
    settings = configure("")
    assert (settings.archive_path, settings.sources) == (tmp_path / "data/archive.sqlite", ())


def test_a_source_has_defaults(configure):
    (source,) = configure('[[source]]\nname = "mfa"\npaths = ["a"]').sources
    assert (source.label, source.kind, source.language, source.enabled) == ("mfa", SourceKind.FILES, None, True)


def test_paths_are_relative_to_the_config_file(configure, tmp_path):
    settings = configure('[archive]\npath = "x/y.sqlite"\n[[source]]\nname = "mfa"\npaths = ["a", "/b"]')
    assert settings.archive_path == tmp_path / "x/y.sqlite"
    assert settings.source("mfa").paths == (tmp_path / "a", Path("/b"))


def test_the_config_file_that_ships_is_right():
    settings = load_settings(ConfigFile.read(SHIPPED))
    assert [source.name for source in settings.sources] == ["xinhua", "un-general-debate"]


def test_a_source_can_be_asked_for_by_name(settings):
    assert settings.source("papers").name == "papers"
    with pytest.raises(UnknownSource, match=r'unknown source "nope": config\.toml has papers'):
        settings.source("nope")


def test_a_source_has_a_label_wherever_it_comes_from(configure):
    settings = configure('[[source]]\nname = "mfa"\nlabel = "Foreign Ministry"\npaths = ["a"]')
    assert [settings.label(name) for name in ("mfa", "local", "un")] == ["Foreign Ministry", "Loaded files", "un"]


@pytest.mark.parametrize(
    ("line", "mistake"),
    [
        ('name = "Foreign Ministry"', "name: write a short name of small letters, digits and hyphens"),
        ('name = "local"', 'name: "local" is built in'),
        ("paths = []", "paths: name at least one file or folder"),
        ('paths = [""]', "paths.0: names no file or folder"),
        ('kind = "web"', "kind: Input should be 'files'"),
        ('language = "English"', 'language: "English" is not a language code'),
        ('url = "example.org"', 'url: "example.org" is not a web address'),
        ('enabled = "perhaps"', "enabled: "),
        ('label = ""', "label: "),
        ('colour = "red"', "colour: unknown key"),
    ],
)
def test_a_mistake_in_a_source_is_told_with_its_line(configure, line, mistake, tmp_path):
    lines = {"name": 'name = "mfa"', "paths": 'paths = ["a"]'}
    lines[line.split()[0]] = line
    text = "\n\n[[source]]\n" + "\n".join(lines.values())
    with pytest.raises(ConfigError) as caught:
        configure(text)
    (told,) = caught.value.mistakes
    number = text.splitlines().index(line) + 1
    name = line.split('"')[1] if line.startswith("name") else "mfa"
    assert told.startswith(f'{tmp_path / "config.toml"}:{number}: source "{name}": {mistake}')


def test_a_missing_key_is_told_at_the_header(configure):
    with pytest.raises(ConfigError, match=r'config\.toml:2: source "mfa": paths: Field required'):
        configure('\n[[source]]\nname = "mfa"\n')


def test_a_source_without_a_name_is_told_by_its_number(configure):
    with pytest.raises(ConfigError, match=r"config\.toml:4: source number 2: name: Field required"):
        configure('[[source]]\nname = "a"\npaths = ["a"]\n[[source]]\npaths = ["b"]\n')


def test_a_name_that_stands_twice_is_told(configure):
    with pytest.raises(ConfigError, match=r'config\.toml:5: source "a": name: line 2 has a source of that name'):
        configure('[[source]]\nname = "a"\npaths = ["a"]\n[[source]]\nname = "a"\npaths = ["b"]\n')


def test_single_brackets_are_told(configure):
    with pytest.raises(ConfigError, match=r"config\.toml:1: \[source\]: write \[\[source\]\], with two brackets"):
        configure('[source]\nname = "a"\n')


def test_a_source_that_is_no_table_is_told(configure):
    with pytest.raises(ConfigError, match="source number 1"):
        configure('source = ["a"]\n')


def test_all_mistakes_are_told_at_once(configure):
    text = '[archive]\npath = 5\n[[source]]\nname = "a"\nkind = "web"\n[[source]]\nname = "a"\npaths = ["b"]\nx = 1\n'
    with pytest.raises(ConfigError) as caught:
        configure(text)
    assert [mistake.split(":")[1] for mistake in caught.value.mistakes] == ["2", "5", "3", "9", "7"]
