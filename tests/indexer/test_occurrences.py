"""Hits found in arrays of word numbers are those that the postings give, for leaves of every kind."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.engines.protocol import Filters, LabelledDocument, Plan
from indexer.engines.whoosh import WhooshEngine
from indexer.engines.whoosh.instruments import Corpus
from indexer.engines.whoosh.occurrences import Occurrences, merged
from indexer.engines.whoosh.searching import Search
from indexer.engines.whoosh.wordlist import MOST_FILES, WordList
from indexer.marking import mark_passages
from indexer.query.match import spans
from indexer.query.nodes import Everything, Leaf, Or, Word
from indexer.query.spans import tightest
from indexer.results import Sort
from tests.indexer.samples import element, real, synthetic, written


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhooshEngine]:
    folder = tmp_path_factory.mktemp("generation")
    chance = random.Random(7)
    first = [synthetic(chance, f"s{number}") for number in range(50)]
    second = [synthetic(chance, f"s{number}") for number in (*range(0, 50, 6), *range(50, 60))]
    written(folder, [first, [*real()], second])
    engine = WhooshEngine(folder)
    yield engine
    engine.close()


def search(engine: WhooshEngine) -> Search:
    return Search(Plan(Everything(), Filters(), Sort.RELEVANCE, 0, 0), engine._sources)


def everywhere(engine: WhooshEngine) -> tuple[Corpus, Occurrences]:
    corpus = engine._instruments._corpus
    return corpus, Occurrences(corpus.texts, corpus.words, search(engine).postings)


def by_document(engine: WhooshEngine, leaf: Leaf) -> dict[str, list[tuple[int, int]]]:
    corpus, occurrences = everywhere(engine)
    found = occurrences.stretches(leaf)
    places: dict[str, list[tuple[int, int]]] = {}
    for text, first, last in zip(
        corpus.texts.text_of(found.firsts).tolist(), found.firsts.tolist(), found.lasts.tolist(), strict=True
    ):
        start = int(corpus.texts.starts[text])
        places.setdefault(corpus.rows[text].id, []).append((first - start, last - start))
    return places


def test_a_leaf_stands_where_the_postings_have_it(engine: WhooshEngine) -> None:
    chance = random.Random(31)
    rows = engine._sources.table.rows
    found_something = 0
    for _ in range(400):
        leaf = element(chance)
        expected = {
            rows[number].id: tightest(places)
            for number, places in spans(search(engine).postings, "body", leaf).items()
            if places
        }
        assert by_document(engine, leaf) == expected, leaf
        found_something += bool(expected)
    assert found_something > 200


def test_what_overlaps_is_one_hit_as_it_is_one_mark(engine: WhooshEngine) -> None:
    chance = random.Random(32)
    corpus, occurrences = everywhere(engine)
    for _ in range(60):
        leaves: list[Leaf] = [element(chance) for _ in range(3)]
        hits = merged([occurrences.stretches(leaf) for leaf in leaves])
        firsts = corpus.texts.text_of(hits.firsts).tolist()
        expansions = engine.expansions(Or(tuple(leaves)))
        for place, row in enumerate(corpus.rows):
            entry = engine.document(row.id)
            assert entry is not None
            whole = " ".join(entry.document.paragraphs)
            if len(set(entry.languages())) == 1:  # as one passage, so that no mark is in two
                (marked,) = mark_passages([whole], entry.languages()[0], leaves, expansions)
                assert firsts.count(place) == len(marked.ranges), (leaves, row.id)


def test_words_keep_their_numbers_over_many_updates(tmp_path: Path) -> None:
    def entry(number: int) -> LabelledDocument:
        labelled = synthetic(random.Random(number), f"s{number}")
        paragraphs = (*labelled.document.paragraphs, f"wort{number} extradition")
        languages = (*labelled.languages(), "en")
        return replace(
            labelled, document=replace(labelled.document, paragraphs=paragraphs), passage_languages=languages
        )

    updates = MOST_FILES + 3
    left = written(tmp_path, [[entry(number)] for number in range(updates)])
    assert len(list(tmp_path.glob("words-*.npz"))) < MOST_FILES
    engine = WhooshEngine(tmp_path)
    for number in range(updates):
        assert engine.ever_with(Word(f"wort{number}")) == [f"s{number}"]
    assert engine.ever_with(Word("extradition")) == sorted(left)
    words = WordList.read(tmp_path)
    assert len(set(words.keys.tolist())) == len(words)
    engine.close()
