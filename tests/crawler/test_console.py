"""What all commands share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from click.testing import CliRunner

from crawler import ConfigError
from crawler.console import ConcordGroup, progress

if TYPE_CHECKING:
    import pytest


@click.group(cls=ConcordGroup)
@click.option("--debug", is_flag=True)
def concord(debug: bool) -> None:
    """The group of the test."""


@concord.command()
@click.argument("kind")
def fail(kind: str) -> None:
    errors = {"user": ConfigError(["first", "second"]), "bug": ZeroDivisionError("oops"), "pipe": BrokenPipeError()}
    raise errors[kind]


def test_each_line_of_a_user_error_names_the_program():
    result = CliRunner().invoke(concord, ["fail", "user"])
    assert (result.exit_code, result.stderr, result.stdout) == (1, "concord: first\nconcord: second\n", "")


def test_a_bug_is_one_line_that_says_how_to_see_more():
    result = CliRunner().invoke(concord, ["fail", "bug"])
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "internal error: ZeroDivisionError: oops (run 'concord --debug" in result.stderr


def test_debug_keeps_the_error():
    assert isinstance(CliRunner().invoke(concord, ["--debug", "fail", "bug"]).exception, ZeroDivisionError)


def test_wrong_usage_is_status_2():
    assert CliRunner().invoke(concord, ["fail"]).exit_code == 2


def test_a_reader_that_went_away_is_no_error():
    assert CliRunner().invoke(concord, ["fail", "pipe"]).exit_code == 0


def test_progress_off_a_terminal_is_a_line_at_each_end(capsys: pytest.CaptureFixture[str]):
    with progress("Loading") as count:
        count(1500)
        count(1)
    assert capsys.readouterr().err == "Loading ...\nLoading: 1,501 done\n"
