"""What does an update cost where little of a large collection changed, against building the same index anew?"""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import accumulate
from statistics import median
from typing import Any

from benchmarks.workspace import Workspace
from crawler import Archive, ConfigFile, load, load_settings
from indexer import Collection, SearchRequest, update_index
from indexer.analysis import tokenize

NAME = "updating"
DOCUMENTS = 20_000
WORDS = 300  # a document: a short news item
CHANGED = 10
UPDATES = 12  # enough for a merge of small segments or two to be among them


def measure(workspace: Workspace) -> dict[str, Any]:
    """Seconds of a full build, of updates of ten documents each, and of the first search after one."""
    config, texts = workspace.config_named(NAME), MadeTexts(workspace)
    load_made(workspace, config, [texts.document(number) for number in range(DOCUMENTS)])
    full = _timed(lambda: update_index(config))
    collection, updates, searches = Collection.open(config), [], []
    collection.search(SearchRequest("treaty"))
    for _ in range(UPDATES):
        load_made(workspace, config, [texts.document(number) for number in texts.some(CHANGED)])
        updates.append(_timed(lambda: update_index(config)))
        searches.append(_timed(lambda: collection.search(SearchRequest("treaty"))))
    collection.close()
    return {
        "documents": DOCUMENTS,
        "changed": CHANGED,
        "rebuild_s": round(full, 1),
        "update_median_s": round(median(updates), 3),
        "update_longest_s": round(max(updates), 3),
        "rebuild_to_update": round(full / median(updates)),
        "first_search_after_s": round(median(searches), 3),
    }


def lines(found: dict[str, Any]) -> Iterator[str]:
    """The figures in words."""
    yield f"building anew: {found['rebuild_s']} s"
    yield f"an update: {found['update_median_s']} s, the longest of {UPDATES} {found['update_longest_s']} s"
    yield f"an update takes 1/{found['rebuild_to_update']:,} of building anew"
    yield f"the first search of an open collection after an update: {found['first_search_after_s']} s"


class MadeTexts:
    """Documents of words drawn as often as the seeds have them: the same ones in each run."""

    def __init__(self, workspace: Workspace) -> None:
        paragraphs = (paragraph for document in workspace.documents for paragraph in document.paragraphs)
        counts = Counter(token.exact for paragraph in paragraphs for token in tokenize(paragraph))
        self._words, self._weights = list(counts), list(accumulate(counts.values()))
        self._chance = random.Random(7)

    def some(self, number: int) -> list[int]:
        """Numbers of documents."""
        return self._chance.sample(range(DOCUMENTS), number)

    def document(self, number: int) -> dict[str, str]:
        """A line for ``concord load``; another text each time."""
        words = self._chance.choices(self._words, cum_weights=self._weights, k=WORDS)
        day = f"{1990 + number % 30}-{1 + number % 12:02}-{1 + number % 28:02}"
        return {"id": f"d{number}", "title": " ".join(words[:6]), "text": " ".join(words), "date": day}


def load_made(workspace: Workspace, config: ConfigFile, documents: list[dict[str, str]]) -> None:
    """Load documents as ``concord load`` does."""
    path = workspace.folder / "updating.jsonl"
    path.write_text("".join(json.dumps(document) + "\n" for document in documents), "utf-8")
    settings = load_settings(config)
    with Archive.open(settings.archive_path, create=True) as archive:
        load(archive, settings, [path])


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
