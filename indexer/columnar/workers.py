"""Labelling and writing runs in several processes: that is most of a build, and Python does one thing at a time.

Each task is a batch of documents that follow each other, and what it gives are its runs; they are merged in the order
of batches, so how many processes there were makes no difference to the result.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from itertools import chain
from multiprocessing import get_context, parent_process
from pathlib import Path

from crawler import Document
from indexer.columnar.codec.segment import ColumnarSegment
from indexer.columnar.limits import Share
from indexer.columnar.runs import Runs
from indexer.engines.protocol import History, LabelledDocument
from indexer.errors import IndexerError

Item = tuple[Document, History | None]
Label = Callable[[Document], LabelledDocument]

BATCH = 4_000_000
"""Characters of a task, some 700,000 words: a process is at it for a second or two. A build with less takes one
process, as starting others would take as long."""
_AHEAD = 1  # tasks that wait while all processes are busy: each is a batch in memory


def build_runs(
    items: Iterable[Item], label: Label, folder: Path, share: Share, count: Callable[[int], None]
) -> list[ColumnarSegment]:
    """Write the runs of documents. ``label`` is sent to other processes; ``count`` is told of documents done.

    Raises ``IndexerError`` where a process ended before its time, and what ``label`` raises.
    """
    batches = _batches(items)
    first, second = next(batches, None), next(batches, None)
    if first is None:
        return []
    if second is None or share.processes == 1:
        every = chain(first, second or (), chain.from_iterable(batches))
        return _in_this_process(every, label, Runs(folder, share.memory), count)
    return _in_others(chain((first, second), batches), label, folder, share, count)


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    batch: list[Item] = []
    characters = 0
    for item in items:
        batch.append(item)
        characters += sum(map(len, item[0].paragraphs))
        if characters >= BATCH:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _in_this_process(
    items: Iterable[Item], label: Label, runs: Runs, count: Callable[[int], None]
) -> list[ColumnarSegment]:
    for document, history in items:
        runs.add(replace(label(document), history=history))
        count(1)
    return runs.finish()


def _in_others(
    batches: Iterable[list[Item]], label: Label, folder: Path, share: Share, count: Callable[[int], None]
) -> list[ColumnarSegment]:
    # Spawned on every system: a copy of a process that has threads may hang.
    context = get_context("spawn")
    pool = ProcessPoolExecutor(share.processes, context, _begin, (label, folder, share.memory))
    runs: list[ColumnarSegment] = []
    waiting: deque[Future[list[ColumnarSegment]]] = deque()
    sizes: deque[int] = deque()
    try:
        for batch in batches:
            waiting.append(pool.submit(_work, batch))
            sizes.append(len(batch))
            if len(waiting) > share.processes + _AHEAD:
                runs += waiting.popleft().result()
                count(sizes.popleft())
        for future, size in zip(waiting, sizes, strict=True):
            runs += future.result()
            count(size)
    except BrokenProcessPool:
        raise IndexerError(
            "a process of the build ended before its time, perhaps for want of memory: "
            "try again with 'processes = 1' in [index], or with a smaller 'memory_mb'"
        ) from None
    finally:
        pool.shutdown(cancel_futures=True)
    return runs


_state: tuple[Label, Runs] | None = None


def _begin(label: Label, folder: Path, memory: int) -> None:
    """Make this process one that works. It ends with the one that started it, which is the one that Ctrl-C is for."""
    global _state
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _state = label, Runs(folder, memory)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(batch: Sequence[Item]) -> list[ColumnarSegment]:
    assert _state is not None  # noqa: S101 - the pool has begun
    label, runs = _state
    return _in_this_process(batch, label, runs, lambda _: None)
