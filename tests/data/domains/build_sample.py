"""Draw the passages of the labelled set, and deal them out to those who label.

::

    python -m tests.data.domains.build_sample FOLDER

writes into FOLDER ``sample.jsonl`` (everything known of each passage), ``batch-1.jsonl`` … ``batch-4.jsonl`` (a
quarter of the passages each, id and text only, so that nothing else colours a label) and ``wikinews.tsv`` (the
articles that the licence wants named). The same data give the same files.

Two strata: ``random`` tells how often a domain occurs, ``topic`` has each domain often enough to measure it.
"""

from __future__ import annotations

import itertools
import json
import math
import random
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tests.data.domains.passages import Passage, articles, passages

SEED = 2008
RANDOM_DRAWS = {"ungdc": 160, "wikinews": 80, "sotu": 80}
TOPIC_DRAWS = 480  # nine a domain, and the rest for the rarest
TURNS = ("ungdc", "wikinews", "ungdc", "sotu")  # half speeches, a quarter each of the others
PER_DOCUMENT = 3  # more would measure a document's habits
BATCHES = 4
RUN = 8  # words; a passage that shares a quarter of its runs of eight with another repeats it
REPEATED_SHARE = 0.25

TOPICS = Path(__file__).parent / "topics.toml"
PRACTICE = Path(__file__).parent / "practice.jsonl"  # other passages, for tuning only: their articles are named too


class Draw:
    """Takes passages at random, none twice or nearly so, few from one document."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._documents: Counter[str] = Counter()
        self._runs: set[tuple[str, ...]] = set()

    def shuffled(self, pool: Iterable[Passage]) -> list[Passage]:
        """The passages in random order."""
        order = list(pool)
        self._chance.shuffle(order)
        return order

    def take(self, pool: Iterator[Passage]) -> Passage | None:
        """The next passage that may still be taken; None where there is none."""
        for passage in pool:
            runs = _runs(passage.text)
            if self._documents[passage.document] < PER_DOCUMENT and not self._is_repeated(runs):
                self._documents[passage.document] += 1
                self._runs |= runs
                return passage
        return None

    def _is_repeated(self, runs: set[tuple[str, ...]]) -> bool:
        return len(runs & self._runs) > REPEATED_SHARE * len(runs)


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _words(text).split()
    return set(zip(*(words[start:] for start in range(RUN)), strict=False))


def draw_random(draw: Draw, pool: tuple[Passage, ...]) -> dict[str, list[Passage]]:
    """Of each collection its number of passages, every passage with the same chance."""
    drawn = {}
    for collection, number in RANDOM_DRAWS.items():
        order = iter(draw.shuffled(passage for passage in pool if passage.collection == collection))
        drawn[collection] = [passage for _ in range(number) if (passage := draw.take(order))]
    return drawn


def draw_topics(draw: Draw, pool: tuple[Passage, ...]) -> dict[str, list[Passage]]:
    """For each domain its share of the passages that have a word of its topic, the collections by turns."""
    texts = [(passage, _words(passage.text)) for passage in pool]
    found = {domain: [p for p, text in texts if _has_any(text, words)] for domain, words in _topics().items()}
    rarest_first = sorted(found, key=lambda domain: (len(found[domain]), domain))
    turns = itertools.cycle(TURNS)
    drawn: dict[str, list[Passage]] = {}
    missing = TOPIC_DRAWS
    for left, domain in zip(range(len(found), 0, -1), rarest_first, strict=True):
        drawn[domain] = _draw_by_turns(draw, found[domain], math.ceil(missing / left), turns)
        missing -= len(drawn[domain])
    return drawn


def _draw_by_turns(draw: Draw, candidates: list[Passage], number: int, turns: Iterator[str]) -> list[Passage]:
    orders = {
        collection: iter(draw.shuffled(p for p in candidates if p.collection == collection))
        for collection in RANDOM_DRAWS
    }
    drawn: list[Passage] = []
    empty: set[str] = set()
    while len(drawn) < number and len(empty) < len(orders):
        collection = next(turns)
        passage = draw.take(orders[collection])
        if passage:
            drawn.append(passage)
        else:
            empty.add(collection)
    return drawn


def _has_any(text: str, words: Iterable[str]) -> bool:
    return any(word in text for word in words)


def _topics() -> dict[str, list[str]]:
    lists = tomllib.loads(TOPICS.read_text(encoding="utf-8"))
    return {domain: [_bounded(word) for word in words] for domain, words in lists.items()}


def _bounded(word: str) -> str:
    bounded = _words(word)
    return bounded.rstrip() if word.endswith("*") else bounded


def _words(text: str) -> str:
    return " " + " ".join(re.findall(r"\w+", text.lower())) + " "


def halves(groups: Iterable[list[Passage]], chance: random.Random) -> Iterator[tuple[Passage, str]]:
    """Each group dealt out to the two halves; the odd passages go to them by turns."""
    turns = itertools.cycle(("tuning", "held-out"))
    for group in groups:
        order = list(group)
        chance.shuffle(order)
        yield from zip(order, turns, strict=False)


def build() -> list[dict[str, Any]]:
    """The records of the sample, in an order that tells nothing of stratum, topic and half."""
    chance = random.Random(SEED)
    draw = Draw(chance)
    pool = passages()
    strata = {"random": draw_random(draw, pool), "topic": draw_topics(draw, pool)}
    records = [
        (passage, stratum, half)
        for stratum, groups in strata.items()
        for passage, half in halves(groups.values(), chance)
    ]
    chance.shuffle(records)
    return [_record(number, *record) for number, record in enumerate(records, 1)]


def _record(number: int, passage: Passage, stratum: str, half: str) -> dict[str, Any]:
    return {
        "id": f"u{number:04}",
        "collection": passage.collection,
        "document": passage.document,
        "year": passage.year,
        "stratum": stratum,
        "half": half,
        "text": passage.text,
    }


def credits(sample: list[dict[str, Any]]) -> str:
    """The articles of Wikinews that the sample quotes, a line each: document, title, address."""
    quoted = {record["document"] for record in sample}
    rows = ["\t".join((a["id"], a["title"], a["url"])) for a in articles() if a["id"] in quoted]
    return "\n".join(["document\ttitle\turl", *rows]) + "\n"


def write(sample: list[dict[str, Any]], folder: Path) -> None:
    """Put the sample, the batches and the credits into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    _write_lines(folder / "sample.jsonl", sample)
    size = len(sample) // BATCHES
    for number in range(BATCHES):
        batch = sample[number * size : (number + 1) * size]
        _write_lines(folder / f"batch-{number + 1}.jsonl", [{"id": r["id"], "text": r["text"]} for r in batch])
    practice = map(json.loads, PRACTICE.read_text("utf-8").splitlines())
    (folder / "wikinews.tsv").write_text(credits([*sample, *practice]), encoding="utf-8")


def _write_lines(path: Path, records: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Draw the sample into the folder given and say what it holds."""
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    sample = build()
    write(sample, Path(arguments[0]))
    for key in ("collection", "stratum", "half"):
        print(key, dict(sorted(Counter(record[key] for record in sample).items())))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
