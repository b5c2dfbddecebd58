"""How passages for the labelled set are cut, drawn and dealt out, and that each of them is labelled."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from indexer.domains import Taxonomy
from tests.data.domains.build_sample import PER_DOCUMENT, Draw, build, draw_topics, halves
from tests.data.domains.passages import LONGEST, SHORTEST, Passage, excerpt

LABELLED = Path(__file__).parent / "data" / "domains"
HALVES = ("tuning", "held-out")
SENTENCE = "The two governments agreed to widen their cooperation in trade and health."  # 12 words


def numbered(number: int, document: str = "") -> Passage:
    text = " ".join(f"w{number}x{place}" for place in range(SHORTEST))
    return Passage("ungdc", document or f"D{number}", 1990, text)


@pytest.fixture
def draw() -> Draw:
    return Draw(random.Random(1))


def test_a_paragraph_that_fits_is_taken_whole():
    paragraph = " ".join([SENTENCE] * 5)
    assert excerpt(paragraph) == paragraph


def test_a_long_paragraph_is_cut_at_the_last_end_of_a_sentence_that_fits():
    assert excerpt(" ".join([SENTENCE] * 20)) == " ".join([SENTENCE] * (LONGEST // 12))


def test_an_abbreviation_does_not_end_a_sentence():
    paragraph = " ".join([SENTENCE] * 13) + " Then Mr. Smith and Gen. Jones of the U.S. Army spoke of it at length."
    assert excerpt(paragraph) == " ".join([SENTENCE] * 13)


@pytest.mark.parametrize(
    "paragraph",
    [
        SENTENCE,
        " ".join([SENTENCE] * 4)[4:],
        " ".join([SENTENCE] * 4).rstrip(".") + ":",
        " ".join(["word"] * (LONGEST + 1)),
    ],
    ids=["too short", "without a beginning", "without an end", "too long to be cut"],
)
def test_a_fragment_is_no_passage(paragraph: str):
    assert excerpt(paragraph) is None


def test_few_passages_come_from_one_document(draw: Draw):
    pool = iter([numbered(number, "one") for number in range(PER_DOCUMENT + 1)])
    assert [draw.take(pool) is not None for _ in range(PER_DOCUMENT + 1)] == [True] * PER_DOCUMENT + [False]


def test_a_passage_that_repeats_another_is_passed_over(draw: Draw):
    first = numbered(1)
    again = Passage("sotu", "other", 1991, first.text.upper() + " And one sentence more.")
    assert [draw.take(iter([passage])) for passage in (first, again)] == [first, None]


def test_each_group_is_dealt_out_evenly_to_the_halves():
    groups = [[numbered(number) for number in range(9)], [numbered(number) for number in range(9, 18)]]
    dealt = list(halves(groups, random.Random(1)))
    sizes = [sum(half == "tuning" for _, half in part) for part in (dealt[:9], dealt[9:])]
    assert (sorted(sizes), len(dealt)) == ([4, 5], 18)


def test_a_passage_is_drawn_for_a_topic_by_a_word_of_its_list(draw: Draw):
    pool = (numbered(1), Passage("sotu", "A", 1950, "A treaty on Extradition was signed."))
    drawn = draw_topics(draw, pool)
    assert {domain: passages for domain, passages in drawn.items() if passages} == {"judicial/extradition": [pool[1]]}


def labelled(half: str) -> dict[str, dict[str, Any]]:
    lines = (LABELLED / f"{half}.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["id"]: row for row in map(json.loads, lines)}


def below_the_roots() -> set[str]:
    return {node.id for node in Taxonomy.load().nodes if node.parent}


@pytest.mark.parametrize("half", HALVES)
def test_the_labels_of_a_passage_are_domains_each_once_in_order(half: str):
    rows, domains = labelled(half).values(), below_the_roots()
    assert [row["id"] for row in rows if row["domains"] != sorted(domains & set(row["domains"]))] == []


@pytest.mark.parametrize("half", HALVES)
def test_each_domain_has_a_passage_in_both_halves(half: str):
    assert {domain for row in labelled(half).values() for domain in row["domains"]} == below_the_roots()


def test_every_passage_of_the_sample_is_labelled_as_it_is_drawn():
    drawn: dict[str, dict[str, dict[str, Any]]] = {half: {} for half in HALVES}
    for record in build():
        drawn[record.pop("half")][record["id"]] = record
    rows = {half: labelled(half) for half in HALVES}
    assert {half: list(rows[half]) for half in HALVES} == {half: list(drawn[half]) for half in HALVES}
    # only the ids are compared at last: a failure must not show passages of the held-out half
    labelled_otherwise = [
        name
        for half in HALVES
        for name, record in drawn[half].items()
        if record | {"domains": rows[half][name]["domains"]} != rows[half][name]
    ]
    assert labelled_otherwise == []
