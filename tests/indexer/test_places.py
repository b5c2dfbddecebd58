"""Snippets cut by where the index has the words are those that the whole text gives."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator, Sequence

import pytest

from crawler import Document
from indexer.analysis import tokenize
from indexer.engines.protocol import Filters, LabelledDocument, Plan
from indexer.engines.whoosh import WhooshEngine
from indexer.hits import hit_of_text, hits
from indexer.marking import mark_passages
from indexer.query.nodes import Exact, Leaf, Or, Phrase, Word
from indexer.query.parse import parse
from indexer.results import Sort
from indexer.snippets import snippets, snippets_at
from tests.indexer.samples import NOW, SPEECHES, element, synthetic, written

LETTERS = (
    "L'extradition d'un accusé; l’État a signé.",
    "* * *",
    "The U.N. gave 2,500 dollars to non-traditional — non traditional — work. China's aid.",
    "Señor Méndez firmó: SENOR Mendez.",
    "签署引渡条约,引而不渡。引渡",
    "条约 and judicial",
    "assistance, judicial assistance & <b>more</b> judicial",
    "***",
    "assistance.",
)


def long_speeches() -> Iterator[LabelledDocument]:
    """Real speeches in full: dozens of passages."""
    with gzip.open(SPEECHES, "rt", encoding="utf-8") as lines:
        for _, line in zip(range(6), lines, strict=False):
            record = json.loads(line)
            yield document(record["id"], tuple(record["text"].split("\n\n")), record["title"])


def document(id: str, paragraphs: tuple[str, ...], title: str = "A title", language: str = "en") -> LabelledDocument:
    return LabelledDocument(
        Document(id, "un", None, title, paragraphs, None, language, 1, NOW),
        (),
        frozenset(),
    )


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhooshEngine]:
    folder = tmp_path_factory.mktemp("generation")
    chance = random.Random(3)
    letters = [document("letters", LETTERS), document("lettres", LETTERS, language="fr")]
    first = [*(synthetic(chance, f"s{number}") for number in range(30)), *letters]
    second = [*(synthetic(chance, f"s{number}") for number in range(0, 30, 4)), *long_speeches()]
    written(folder, [first, second])
    engine = WhooshEngine(folder)
    yield engine
    engine.close()


def assert_as_the_whole_text_has_it(engine: WhooshEngine, leaves: Sequence[Leaf], weights: dict[Leaf, float]) -> int:
    """How many snippets have a mark."""
    entries = {entry.document.id: entry for entry in engine.entries()}
    expansions = engine.expansions(Or(tuple(leaves)))
    places = engine.places(dict.fromkeys(entries, leaves))
    marks = 0
    for id, entry in entries.items():
        paragraphs = entry.document.paragraphs
        whole = snippets(mark_passages(paragraphs, entry.languages(), leaves, expansions), weights)
        assert snippets_at(paragraphs, places[id], weights) == whole, (leaves, id)
        marks += sum("<mark>" in snippet.html for snippet in whole)
    return marks


def test_leaves_of_every_kind_give_the_snippets_of_the_whole_text(engine: WhooshEngine) -> None:
    chance = random.Random(17)
    marks = 0
    for _ in range(80):
        leaves: list[Leaf] = [element(chance) for _ in range(chance.choice([1, 1, 2, 3]))]
        weights: dict[Leaf, float] = {leaf: chance.choice([0.1, 1.0, 3.0]) for leaf in leaves}
        marks += assert_as_the_whole_text_has_it(engine, leaves, weights)
    assert marks > 1000


@pytest.mark.parametrize(
    "query",
    [
        "extradition",
        "L'extradition d'un accusé",
        "accusé etat",
        "U.N.",
        "2500 dollars",
        "non-traditional work",
        '"non traditional"',
        "China's",
        "méndez",
        "=mendez",
        "firm* senor",
        "mendz~",
        "引渡",
        '"条约 引"',
        "引渡条约 OR 渡",
        '"judicial assistance"',
        '"assistance assistance"',
        "条约 NEAR/3 assistance",
        '"judicial treaty assistance"~9',
        '"of the"',
        "the of and",
        "title:title",
        "title:title judicial",
        "united nations -absent",
        "united absent nations",
        "the general assembly of the united nations has to act on development and on security in the coming years",
        "source:un",
        "lang:fr extradition",
        "absent",
        "",
    ],
)
def test_a_page_of_hits_is_that_of_their_whole_texts(engine: WhooshEngine, query: str) -> None:
    parsed = parse(query)
    answer = engine.search(Plan(parsed.tree, Filters(), Sort.RELEVANCE, 0, 20))
    assert list(hits(parsed, answer, engine)) == [hit_of_text(found, parsed, answer) for found in answer.found]


def test_passages_are_told_by_their_first_words(engine: WhooshEngine) -> None:
    counts = [len(list(tokenize(paragraph))) for paragraph in LETTERS]
    firsts = engine.places({"letters": [Word("treaty")]})["letters"].firsts
    assert list(firsts) == [sum(counts[:at]) for at in range(len(counts) + 1)]


def test_a_leaf_that_stands_nowhere_has_no_places(engine: WhooshEngine) -> None:
    leaf = Word("absent")
    assert dict(engine.places({"letters": [leaf]})["letters"].spans) == {leaf: []}


def test_each_document_is_asked_for_its_own_leaves(engine: WhooshEngine) -> None:
    one, other = Exact("judicial"), Phrase((Word("judicial"), Word("assistance")))
    found = engine.places({"letters": [one], "lettres": [other]})
    assert set(found["letters"].spans) == {one}
    assert [last - first for first, last in found["lettres"].spans[other]] == [1, 1, 1]


def test_words_stand_where_they_do_in_the_languages_that_they_are_read_in(engine: WhooshEngine) -> None:
    leaf = Word("signer")
    asked = {"letters": [leaf], "lettres": [leaf]}
    everywhere, english = engine.places(asked), engine.places(asked, ["en"])
    assert [len(places.spans[leaf]) for places in everywhere.values()] == [0, 1]
    assert [len(places.spans[leaf]) for places in english.values()] == [0, 0]


def test_an_id_that_is_not_there_has_no_places(engine: WhooshEngine) -> None:
    assert list(engine.places({"nobody": [Word("treaty")], "letters": [Word("treaty")]})) == ["letters"]


def test_nothing_is_asked_for_nothing(engine: WhooshEngine) -> None:
    assert engine.places({}) == {}
