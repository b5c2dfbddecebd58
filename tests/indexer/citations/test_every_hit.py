"""All hits of a search, streamed in its order."""

from __future__ import annotations

import pytest

from indexer import Collection, SearchRequest, Sort, UnknownValue
from tests.indexer.support import Workspace


@pytest.mark.parametrize(
    "request_",
    [
        SearchRequest("trade", limit=1000),
        SearchRequest("", limit=1000, sort=Sort.OLDEST),
        SearchRequest("extradition treaty", limit=1000, fold=False),
        SearchRequest("trade", limit=1000, sources=("wire",)),
    ],
)
def test_they_are_those_of_the_search_in_its_order(citable: Collection, request_: SearchRequest) -> None:
    hits = citable.search(request_).hits
    found = list(citable.every_hit(request_, some_words=True))
    assert [(each.document.id, each.score, each.partial) for each in found] == [
        (hit.id, hit.score, hit.partial) for hit in hits
    ]
    assert [each.hit() for each in found] == list(hits)


def test_the_page_that_is_asked_for_plays_no_part(citable: Collection) -> None:
    found = citable.every_hit(SearchRequest("", limit=1, page=3))
    assert found.total == len(list(found)) == 8


def test_partial_matches_come_on_request_only(citable: Collection) -> None:
    request = SearchRequest("extradition treaty")
    whole, all_of_them = citable.every_hit(request), citable.every_hit(request, some_words=True)
    assert (whole.total, whole.some_words) == (1, 0)
    assert all_of_them.total == 1 + all_of_them.some_words > 1


def test_near_copies_are_one_hit_only_where_folded(workspace: Workspace) -> None:
    text = " ".join(f"word{number}" for number in range(60))
    workspace.load({"id": "one", "text": text}, {"id": "two", "text": text, "source": "wire"})
    workspace.index()
    collection = Collection.open(workspace.config)
    assert [collection.every_hit(SearchRequest("word1", fold=fold)).total for fold in (True, False)] == [1, 2]
    collection.close()


def test_a_wrong_filter_is_told_before_anything_is_written(citable: Collection) -> None:
    with pytest.raises(UnknownValue):
        citable.every_hit(SearchRequest("trade", sources=("nowhere",)))


def test_it_says_which_index_answered(citable: Collection) -> None:
    found = citable.every_hit(SearchRequest("trade", since=None))
    assert (found.generation, found.documents, found.change) == ("generation-000001", 8, 8)
