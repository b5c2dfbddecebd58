"""Open a collection and ask it: ``python -m benchmarks.open_one CONFIG QUERIES.json``. A fresh process, told as JSON.

Importing doesn't count; the time from there to the first answer does, and what is resident then and later.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from benchmarks.memory import resident_mb
from crawler import ConfigFile
from indexer import Collection, SearchRequest


def main() -> None:
    """Print the figures."""
    config, texts = ConfigFile.read(Path(sys.argv[1])), json.loads(Path(sys.argv[2]).read_text("utf-8"))
    before = resident_mb()
    started = time.perf_counter()
    collection = Collection.open(config)
    collection.search(SearchRequest(texts[0]))
    first_answer = (time.perf_counter() - started) * 1000
    opened = resident_mb()
    for text in texts:
        collection.search(SearchRequest(text))
    figures = {"imported": before, "first answer": opened, f"{len(texts)} queries": resident_mb()}
    print(json.dumps({"first_answer_ms": round(first_answer, 1), "memory": figures}))


if __name__ == "__main__":
    main()
