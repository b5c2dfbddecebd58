"""Where the shared data sets are: beside the checkout, or where CONCORD_SHARED_DATA says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def shared_data(name: str) -> Path:
    """The folder of a data set. Where it is absent the test is skipped; in CI that is a failure."""
    base = Path(os.environ.get("CONCORD_SHARED_DATA") or ROOT.parent / "shared" / "data")
    folder = base / name
    if not folder.exists():
        reason = f"the data set {name} is not here (looked in {base})"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return folder
