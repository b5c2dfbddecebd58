"""Build one index and tell how: ``python -m benchmarks.build_one ENGINE FOLDER-OR-CONFIG DOCUMENTS LONG-SHARE``.

A process of its own for each, so that its peak of memory is its own. Concord builds from its archive, whose reading
counts; for the others documents are made on the way, and the time that this takes is taken off.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.corpus import Corpus, MadeDocument
from benchmarks.memory import peak_mb
from benchmarks.peers import peer
from benchmarks.peers.peer import size
from benchmarks.prepared import CONCORD, FTS5_FIELDS


def main() -> None:
    """Build, print the figures as JSON."""
    key, where, documents, long_share = sys.argv[1:]
    corpus = Corpus(int(documents), float(long_share))
    figures = _by_concord(Path(where)) if key == CONCORD else _by_peer(key, Path(where), corpus)
    print(json.dumps({"documents": corpus.size, **figures}))


def _by_concord(path: Path) -> dict[str, Any]:
    from crawler import ConfigFile
    from indexer import load_index_settings, update_index
    from indexer.generations import GenerationStore

    config = ConfigFile.read(path)
    started = time.perf_counter()
    update_index(config, rebuild=True)
    seconds = time.perf_counter() - started
    store = GenerationStore(load_index_settings(config).path)
    return {"seconds": round(seconds, 2), "bytes": store.size(store.current()), **peak_mb()}


def _by_peer(key: str, folder: Path, corpus: Corpus) -> dict[str, Any]:
    documents = _Watched(corpus)
    started = time.perf_counter()
    _build(key, folder, documents)
    seconds = time.perf_counter() - started - documents.seconds
    figures = {"seconds": round(seconds, 2), "making_s": round(documents.seconds, 2), "bytes": size(folder)}
    return {**figures, **peak_mb()}


class _Watched:
    """Documents, and ``seconds``: how long making them took so far."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self.seconds = 0.0

    def __iter__(self) -> Iterator[MadeDocument]:
        documents = iter(self._corpus)
        while True:
            started = time.perf_counter()
            document = next(documents, None)
            self.seconds += time.perf_counter() - started
            if document is None:
                return
            yield document


def _build(key: str, folder: Path, documents: Iterable[MadeDocument]) -> None:
    folder.mkdir(parents=True)
    if key == FTS5_FIELDS:
        from benchmarks.peers import fts5_fields

        fts5_fields.build(folder, documents)
    else:
        peer(key).build(folder, documents)


if __name__ == "__main__":
    main()
