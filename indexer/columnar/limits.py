"""How the memory that a build may use is shared out."""

from __future__ import annotations

from typing import NamedTuple

from indexer.engines.protocol import BuildLimits

MB = 1 << 20
# What a process has in memory whatever it does, measured at 100,000 documents with 350,000 different words: Python and
# the libraries 65, the model that tells languages 97, the words that analysis and labelling remember 55, what lies
# unused between all that 40. One that leaves the labelling to others has batches of documents instead.
PROCESS = 256 * MB
PARENT = 110 * MB
# For documents that aren't written yet. With less, runs are so many that merging them takes longer.
LEAST = 32 * MB
# The same for each of several processes: with less, each counts and hashes the same words anew so often that all
# together are no faster than one that has their memory.
LEAST_OF_SEVERAL = 64 * MB


class Share(NamedTuple):
    """``processes`` that work side by side, each with ``memory`` bytes for documents that aren't written yet."""

    processes: int
    memory: int


def share(limits: BuildLimits) -> Share:
    """As many processes as there is memory for; one works in the process that is there."""
    for processes in range(limits.processes, 1, -1):
        left = limits.memory_mb * MB - PARENT - processes * PROCESS
        if left >= processes * LEAST_OF_SEVERAL:
            return Share(processes, left // processes)
    return Share(1, max(limits.memory_mb * MB - PROCESS, LEAST))


def merging(limits: BuildLimits) -> int:
    """Bytes of words or postings that a merge may hold at once: a part, as the words there will be are beside them."""
    return max((limits.memory_mb * MB - PROCESS) // 4, LEAST // 2)
