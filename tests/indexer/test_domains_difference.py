"""What an edited taxonomy would change, compared label by label."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler import Document
from indexer.domains import Taxonomy
from indexer.domains.difference import Difference, DomainDifference, compare
from indexer.labels import Labels

OLD = """
[[domain]]
id = "judicial"
name.en = "Judicial affairs"
terms.en = ["court", "tribunal"]

[[domain]]
id = "extradition"
parent = "judicial"
name.en = "Extradition"
terms.en = ["extradite"]
hints.en = ["fugitive"]

[[domain]]
id = "culture"
name.en = "Culture"
terms.en = ["museum"]
"""
FUGITIVES = ('["extradite"]\nhints.en = ["fugitive"]', '["extradite", "fugitive"]')  # a hint becomes a term
DOCUMENTS = {
    "a": "He was extradited.",
    "b": "A fugitive.",
    "c": "The court; the tribunal.",
    "d": "Good morning.",
    "e": "The museum.",
}

Compared = Callable[[str, str], Difference]


def document(id: str, text: str) -> Document:
    return Document(id, "source", None, f"Title of {id}", (text,), None, "en", 1, datetime(2024, 1, 1, tzinfo=UTC))


@pytest.fixture
def edited(tmp_path: Path) -> Compared:
    """What changes where the taxonomy has one text in place of another."""

    def taxonomy(text: str) -> tuple[Labels, Taxonomy]:
        path = tmp_path / "domains.toml"
        path.write_text(text, "utf-8")
        loaded = Taxonomy.load(path)
        return Labels(loaded, ()), loaded

    def difference(old: str, new: str) -> Difference:
        assert old in OLD
        before, _ = taxonomy(OLD)
        entries = [before.label(document(id, text)) for id, text in DOCUMENTS.items()]
        return compare(entries, *taxonomy(OLD.replace(old, new, 1)), lambda _: None)

    return difference


def rows(found: Iterable[DomainDifference]) -> list[tuple[str, int, int]]:
    return [(row.id, row.now, row.then) for row in found]


def test_the_same_taxonomy_changes_nothing(edited: Compared) -> None:
    assert edited("culture", "culture") == Difference(5, 0, 0, ())


def test_another_name_changes_nothing(edited: Compared) -> None:
    assert edited('"Extradition"', '"Handing over"') == Difference(5, 0, 0, ())


def test_a_domain_and_those_above_it_gain_documents(edited: Compared) -> None:
    found = edited(*FUGITIVES)
    assert rows(found.domains) == [("judicial", 2, 3), ("extradition", 1, 2)]
    assert (found.documents, found.changed) == (5, 1)


def test_the_words_that_made_the_difference_are_told(edited: Compared) -> None:
    row = edited(*FUGITIVES).domains[1]
    assert (row.gained.words, row.lost.words) == (("fugitive",), ())
    assert [(moved.id, moved.title, moved.words) for moved in row.gained.examples] == [
        ("b", "Title of b", ("fugitive",))
    ]


def test_a_document_lost_is_told_with_the_words_that_it_rested_on(edited: Compared) -> None:
    (row,) = edited('["court", "tribunal"]', '["prosecutor"]').domains
    assert (row.id, row.lost.count, row.lost.words) == ("judicial", 1, ("court", "tribunal"))


def test_other_weights_alone_are_counted_apart(edited: Compared) -> None:
    found = edited('["court", "tribunal"]', '["court", "tribunal^2"]')
    assert (found.changed, found.reweighed, found.domains) == (0, 1, ())


def test_a_document_with_other_weights_is_told_with_the_words_that_changed(edited: Compared) -> None:
    found = edited('["court", "tribunal"]', '["court", "tribunal^2"]')
    assert [(moved.id, moved.words) for moved in found.reweighed_examples] == [("c", ("tribunal",))]


def test_a_domain_moved_in_the_tree_is_told_where_it_was_and_where_it_goes(edited: Compared) -> None:
    found = edited('parent = "judicial"', 'parent = "culture"')
    assert rows(found.domains) == [("judicial", 2, 1), ("culture", 1, 2)]
    assert [moved.id for moved in found.domains[0].lost.examples] == ["a"]


def test_a_domain_that_is_gone_comes_last(edited: Compared) -> None:
    found = edited('id = "culture"', 'id = "museums"')
    assert rows(found.domains) == [("museums", 0, 1), ("culture", 1, 0)]
