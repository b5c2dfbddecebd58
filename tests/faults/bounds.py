"""How thoroughly faults are looked for, and when a query counts as one that never ends."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from hypothesis import HealthCheck, settings

EXAMPLES = {"quick": 1_000, "thorough": 10_000}[os.environ.get("CONCORD_FAULTS", "quick")]
"""``make faults`` sets the variable to ``thorough``."""

HANG_S = 60  # no query takes a tenth of it, on a slow machine that does other work too: only a hang gets there

any_text = settings(
    max_examples=EXAMPLES,
    deadline=None,  # `ends` is the bound: a deadline is only looked at when a run has ended
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
"""Settings of the tests that try any text."""


class NeverEnded(BaseException):
    """Not an ``Exception``, so that no code under test takes it for a fault of its own and goes on."""


@contextmanager
def ends(seconds: int = HANG_S) -> Iterator[None]:
    """Fail with :class:`NeverEnded` what takes longer."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise NeverEnded(f"still at work after {seconds} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
