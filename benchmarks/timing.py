"""Timing many programs fairly: in turns, without garbage collection, and what to tell of the times."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

Call = Callable[[], object]


@contextmanager
def undisturbed() -> Iterator[None]:
    """No garbage collection within; what there is before is collected."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def milliseconds(call: Call) -> float:
    """How long a call takes."""
    started = time.perf_counter()
    call()
    return (time.perf_counter() - started) * 1000


def in_turns(calls: Sequence[Mapping[str, Call]]) -> dict[str, list[float]]:
    """Milliseconds of each call, by name: the first one of every name, then the second one of every name.

    Who goes first changes, so that nobody always finds the processor's caches as the same other one left them.
    """
    times: dict[str, list[float]] = {name: [] for call in calls for name in call}
    with undisturbed():
        for number, named in enumerate(calls):
            names = list(named)
            first = number % len(names) if names else 0
            for name in names[first:] + names[:first]:
                times[name].append(milliseconds(named[name]))
    return times


def best(rounds: Sequence[Sequence[float]]) -> list[float]:
    """The best time of each call over the rounds: whatever else a machine does only ever slows a call."""
    return [min(times) for times in zip(*rounds, strict=True)]


def percentiles(times: Sequence[float]) -> dict[str, float]:
    """``p50`` and ``p95`` in milliseconds."""
    return {
        "p50": round(statistics.median(times), 4),
        "p95": round(statistics.quantiles(times, n=20, method="inclusive")[-1], 4),
    }
