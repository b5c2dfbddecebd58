"""Queries made to take forever, over the documents that ship with Concord: each ends, and what was cut off is told."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from crawler import ConfigFile
from indexer import Collection, SearchRequest
from tests.faults.bounds import ends

PAIRS = ["".join(pair) for pair in product("abcdefghijklmn", "aeiourtnslabcd")]
FREQUENT = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "that",
    "a",
    "is",
    "for",
    "our",
    "we",
    "this",
    "it",
    "has",
    "with",
    "as",
    "on",
]


@pytest.fixture(scope="module")
def seeds(seed_workspace: Path) -> Iterator[Collection]:
    collection = Collection.open(ConfigFile.read(seed_workspace / "config.toml"))
    collection.search(SearchRequest("extradition"))
    yield collection
    collection.close()


TOO_MANY_FORMS = "stands for too many words: only the most frequent were searched"
TOO_MANY_WORDS = "only the first 200 words were searched"
TOO_MANY_NEAR = "only what stands before the 11th NEAR was searched"
TOO_LONG = "the query was cut off after 10,000 characters"
TOO_WIDE = "only the first 10 words within a distance were searched"
TOO_DEEP = "more than 50 brackets, signs or fields within each other; searched the plain words instead"


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("*a*", {TOO_MANY_FORMS}),
        ("*a*b*c*d*e*f*", set()),
        (" OR ".join(f"*{letter}*" for letter in "abcdefghijklmnopqrstuvwxyz"), {TOO_MANY_FORMS}),
        (" OR ".join(f"*{pair}*" for pair in PAIRS), {TOO_MANY_FORMS}),
        (" OR ".join(f"url:*{pair}*a*b*c*" for pair in PAIRS[:40]), set()),
        (" ".join(f"{pair}ration~2" for pair in PAIRS), {TOO_MANY_FORMS}),
        ("the~2 a~2 of~2", set()),
        (" ".join(f"xq{pair}z{pair}ration" for pair in PAIRS), set()),
        (" ".join(f"{word}{number}" for number in range(600) for word in FREQUENT), {TOO_LONG, TOO_MANY_WORDS}),
        ("the " * 10_000, {TOO_LONG, TOO_MANY_WORDS}),
        ("的" * 10_000, {TOO_MANY_WORDS}),
        ("(" * 50 + "the" + ")" * 50, set()),
        ("(" * 3_000 + "the" + ")" * 3_000, {TOO_DEEP}),
        (" OR ".join(f"(NOT {word})" for word in FREQUENT * 11), set()),
        ("the NEAR/1000 the", set()),
        (" NEAR/1000 ".join(FREQUENT), {TOO_MANY_NEAR}),
        (" NEAR/1000 ".join(["*a*", "*e*"] * 20), {TOO_MANY_FORMS, TOO_MANY_NEAR}),
        ('"' + "of the " * 100 + '"', set()),
        ('"*a* *e* *i* *o*"', {TOO_MANY_FORMS}),
        ('"the of and to in that a is for our"~99999', set()),
        ('"' + "the " * 200 + '"~99999', {TOO_WIDE}),
        ('"*a* *e* *i*"~100', {TOO_MANY_FORMS}),
        ('"' + "*a* *e* *i* *o* *u* *n* *t* " * 7 + '"~100000', {TOO_MANY_FORMS, TOO_WIDE}),
        ("-".join(["the"] * 200), set()),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)
def test_a_query_that_could_take_forever_ends_and_its_cuts_are_told(
    seeds: Collection, query: str, told: set[str]
) -> None:
    with ends():
        results = seeds.search(SearchRequest(query))
    assert {note.message for note in results.notes} == told
    assert all(note.position is not None and 0 <= note.position <= len(query) for note in results.notes)


def test_a_hit_of_such_a_query_can_be_read(seeds: Collection) -> None:
    query = '"*a* *e* *i*"~100 OR ' + " NEAR/1000 ".join(FREQUENT)
    hit = seeds.search(SearchRequest(query)).hits[0]
    with ends():
        assert seeds.document(hit.id, query).hits
