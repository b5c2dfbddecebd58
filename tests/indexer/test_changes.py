"""``change:added`` and ``change:removed``: pages that came to have something, or ceased to, between two captures."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from crawler import Archive, Capture, Record
from indexer import Collection, SearchRequest
from indexer.marking import mark_passages
from indexer.query.nodes import And, Exact, Loose, Node, Not, Or, Phrase, Word, is_leaf
from indexer.query.parse import parse
from tests.indexer.support import CONFIG, Workspace

FIRST = datetime(2024, 1, 1, tzinfo=UTC)
VOCABULARY = ["the", "treaty", "on", "extradition", "of", "fugitives", "was", "signed", "police", "aid", "force"]


def store(workspace: Workspace, id: str, day: int, *paragraphs: str, language: str = "en") -> None:
    """A capture of a page on a day."""
    body = "\n\n".join(paragraphs).encode()
    address = f"https://mfa.example/{id}"
    capture = Capture("ministry", address, FIRST + timedelta(days=day), body, "text/plain")
    with Archive.open(workspace.folder / "archive.sqlite", create=True) as archive:
        archive.store(capture, Record(id, address, "A page", paragraphs, None, language))


def found(workspace: Workspace, query: str) -> set[str]:
    return {hit.id for hit in workspace.search(query, limit=1000).hits}


@pytest.fixture
def changing(workspace: Workspace) -> Workspace:
    store(workspace, "gains", 0, "The treaty was signed.", "Both sides met.")
    store(workspace, "gains", 10, "The treaty was signed.", "Both sides met.", "It covers judicial assistance.")
    store(workspace, "loses", 0, "Mutual judicial assistance was agreed.", "The end.")
    store(workspace, "loses", 10, "The end.")
    store(workspace, "returns", 0, "Judicial assistance is offered.")
    store(workspace, "returns", 10, "Nothing is offered.")
    store(workspace, "returns", 20, "Judicial assistance is offered.")
    store(workspace, "moves", 0, "Judicial assistance is offered.", "The end is near.")
    store(workspace, "moves", 10, "The end is near.", "Judicial assistance is offered.")
    store(workspace, "always", 0, "Judicial assistance has always been here.")
    workspace.index()
    return workspace


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('"judicial assistance" change:added', {"gains", "returns"}),
        ('change:added "judicial assistance"', {"gains", "returns"}),
        ("judicial assistance change:removed", {"loses", "returns"}),
        ("change:added", {"gains", "returns"}),
        ("change:removed", {"loses", "returns"}),
        ("treaty change:added", set()),
        ("(judicial OR treaty) change:added", {"returns"}),
        ("judicial change:added change:removed", {"returns"}),
        ("judicial -change:added", {"moves", "always"}),
        ("change:added -judicial", set()),
        ("change:removed -judicial", {"loses"}),
        ("judicial source:ministry change:added", {"gains", "returns"}),
        ("judicial source:wire change:added", set()),
        ("judicial change:added OR always", {"gains", "returns", "always"}),
        ("title:page change:added", set()),
    ],
)
def test_a_change_is_of_the_words_beside_it(changing: Workspace, query: str, expected: set[str]) -> None:
    assert found(changing, query) == expected


def test_how_a_change_was_read_is_told(changing: Workspace) -> None:
    results = changing.search("judicial change:added")
    assert results.explanation == "added between two captures: judicial (judicial)"
    assert changing.search("change:removed").explanation == "text removed between two captures"


def test_an_unknown_change_is_told_and_finds_nothing(changing: Workspace) -> None:
    results = changing.search("judicial change:rewritten")
    assert results.total == 0
    assert [note.message for note in results.notes] == ['unknown change "rewritten"']


def test_what_was_added_is_marked_where_it_still_is(changing: Workspace) -> None:
    hits = {hit.id: hit for hit in changing.search('"judicial assistance" change:added').hits}
    assert "<mark>judicial assistance</mark>" in hits["gains"].snippets[0].html


def test_a_page_that_was_empty_gained_text_and_lost_none(workspace: Workspace) -> None:
    store(workspace, "filled", 0)
    store(workspace, "filled", 10, "Judicial assistance is offered.")
    store(workspace, "emptied", 0, "Judicial assistance is offered.")
    store(workspace, "emptied", 10)
    workspace.index()
    assert found(workspace, "change:added") == {"filled"}
    assert found(workspace, "change:removed") == {"emptied"}


def test_a_passage_that_is_taken_for_another_language_is_the_same_passage(workspace: Workspace) -> None:
    store(workspace, "moved", 0, "Annex 7: Bolivia", "The two sides met.", language="en")
    store(workspace, "moved", 10, "Annex 7: Bolivia", language="es")
    workspace.index()
    assert found(workspace, "change:added") == set()
    assert found(workspace, "change:removed") == {"moved"}


def test_an_update_sees_a_new_capture(changing: Workspace) -> None:
    store(changing, "always", 30, "Judicial assistance has always been here.", "So has extradition.")
    report = changing.index()
    assert report.indexed == 1
    assert found(changing, "extradition change:added") == {"always"}


def test_an_older_capture_that_comes_in_late_is_part_of_the_history(changing: Workspace) -> None:
    assert found(changing, "been change:added") == set()
    store(changing, "always", -30, "Nothing was here.")
    assert changing.index().indexed == 1
    assert found(changing, "been change:added") == {"always"}


def test_the_past_survives_merging_and_deletions(changing: Workspace) -> None:
    for number in range(40):
        store(changing, f"p{number}", 0, f"Plain page {number}.")
        if number % 4 == 0:
            changing.index()
    store(changing, "gains", 40, "All new.")
    changing.index()
    assert found(changing, '"judicial assistance" change:added') == {"gains", "returns"}
    assert found(changing, '"judicial assistance" change:removed') == {"loses", "returns", "gains"}


@pytest.fixture(scope="module")
def random_pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Collection, dict[str, list[list[str]]]]]:
    folder: Path = tmp_path_factory.mktemp("changing")
    (folder / "config.toml").write_text(CONFIG, "utf-8")
    workspace = Workspace(folder)
    chance = random.Random(11)
    pages: dict[str, list[list[str]]] = {}
    with Archive.open(folder / "archive.sqlite", create=True) as archive, archive.batch():
        for number in range(80):
            id, versions = f"page{number}", []
            for day in range(chance.randint(1, 4)):
                versions.append([" ".join(chance.choices(VOCABULARY, k=6)) for _ in range(chance.randint(1, 2))])
                capture = Capture(
                    "ministry", id, FIRST + timedelta(days=day), repr(versions[-1]).encode(), "text/plain"
                )
                archive.store(capture, Record(id, None, "A page", tuple(versions[-1]), None, "en"))
            pages[id] = versions
    workspace.index()
    collection = Collection.open(workspace.config)
    yield collection, pages
    collection.close()


def holds(node: Node, paragraphs: list[str]) -> bool:
    match node:
        case And(children) | Loose(children):
            return all(holds(child, paragraphs) for child in children)
        case Or(children):
            return any(holds(child, paragraphs) for child in children)
        case Not(child):
            return not holds(child, paragraphs)
        case _:
            assert is_leaf(node)
            return any(passage.ranges for passage in mark_passages(paragraphs, "en", [node], {}))


def some_query(chance: random.Random) -> str:
    words = chance.sample(VOCABULARY, 3)
    shapes = (
        '"{0} {1}"',
        "{0}",
        "{0} {1}",
        "{0} OR {1}",
        "{0} -{1}",
        "({0} OR {1}) {2}",
        '"{0} {1}"~3',
        "{0} NEAR/2 {1}",
    )
    return chance.choice(shapes).format(*words)


def test_changes_are_those_of_reading_every_version(
    random_pages: tuple[Collection, dict[str, list[list[str]]]],
) -> None:
    collection, pages = random_pages
    chance = random.Random(12)
    sizes = []
    for _ in range(150):
        query = some_query(chance)
        tree = parse(query).tree
        for kind in ("added", "removed"):
            expected = {
                id
                for id, versions in pages.items()
                for before, after in pairwise(versions)
                if holds(tree, after if kind == "added" else before)
                and not holds(tree, before if kind == "added" else after)
            }
            results = collection.search(SearchRequest(f"({query}) change:{kind}", limit=1000))
            assert {hit.id for hit in results.hits} == expected, (query, kind)
            sizes.append(len(expected))
    assert sum(size > 0 for size in sizes) > 150


def test_what_ever_had_a_phrase_is_found(random_pages: tuple[Collection, dict[str, list[list[str]]]]) -> None:
    collection, pages = random_pages
    for words in ("treaty on", "police aid", "aid force", "absent"):
        leaf = parse(f'"{words}"').tree
        assert isinstance(leaf, Phrase | Exact | Word)
        expected = sorted(id for id, versions in pages.items() if any(holds(leaf, version) for version in versions))
        assert list(collection.ever_with(leaf)) == expected
