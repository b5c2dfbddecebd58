"""A load that is killed leaves a sound archive, and the next load completes it."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from crawler import Archive, load
from crawler.loaders.run import BATCH

KILLED_AT = BATCH + 50

# The process kills itself in the middle of the second batch, where nothing can catch it.
PROGRAM = """
import itertools, os, signal, sys
from pathlib import Path
from crawler import Archive, ConfigFile, load, load_settings

config, archive, documents, at = sys.argv[1:]
done = itertools.count(1)

def progress(_):
    if next(done) == int(at):
        os.kill(os.getpid(), signal.SIGKILL)

with Archive.open(Path(archive), create=True) as opened:
    load(opened, load_settings(ConfigFile.read(Path(config))), [Path(documents)], progress=progress)
"""


@pytest.fixture
def documents(write_lines):
    return write_lines("a.jsonl", *({"id": f"d{n}", "title": f"T{n}", "text": "word " * 500} for n in range(500)))


@pytest.fixture
def killed(archive_path, documents, settings, tmp_path):
    """An archive whose load was killed."""
    arguments = [tmp_path / "config.toml", archive_path, documents, str(KILLED_AT)]
    ended = subprocess.run([sys.executable, "-c", PROGRAM, *arguments], check=False)
    assert ended.returncode == -signal.SIGKILL
    return archive_path


def test_a_killed_load_leaves_a_sound_archive_with_whole_batches(killed):
    with Archive.open(killed) as archive:
        assert archive.check() == []
        assert archive.count_documents() == BATCH


def test_the_next_load_completes_what_was_killed(killed, documents, settings):
    with Archive.open(killed) as archive:
        report = load(archive, settings, [documents])
        assert (report.new, report.unchanged, report.failed) == (500 - BATCH, BATCH, ())
        assert [document.id for document in archive.changes()] == [f"d{n}" for n in range(500)]
