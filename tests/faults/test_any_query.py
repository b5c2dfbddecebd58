"""Whatever is typed is read and answered, each time the same way, and within a bounded time."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings

from indexer import Collection, SearchRequest
from indexer.query.explain import explain
from indexer.query.nodes import Everything
from indexer.query.parse import parse
from tests.faults.bounds import any_text, ends
from tests.faults.queries import queries
from tests.surfaces.documents import made


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    collection = Collection.open(made(tmp_path_factory.mktemp("any-query")).config)
    yield collection
    collection.close()


@any_text
@given(queries)
def test_any_text_is_read_and_explained_and_notes_point_into_it(text: str) -> None:
    with ends():
        parsed = parse(text)
    again = parse(text)
    assert (again.tree, again.notes) == (parsed.tree, parsed.notes)
    assert all(note.position is not None and 0 <= note.position <= len(text) for note in parsed.notes)
    assert "*" in text or isinstance(parsed.tree, Everything) or "Everything" not in repr(parsed.tree)
    assert explain(parsed.tree, lambda _: ("one", "two"))
    assert explain(parsed.tree, lambda _: ())


@settings(max_examples=20, deadline=None)
@given(queries.filter(bool))
def test_a_text_of_ten_thousand_characters_is_read(text: str) -> None:
    with ends():
        assert parse((text * 10_000)[:10_000]).tree is not None


@any_text
@given(queries)
@example("a " * 10_000)
@example("(" * 10_000)
@example("a~ " * 3_000)
@example("*a" * 5_000)
@example('"' + "引渡" * 5_000 + '"~999999')
@example("\ud800*")
def test_any_query_is_answered(collection: Collection, text: str) -> None:
    with ends():
        results = collection.search(SearchRequest(text))
    assert len(results.hits) == min(results.total, 10)
    assert results.relaxed is None or results.relaxed.all_words + results.relaxed.some_words == results.total
    assert all(note.position is None or 0 <= note.position <= len(text) for note in results.notes)
    assert json.dumps(results.to_json())


@any_text
@given(queries)
def test_what_any_query_marks_in_a_document_is_its_text(collection: Collection, text: str) -> None:
    with ends():
        view = collection.document("treaty", text)
    for passage in view.passages:
        assert passage.html.count("<mark>") == passage.html.count("</mark>") == passage.hits
    assert "".join(passage.html for passage in view.passages).replace("<mark>", "").replace("</mark>", "") == (
        "The ministers signed a treaty on judicial assistance and the extradition of suspects. "
        "An extradition needs a treaty. Prosecutors asked for extradition."
    )
