"""The texts of several segments are those of their documents, in words with one number each."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from indexer.analysis import family, fold, tokenize
from indexer.columnar.instruments import Corpus
from indexer.columnar.instruments.occurrences import Occurrences
from indexer.columnar.instruments.texts import Texts
from indexer.columnar.words import word_hash
from indexer.engines.protocol import LabelledDocument
from tests.indexer.columnar.collection import generation_of
from tests.indexer.columnar.instruments.opened import Opened, opened, several
from tests.indexer.samples import element

Words = list[list[tuple[str, str]]]

DELETED = ((0, 4), (), (7,))


@pytest.fixture(scope="module")
def entries() -> list[LabelledDocument]:
    return several(random.Random(3), 60)


@pytest.fixture(scope="module", params=["one segment", "three segments", "the largest last"])
def held(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, entries: list[LabelledDocument]
) -> tuple[Opened, dict[int, LabelledDocument]]:
    """A generation, and its live documents."""
    bounds = {"one segment": (0, 60), "three segments": (0, 35, 45, 60), "the largest last": (0, 6, 16, 60)}[
        request.param
    ]
    parts = [entries[begin:end] for begin, end in pairwise(bounds)]
    deleted = DELETED if len(parts) > 1 else ((2,),)
    generation = generation_of(tmp_path_factory.mktemp("generation"), parts, deleted)
    live = {number: entries[number] for number in generation.numbers.tolist()}
    return opened(generation, entries.__getitem__), live


Held = tuple[Opened, dict[int, LabelledDocument]]


def as_read(paragraphs: Sequence[str], languages: Sequence[str]) -> Words:
    return [
        [(token.written, language) for token in tokenize(paragraph)]
        for paragraph, language in zip(paragraphs, languages, strict=True)
    ]


def read_back(corpus: Corpus, texts: Texts, at: int) -> Words:
    return [[corpus.words.form(number) for number in part.tolist()] for part in texts.by_passage(at)]


def test_current_texts_are_those_of_the_documents(held: Held) -> None:
    corpus = held[0].corpus
    for number, entry in held[1].items():
        assert read_back(corpus, corpus.texts, number) == as_read(entry.document.paragraphs, entry.languages())


def test_past_texts_are_the_versions_in_the_order_of_captures(held: Held) -> None:
    corpus, past = held[0].corpus, held[0].corpus.past
    for number, entry in held[1].items():
        versions = [version for version in past.order.tolist() if past.owners[version] == number]
        if entry.history is None:
            assert not versions
            continue
        texts = {each.number: as_read(each.paragraphs, each.languages) for each in entry.history.past}
        texts[1] = as_read(entry.document.paragraphs, entry.languages())
        assert [read_back(corpus, past.texts, at) for at in versions] == [texts[each] for each in entry.history.order]
    assert set(past.owners.tolist()) == {number for number, entry in held[1].items() if entry.history}


def test_a_word_has_one_number_whatever_segments_have_it(held: Held) -> None:
    words = held[0].corpus.words
    forms = [words.form(number) for number in range(len(words))]
    assert len(set(forms)) == len(forms)
    assert words.keys.tolist() == [word_hash(*form) for form in forms]
    assert words.exact.tolist() == [word_hash(fold(written)) for written, _ in forms]
    assert words.families.tolist() == [word_hash(family(*form)) for form in forms]
    assert words.forms(np.arange(len(words))[::-1]) == forms[::-1]


def test_families_are_numbered_and_forms_ranked(held: Held) -> None:
    words = held[0].corpus.words
    numbers, size = words.family_numbers
    families = words.families.tolist()
    assert size == len(set(families)) == len(set(zip(numbers.tolist(), families, strict=True)))
    assert set(numbers.tolist()) == set(range(size))
    folded = [fold(words.form(number)[0]) for number in range(len(words))]
    places = {form: place for place, form in enumerate(sorted(set(folded)), 1)}
    assert words.ranks.tolist() == [places[form] for form in folded]


@pytest.mark.parametrize("share", [0.1, 0.9, 1.0])
def test_words_are_counted_in_the_documents_that_are_asked_for(held: Held, share: float) -> None:
    corpus = held[0].corpus
    chance = random.Random(8)
    chosen = {number: entry for number, entry in held[1].items() if chance.random() < share}
    mask = np.zeros(corpus.generation.size, np.bool_)
    mask[list(chosen)] = True
    expected = Counter(
        word
        for entry in chosen.values()
        for passage in as_read(entry.document.paragraphs, entry.languages())
        for word in passage
    )
    counts = corpus.word_counts(mask).tolist()
    assert {corpus.words.form(number): count for number, count in enumerate(counts) if count} == expected


def test_positions_are_in_the_text_and_the_passage_that_hold_them(held: Held) -> None:
    texts = held[0].corpus.texts
    of_all = np.arange(len(texts.words))
    texts_of_all = np.repeat(np.arange(len(texts)), texts.lengths)
    assert np.array_equal(texts.text_of(of_all), texts_of_all)
    assert np.array_equal(texts.text_of(of_all[::40]), texts_of_all[::40])
    passages = texts.passage_of(of_all)
    assert np.all((texts.passages[passages] <= of_all) & (of_all < texts.passages[passages + 1]))


def test_leaves_stand_in_the_words_where_the_postings_have_them(held: Held) -> None:
    corpus, leaves = held[0].corpus, held[0].leaves
    scanning = Occurrences(corpus.texts, corpus.words, leaves)
    chance = random.Random(4)
    found_something = 0
    for _ in range(150):
        leaf = element(chance)
        scanned, found = scanning.stretches(leaf), leaves.stretches("body", leaf)
        live = corpus.live.take(corpus.texts.text_of(scanned.firsts))
        assert scanned.firsts[live].tolist() == found.firsts.tolist(), leaf
        assert scanned.lasts[live].tolist() == found.lasts.tolist(), leaf
        found_something += bool(len(found))
    assert found_something > 60


def test_a_generation_without_documents_has_no_texts(tmp_path: Path) -> None:
    corpus = opened(generation_of(tmp_path, []), {}.__getitem__).corpus
    assert (len(corpus.texts), len(corpus.words), len(corpus.past.texts)) == (0, 0, 0)
    assert corpus.words.family_numbers[1] == 0
    assert len(corpus.words.ranks) == len(corpus.words.exact) == 0
