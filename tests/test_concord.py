"""The command ``concord``: every command is there, with its help, and nothing is imported before it is called."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from concord import COMMANDS, main


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_loads_and_its_help_begins_with_the_line_in_the_list(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert command.name == name
    assert (command.help or "").splitlines()[0] == COMMANDS[name][1]


def test_the_help_lists_every_command() -> None:
    output = CliRunner().invoke(main, ["--help"]).output
    assert all(f"\n  {name} " in output for name in COMMANDS)


def test_an_unknown_command_is_wrong_usage() -> None:
    result = CliRunner().invoke(main, ["serach", "extradition"])
    assert result.exit_code == 2
    assert "No such command 'serach'" in result.stderr


def test_the_help_waits_for_no_heavy_import() -> None:
    script = "import sys, concord; print([m for m in ('flask', 'whoosh', 'rich', 'webui') if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
