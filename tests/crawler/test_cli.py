"""The commands ``load`` and ``sources list``."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from crawler.cli import load, sources
from crawler.console import ConcordGroup

CONFIG = """
[[source]]
name = "papers"
label = "Policy papers"
paths = ["papers"]

[[source]]
name = "old"
paths = ["old"]
enabled = false
"""


@pytest.fixture
def concord(write):
    """Run a command in a folder with a config file."""
    config = write("config.toml", CONFIG)
    group = ConcordGroup("concord", params=[click.Option(["--debug"], is_flag=True)])
    for command in (load, sources):
        group.add_command(command)

    def run(*arguments: str | Path) -> Result:
        return CliRunner().invoke(group, [*map(str, arguments), "--config", str(config)])

    return run


def test_load_tells_what_it_did(concord, write):
    result = concord("load", write("a.txt", "It was signed."))
    assert (result.exit_code, result.stdout) == (0, "1 new, 0 changed, 0 unchanged, 0 failed, 0 skipped\n")


def test_load_tells_failures_and_goes_on(concord, write):
    bad = write("b.jsonl", '{"title": "A"}\n{]\n')
    result = concord("load", bad)
    assert (result.exit_code, result.stdout) == (1, "1 new, 0 changed, 0 unchanged, 1 failed, 0 skipped\n")
    assert f"concord: {bad}:2: not JSON: " in result.stderr


def test_load_without_a_path_loads_the_enabled_sources(concord, write):
    write("papers/a.txt", "It was signed.")
    write("old/b.txt", "It was signed.")
    assert concord("load").stdout.startswith("1 new")


def test_load_of_a_source_loads_its_files(concord, write):
    write("old/b.txt", "It was signed.")
    assert concord("load", "--source", "old").stdout.startswith("1 new")


def test_load_names_what_it_skipped_but_not_without_end(concord, write, tmp_path):
    for number in range(13):
        write(f"papers/{number:02}.png", "x")
    result = concord("load")
    assert f"skipped (of a kind that can't be loaded): {tmp_path / 'papers/09.png'}\n" in result.stderr
    assert "10.png" not in result.stderr
    assert "skipped 3 more: --json names them all" in result.stderr


def test_load_prints_json_and_nothing_else(concord, write):
    result = concord("load", write("a.txt", "It was signed."), "--json")
    assert json.loads(result.stdout) == {
        "new": 1,
        "changed": 0,
        "unchanged": 0,
        "failed": [],
        "skipped": [],
        "absent": 0,
        "confirmed": 0,
        "passed_over": {},
    }


def test_load_into_an_unknown_source_is_one_line(concord, write):
    result = concord("load", write("a.txt", "It was signed."), "--source", "nope")
    assert (result.exit_code, result.stdout) == (1, "")
    assert 'concord: unknown source "nope": config.toml has local, papers, old; add a [[source]]' in result.stderr


def test_load_with_a_broken_config_tells_all_mistakes(concord, write):
    write("config.toml", '[[source]]\nname = "a"\nlanguage = "xyzzy"\n[web]\n')
    result = concord("load")
    assert result.exit_code == 1
    keys = {line.split(": ")[3] for line in result.stderr.splitlines()}
    assert keys == {"language", "paths"}


def test_load_into_a_file_that_is_no_archive_is_one_line(concord, write):
    write("data/archive.sqlite", "Dear diary, " * 100)
    result = concord("load", write("a.txt", "It was signed."))
    assert result.exit_code == 1
    assert "not an archive of Concord" in result.stderr


def test_sources_are_listed_before_anything_is_loaded(concord, tmp_path):
    result = concord("sources", "list")
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.stdout.splitlines()] == ["NAME", "papers", "old", "local"]
    assert not (tmp_path / "data").exists()


def test_sources_are_listed_with_what_the_archive_holds(concord, write):
    concord("load", write("papers/a.txt", "It was signed.\n(Xinhua November 5, 2008)"))
    concord("load", write("b.jsonl", '{"title": "B", "source": "un", "date": "2001"}'))
    found = {row["name"]: row for row in json.loads(concord("sources", "list", "--json").stdout)}
    assert list(found) == ["papers", "old", "local", "un"]
    loaded = found["papers"].pop("last_loaded")
    assert loaded.endswith("+00:00")
    assert found["papers"] == {
        "name": "papers",
        "label": "Policy papers",
        "kind": "files",
        "enabled": True,
        "documents": 1,
        "first": "2008-11-05",
        "last": "2008-11-05",
        "last_crawl": None,
    }
    assert (found["un"]["kind"], found["un"]["first"], found["old"]["last_loaded"]) == (None, "2001", None)
