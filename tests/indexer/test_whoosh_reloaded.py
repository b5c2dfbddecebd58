"""The index runs on whoosh-reloaded as well: only API that both continuations of Whoosh have is used."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

RELOADED = Path(sys.prefix) / "whoosh-reloaded"
ROOT = Path(__file__).parents[2]
# Whoosh 2.7.5 has escapes in its strings that Python warns of when it compiles them, and leaves files to the garbage
# collector where a run is given up.
IGNORED = ("SyntaxWarning", "DeprecationWarning:whoosh", "pytest.PytestUnraisableExceptionWarning")
OPTIONS = ("-q", "-p", "no:cacheprovider", *(f"-Wignore::{warning}" for warning in IGNORED))


@pytest.mark.skipif(not RELOADED.exists(), reason="whoosh-reloaded is not installed: 'make test' installs it")
def test_the_tests_of_the_index_pass_on_whoosh_reloaded() -> None:
    environment = os.environ | {"PYTHONPATH": str(RELOADED)}
    where = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", "import whoosh; print(whoosh.__file__)"],
        env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert where.stdout.startswith(str(RELOADED))
    tests = ["tests/indexer/test_build.py", "tests/indexer/test_collection.py"]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *OPTIONS, *tests], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout[-4000:]
