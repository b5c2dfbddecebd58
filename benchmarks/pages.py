"""What does a whole page of ten hits with snippets cost, opening an index, and an update, among long documents?

The made documents of ``speed.py``, of which one in a hundred is as long as a speech (50 kB). Queries are typed as
people type them, so words stand for all their inflections. The update is last: it changes the index.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from statistics import median
from typing import Any

from benchmarks.asked import Asked, Kind, count, queries
from benchmarks.corpus import Corpus
from benchmarks.prepared import CONCORD, Prepared, in_own_process, load_documents
from benchmarks.timing import in_turns, percentiles
from benchmarks.workspace import Workspace
from crawler import ConfigFile
from indexer import Collection, SearchRequest, update_index

DOCUMENTS = 100_000
LONG_SHARE = 0.01
CHANGED = 10
UPDATES = 12  # enough for a merge of small segments or two to be among them
OPENINGS = 5
_JOINED = {Kind.OR_3: " OR ", Kind.OR_10: " OR "}


def measure(workspace: Workspace) -> dict[str, Any]:
    """Milliseconds of a page, of opening and of an update; what is resident."""
    prepared = Prepared(workspace, Corpus(workspace.size or DOCUMENTS, LONG_SHARE))
    built, asked = prepared.built(CONCORD), queries(count(prepared.corpus))
    config = prepared.config()
    return {
        "documents": prepared.corpus.size,
        "build_s": built["seconds"],
        "pages": page_times(config, asked),
        "opening": opening(workspace, config, asked),
        "updating": _updating(workspace, config, prepared.corpus),
    }


def typed(asked: Asked) -> str:
    """A query as somebody types it."""
    match asked.kind:
        case Kind.PHRASE:
            return f'"{" ".join(asked.words)}"'
        case Kind.PREFIX:
            return f"{asked.words[0]}*"
        case _:
            return _JOINED.get(asked.kind, " ").join(asked.words)


def page_times(config: ConfigFile, asked: Mapping[Kind, Sequence[Asked]]) -> dict[str, Any]:
    """``p50`` and ``p95`` of ``Collection.search``, by class and over all, the first time and again."""
    collection = Collection.open(config)
    collection.search(SearchRequest("cooperation trade"))
    times: dict[str, dict[str, list[float]]] = {"all": {"first": [], "again": []}}
    for name in ("first", "again"):
        for kind, each in asked.items():
            calls = [{kind.value: partial(collection.search, SearchRequest(typed(query)))} for query in each]
            taken = in_turns(calls)[kind.value]
            times.setdefault(kind.value, {})[name] = taken
            times["all"][name] += taken
    collection.close()
    return {kind: {name: percentiles(taken) for name, taken in passes.items()} for kind, passes in times.items()}


def opening(workspace: Workspace, config: ConfigFile, asked: Mapping[Kind, Sequence[Asked]]) -> dict[str, Any]:
    """A fresh process each time: the median to the first answer, and the memory of the last one."""
    path = workspace.folder / "typed.json"
    path.write_text(json.dumps([typed(query) for each in asked.values() for query in each]), "utf-8")
    runs = [in_own_process("benchmarks.open_one", str(config.path), str(path)) for _ in range(OPENINGS)]
    taken = [run["first_answer_ms"] for run in runs]
    return {"first_answer_ms": median(taken), "slowest_ms": max(taken), "memory": runs[-1]["memory"]}


def _updating(workspace: Workspace, config: ConfigFile, corpus: Corpus) -> dict[str, float]:
    """Ten documents get a word of their own in their text; the time until all ten are found by it."""
    collection, taken = Collection.open(config), []
    collection.search(SearchRequest("cooperation trade"))
    documents = list(replace(corpus, size=CHANGED * UPDATES))
    for number in range(UPDATES):
        word = f"updatedword{number}"
        changed = [replace(each, text=f"{each.text} {word}") for each in documents[number::UPDATES]]
        load_documents(workspace, config, (document.to_json() for document in changed))
        taken.append(_until_found(config, collection, word))
    collection.close()
    return {"changed": CHANGED, "median_ms": round(median(taken), 1), "longest_ms": round(max(taken), 1)}


def _until_found(config: ConfigFile, collection: Collection, word: str) -> float:
    started = time.perf_counter()
    update_index(config)
    found = collection.search(SearchRequest(f"={word}")).total
    taken = (time.perf_counter() - started) * 1000
    if found != CHANGED:
        raise RuntimeError(f"{found} of the {CHANGED} documents of an update are found")
    return taken
