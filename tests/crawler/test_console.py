"""What all commands share."""

from __future__ import annotations

import errno
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from crawler import ConfigError
from crawler.console import ConcordGroup, progress
from tests.shared import ROOT

FULL = Path("/dev/full")


@click.group(cls=ConcordGroup)
@click.option("--debug", is_flag=True)
def concord(debug: bool) -> None:
    """The group of the test."""


@concord.command()
@click.argument("kind")
def fail(kind: str) -> None:
    errors = {
        "user": ConfigError(["first", "second"]),
        "bug": ZeroDivisionError("oops"),
        "pipe": BrokenPipeError(),
        "folder": IsADirectoryError(errno.EISDIR, "Is a directory"),
    }
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


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has a device that is always full")
def test_a_full_disk_is_one_line_and_status_1():
    command = [sys.executable, "-c", "from concord import main; main()", "load", "--help"]
    with FULL.open("w") as full:
        done = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True)
    assert (done.returncode, done.stderr) == (1, "concord: the disk is full: make room and run the command again\n")


def test_other_errors_of_the_system_are_still_bugs():
    assert "internal error: IsADirectoryError" in CliRunner().invoke(concord, ["fail", "folder"]).stderr


def test_progress_off_a_terminal_is_a_line_at_each_end(capsys: pytest.CaptureFixture[str]):
    with progress("Loading") as count:
        count(1500)
        count(1)
    assert capsys.readouterr().err == "Loading ...\nLoading: 1,501 done\n"
