"""Where the shared data sets are: beside the checkout, or where CONCORD_SHARED_DATA says."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def data_set(name: str) -> Path | None:
    """The folder of a data set, ``None`` where it is absent."""
    base = Path(os.environ.get("CONCORD_SHARED_DATA") or ROOT.parent / "shared" / "data")
    return base / name if (base / name).exists() else None
