"""More like this: what has several of a document's telling words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from concord import main
from indexer import Collection, SimilarDocument, UnknownDocument
from tests.indexer.support import CONFIG, Workspace

COPY = " ".join(f"{letter}{other}story" for letter in "abcdefghij" for other in "klmnopqrst")
DOCUMENTS: tuple[dict[str, Any], ...] = (
    {
        "id": "one",
        "title": "Extradition treaty",
        "text": "The fugitives were extradited under the treaty. In 2008 the courts agreed.",
        "date": "2008",
    },
    {"id": "two", "title": "Treaties", "text": "A court heard the fugitive. The treaty on extradition holds."},
    {"id": "near", "title": "A fugitive", "text": "The courts spoke of the weather.", "date": "2009"},
    {"id": "weather", "title": "Weather", "text": "The weather of 2008 was fine. The sea was calm."},
    {"id": "sea", "title": "Sea", "text": "Ships; calm sea, fine weather."},
    {"id": "lead", "title": "A lead", "text": f"{COPY} extradition fugitive", "date": "2007"},
    {"id": "copy", "title": "A copy", "text": f"{COPY} extradition fugitive", "date": "2008", "source": "wire"},
    {"id": "tratado", "title": "Tratado", "text": "Un tratado de extradición.", "language": "es"},
    {"id": "empty", "title": "", "text": "2008"},
)
FEW = (
    *({"id": f"es{n}", "title": "Los puertos", "text": f"Los puertos y los barcos de {n}."} for n in "abcd"),
    *({"id": f"en{n}", "title": "The sea", "text": f"The law of the {n} and of the others."} for n in "abc"),
)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("similar")
    (folder / "config.toml").write_text(CONFIG, "utf-8")
    workspace = Workspace(folder)
    workspace.load(*DOCUMENTS)
    workspace.index()
    return workspace


@pytest.fixture(scope="module")
def collection(workspace: Workspace) -> Iterator[Collection]:
    collection = Collection.open(workspace.config)
    yield collection
    collection.close()


def ids(similar: tuple[SimilarDocument, ...]) -> list[str]:
    return [document.id for document in similar]


def test_the_document_that_shares_most_telling_words_comes_first(collection: Collection) -> None:
    assert ids(collection.similar("one"))[0] == "two"


def test_the_shared_words_are_told_as_the_document_writes_them(collection: Collection) -> None:
    words = collection.similar("one")[0].words
    assert {"Extradition", "treaty", "fugitives", "courts"} <= set(words)
    assert "2008" not in words


def test_what_most_documents_of_its_language_have_is_not_telling(tmp_path: Path) -> None:
    few = Workspace(tmp_path)
    (tmp_path / "config.toml").write_text(CONFIG, "utf-8")
    few.load(*({**document, "language": document["id"][:2]} for document in FEW))
    few.index()
    collection = Collection.open(few.config)
    assert collection.similar("ena") == ()
    collection.close()


def test_a_document_is_not_like_itself(collection: Collection) -> None:
    assert "one" not in ids(collection.similar("one", 20))


def test_one_shared_word_is_not_enough(collection: Collection) -> None:
    assert "tratado" not in ids(collection.similar("sea", 20))
    assert set(ids(collection.similar("sea", 20))) == {"weather"}


def test_near_copies_of_the_document_are_left_out(collection: Collection) -> None:
    assert not {"lead", "copy"} & set(ids(collection.similar("copy", 20)))


def test_near_copies_of_another_are_one(collection: Collection) -> None:
    assert len({"lead", "copy"} & set(ids(collection.similar("one", 20)))) == 1


def test_no_more_than_asked_for_are_told(collection: Collection) -> None:
    assert len(collection.similar("one", 1)) == 1


def test_a_document_without_words_is_like_none(collection: Collection) -> None:
    assert collection.similar("empty") == ()


def test_a_document_that_is_not_there_is_an_error(collection: Collection) -> None:
    with pytest.raises(UnknownDocument):
        collection.similar("nowhere")


def test_show_names_similar_documents_where_asked(workspace: Workspace) -> None:
    config = ["--config", str(workspace.folder / "config.toml")]
    plain = json.loads(CliRunner().invoke(main, ["show", "one", "--json", *config]).stdout)
    asked = json.loads(CliRunner().invoke(main, ["show", "one", "--similar", "1", "--json", *config]).stdout)
    printed = CliRunner().invoke(main, ["show", "one", "--similar", "1", *config]).stdout
    assert "similar" not in plain
    assert [document["id"] for document in asked["similar"]] == ["two"]
    assert "because of: " in printed
