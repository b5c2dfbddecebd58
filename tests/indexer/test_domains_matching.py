"""Finding the phrases of a taxonomy, against trying every phrase at every word."""

from __future__ import annotations

import gzip
import json
import pickle
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.domains import Labeller, Taxonomy
from indexer.domains.passage import Passage
from indexer.domains.trie import PhraseTrie
from tests.indexer.slow_labelling import SlowText

SEEDS = Path(__file__).parents[2] / "seeds"
TAXONOMY = """
[[domain]]
id = "judicial"
name.en = "Judicial affairs"
terms.en = ["law", "law and order", "rule of law", "the law of the sea", "=laws", "cooperation in law", "co-operation"]
terms.fr = ["droit", "état de droit", "l'extradition", "extradition"]
terms.zh = ["引渡", "司法协助", "司法"]
hints.en = ["order", "sea", "the order of the law", "organized"]
not.en = ["law of gravity", "order of the day"]
not.zh = ["中引"]

[[domain]]
id = "sea"
name.en = "The sea"
terms.en = ["sea", "law of the sea", "0.7 per cent", "U.N. law", "safehaven"]
hints.en = ["of the sea^0.3", "=order", "haven"]
hints.fr = ["mer", "droit de la mer"]
"""
_WRITTEN = (
    "law laws Law order orders sea the of and in rule co operation co-operation cooperation safe-haven haven safe "
    "organised organized day gravity 0.7 per cent U.N. l'extradition d'un'état état droit de la mer "
    "引渡 司法 协助 中 引"
)
_GAPS = [" ", " ", " ", " ", "-", "\u2010", ", ", ". ", " (", ") ", "\n", "\u3002", "", "\u00ad", " \u2019"]


@cache
def taxonomy(path: Path) -> Taxonomy:
    path.write_text(TAXONOMY, "utf-8")
    return Taxonomy.load(path)


@cache
def trie(path: Path, language: str) -> PhraseTrie:
    return PhraseTrie(taxonomy(path), language)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("taxonomy") / "domains.toml"


texts = st.lists(st.tuples(st.sampled_from(_WRITTEN.split()), st.sampled_from(_GAPS)), max_size=14).map(
    lambda pairs: "".join(map("".join, pairs))
)


@given(texts, st.sampled_from(["en", "fr", "zh"]))
def test_every_phrase_is_found_wherever_it_stands(path: Path, text: str, language: str) -> None:
    found = trie(path, language).matches(Passage(text))
    told = {(match.start, match.end, match.phrase.domain, match.phrase.weight) for match in found}
    assert told == SlowText(text, language).find_all(taxonomy(path))


@given(texts)
def test_the_words_of_a_passage_are_its_tokens(text: str) -> None:
    tokens, passage = SlowText(text, "en").tokens, Passage(text)
    assert passage.words == [text[token.start : token.end] for token in tokens]


@given(texts, st.integers(0, 6), st.integers(1, 6))
def test_words_are_told_as_they_stand_in_the_text(text: str, start: int, count: int) -> None:
    tokens = SlowText(text, "en").tokens[start : start + count]
    whole = text[tokens[0].start : tokens[-1].end] if tokens else ""
    assert Passage(text).written(start, start + len(tokens)) == " ".join(whole.split())


def test_a_speech_has_the_shipped_phrases_that_trying_them_all_finds() -> None:
    with gzip.open(SEEDS / "un-general-debate" / "speeches-2000-2015.jsonl.gz", "rt", encoding="utf-8") as lines:
        paragraphs = json.loads(next(lines))["text"].split("\n\n")
    shipped = Taxonomy.load()
    few = Taxonomy(shipped.nodes[::8])  # trying all phrases takes its time
    found = PhraseTrie(few, "en")
    for paragraph in paragraphs[:4]:
        told = {(one.start, one.end, one.phrase.domain, one.phrase.weight) for one in found.matches(Passage(paragraph))}
        assert told == SlowText(paragraph, "en").find_all(few)


def test_a_labeller_that_another_process_was_given_labels_alike() -> None:
    labeller = Labeller(Taxonomy.load())
    copy = pickle.loads(pickle.dumps(labeller))
    text = ["Ministers spoke of extradition and of judicial assistance."]
    assert copy.label(text, "en") == labeller.label(text, "en") != ()
