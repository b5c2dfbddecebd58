"""How the memory that a build may use is shared out."""

from __future__ import annotations

from typing import NamedTuple

from indexer.engines.protocol import BuildLimits

MB = 1 << 20
# What a process has in memory whatever it does, measured: Python and the libraries 65, the model that tells languages
# 80, the words that analysis remembers. One that leaves the labelling to others has batches of documents instead.
PROCESS = 165 * MB
PARENT = 110 * MB
LEAST = 32 * MB  # for documents that aren't written yet: with less, runs are so many that merging them takes longer


class Share(NamedTuple):
    """``processes`` that work side by side, each with ``memory`` bytes for documents that aren't written yet."""

    processes: int
    memory: int


def share(limits: BuildLimits) -> Share:
    """As many processes as there is memory for; one works in the process that is there."""
    for processes in range(limits.processes, 1, -1):
        left = limits.memory_mb * MB - PARENT - processes * PROCESS
        if left >= processes * LEAST:
            return Share(processes, left // processes)
    return Share(1, max(limits.memory_mb * MB - PROCESS, LEAST))


def merging(limits: BuildLimits) -> int:
    """Bytes of postings that a merge may hold at once: a part, as the words of all segments are in memory beside."""
    return max((limits.memory_mb * MB - PROCESS) // 4, LEAST // 2)
