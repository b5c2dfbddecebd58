"""``concord domains list`` and ``concord domains test``."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from indexer.domains.commands import domains_group

CUSTOM = '[[domain]]\nid = "space"\nname.en = "Space"\nterms.en = ["astronaut"]\n'


@pytest.fixture
def run(tmp_path):
    config = tmp_path / "config.toml"
    config.write_text("", "utf-8")

    def run_command(*arguments):
        result = CliRunner().invoke(domains_group, [*arguments, "--config", str(config)], catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.stdout

    return run_command


def test_list_prints_the_tree(run):
    assert any(line.split(maxsplit=1) == ["judicial/extradition", "Extradition"] for line in run("list").splitlines())


def test_list_indents_what_is_below(run):
    lines = run("list").splitlines()
    assert [line[: len(line) - len(line.lstrip())] for line in lines[:2]] == ["", "  "]


def test_list_prints_json(run):
    assert json.loads(run("list", "--json"))[0] == {"id": "political", "name": "Political", "parent": None}


def test_test_prints_domains_with_the_words_found(run):
    assert run("test", "The fugitive was extradited.") == "judicial/extradition: fugitive, extradited\n"


def test_test_prints_json(run):
    assert json.loads(run("test", "--json", "extradition")) == [
        {"id": "judicial/extradition", "name": "Extradition", "parent": "judicial", "terms": ["extradition"]}
    ]


def test_test_says_when_there_is_none(run):
    assert run("test", "Good morning.").startswith("no domain")


def test_the_taxonomy_of_the_config_is_used(run, tmp_path):
    (tmp_path / "own.toml").write_text(CUSTOM, "utf-8")
    (tmp_path / "config.toml").write_text('[index]\ntaxonomy = "own.toml"\n', "utf-8")
    assert run("list") == "space  Space\n"
