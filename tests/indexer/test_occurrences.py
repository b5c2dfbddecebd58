"""Hits found in arrays of word numbers are those that the postings give, for leaves of every kind."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.analysis import tokenize
from indexer.engines.protocol import Filters, History, LabelledDocument, PastVersion, Plan
from indexer.engines.whoosh import WhooshEngine, WhooshWriter, merging, wordlist
from indexer.engines.whoosh.corpus import Corpus
from indexer.engines.whoosh.occurrences import Occurrences, merged
from indexer.engines.whoosh.searching import Search
from indexer.engines.whoosh.texts import Texts
from indexer.engines.whoosh.wordlist import MOST_FILES, WordList
from indexer.marking import mark_passages
from indexer.query.match import spans
from indexer.query.nodes import Either, Element, Everything, Leaf, Or, Phrase, Window, Word
from indexer.query.spans import tightest
from indexer.results import Sort
from tests.indexer.samples import ROWS, SPELT, element, real, synthetic, written


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


def assert_as_the_postings_have_it(engine: WhooshEngine, leaves: Iterable[Leaf]) -> int:
    """How many of the leaves stand anywhere."""
    rows = engine._sources.table.rows
    found_something = 0
    for leaf in leaves:
        expected = {
            rows[number].id: tightest(places)
            for number, places in spans(search(engine).postings, "body", leaf).items()
            if places
        }
        assert by_document(engine, leaf) == expected, leaf
        found_something += bool(expected)
    return found_something


def test_a_leaf_stands_where_the_postings_have_it(engine: WhooshEngine) -> None:
    chance = random.Random(31)
    assert assert_as_the_postings_have_it(engine, [element(chance) for _ in range(400)]) > 200


def long_part(chance: random.Random) -> Element:
    """A part of a window that may be several words, or have words in common with another one."""
    first, second, glued = (Word(word) for word in chance.sample(SPELT, 3))
    return chance.choice([first, first, Word(chance.choice(ROWS)), Either((Phrase((first, second)), glued))])


def test_a_window_of_long_parts_stands_where_the_postings_have_it(engine: WhooshEngine) -> None:
    chance = random.Random(33)
    parts = [tuple(long_part(chance) for _ in range(chance.choice([2, 2, 3]))) for _ in range(150)]
    windows = [Window((*some, *some[: chance.randint(0, 1)]), chance.randint(15, 30)) for some in parts]
    assert assert_as_the_postings_have_it(engine, windows) > 50


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


def read_back(corpus: Corpus, texts: Texts, at: int) -> list[list[tuple[str, str]]]:
    """Each word of a text with its language, passage by passage."""
    return [[corpus.words.form(number) for number in part.tolist()] for part in texts.by_passage(at)]


def as_read(paragraphs: Sequence[str], languages: Sequence[str]) -> list[list[tuple[str, str]]]:
    return [
        [(token.written, language) for token in tokenize(paragraph)]
        for paragraph, language in zip(paragraphs, languages, strict=True)
    ]


def with_history(chance: random.Random, entry: LabelledDocument) -> LabelledDocument:
    """The document as one of several versions, in some order of captures."""
    past = [synthetic(chance, "past") for _ in range(chance.randint(1, 3))]
    versions = tuple(
        PastVersion(number, each.document.paragraphs, each.languages()) for number, each in enumerate(past, 2)
    )
    order = (1, *(version.number for version in versions), *chance.choice([(), (1,)]))
    return replace(entry, history=History(order, versions))


@pytest.mark.parametrize("seed", [1, 2])
def test_texts_are_those_of_the_documents_after_many_updates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(wordlist, "MOST_FILES", 4)
    monkeypatch.setattr(merging, "SMALLEST_TIER", 3)
    chance = random.Random(seed)
    left: dict[str, LabelledDocument] = {}
    for update in range(30):
        writer = WhooshWriter(tmp_path, update=update > 0)
        for id in chance.sample(sorted(left), min(len(left), chance.randint(0, 2))):
            writer.remove(id)
            del left[id]
        for id in chance.sample([f"s{number}" for number in range(25)], chance.randint(0, 4)):
            entry = synthetic(chance, id)
            left[id] = with_history(chance, entry) if chance.random() < 0.4 else entry
            writer.add(left[id])
        writer.commit()
    engine = WhooshEngine(tmp_path)
    corpus = engine._instruments._corpus
    assert {row.id for row in corpus.rows} == left.keys()
    versions = corpus.past.order.tolist()
    for place, row in enumerate(corpus.rows):
        entry = left[row.id]
        assert read_back(corpus, corpus.texts, place) == as_read(entry.document.paragraphs, entry.languages())
        if entry.history:
            past = {each.number: as_read(each.paragraphs, each.languages) for each in entry.history.past}
            past[1] = as_read(entry.document.paragraphs, entry.languages())
            own = [version for version in versions if corpus.past.owners[version] == place]
            assert [read_back(corpus, corpus.past.texts, at) for at in own] == [
                past[each] for each in entry.history.order
            ]
        else:
            assert place not in corpus.past.owners
    assert_as_the_postings_have_it(engine, [element(chance) for _ in range(100)])
    engine.close()
