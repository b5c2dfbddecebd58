"""How much memory a process holds."""

from __future__ import annotations

import resource
from pathlib import Path

_STATUS = Path("/proc/self/status")


def peak_mb() -> dict[str, float]:
    """The peak of this process, and of the largest one that it started.

    Linux's ``ru_maxrss`` of a process just started has the size of the one that started it; ``VmHWM`` has its own.
    """
    own = _field("VmHWM") or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return {"peak_mb": round(own / 1024, 1), "largest_child_mb": round(started / 1024, 1)}


def resident_mb() -> dict[str, float]:
    """What is resident now: all of it, and the part that isn't mapped from files."""
    return {"resident_mb": round(_field("VmRSS") / 1024, 1), "anonymous_mb": round(_field("RssAnon") / 1024, 1)}


def _field(name: str) -> int:
    """Kilobytes; 0 where the system doesn't tell."""
    if not _STATUS.exists():
        return 0
    lines = (line.split() for line in _STATUS.read_text("ascii").splitlines())
    return next((int(words[1]) for words in lines if words[0] == f"{name}:"), 0)
