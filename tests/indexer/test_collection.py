"""Searching and reading: ranking, filters, facets, dates, pages, and a generation swapped underneath."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

import pytest

from indexer import (
    Collection,
    IndexMissing,
    SearchRequest,
    Sort,
    UnknownDocument,
    UnknownValue,
    update_index,
)
from tests.indexer.support import DOCUMENTS, Workspace


def ids(collection: Collection, query: str = "", **options: object) -> list[str]:
    return [hit.id for hit in collection.search(SearchRequest(query, **options)).hits]  # type: ignore[arg-type]


def test_a_word_finds_its_inflections(collection: Collection) -> None:
    assert set(ids(collection, "extradition")) == {"treaty", "visit"}


def test_a_stem_of_one_language_does_not_match_words_of_another(collection: Collection) -> None:
    assert "acuerdo" not in ids(collection, "extradition")
    assert ids(collection, "extradiciones") == ["acuerdo"]


def test_the_title_weighs_more_than_the_body(workspace: Workspace) -> None:
    workspace.load(
        {"id": "body", "title": "A report", "text": "On ports and roads and rails."},
        {"id": "title", "title": "A port", "text": "On rivers and roads and rails."},
        {"id": "neither", "title": "A note", "text": "On rivers and roads and rails."},
    )
    workspace.index()
    assert workspace.ids("port") == ["title", "body"]


def test_accents_and_case_make_no_difference(collection: Collection) -> None:
    assert ids(collection, "COOPERACION") == ids(collection, "cooperación") == ["acuerdo"]


def test_partial_matches_follow_the_full_ones_and_are_told(collection: Collection) -> None:
    results = collection.search(SearchRequest("trade ports"))
    assert [(hit.id, hit.partial) for hit in results.hits] == [("year", False), ("undated", True), ("visit", True)]
    assert results.relaxed is not None
    assert results.relaxed.to_json() == {"all_words": 1, "some_words": 2}


def test_and_asks_for_both_words_strictly(collection: Collection) -> None:
    results = collection.search(SearchRequest("trade AND ports"))
    assert [hit.id for hit in results.hits] == ["year"]
    assert results.relaxed is None


def test_required_words_stay_required_in_partial_matches(collection: Collection) -> None:
    assert set(ids(collection, "+judicial trade ports")) == {"visit"}


def test_an_empty_query_gives_every_document_newest_first_and_the_undated_last(collection: Collection) -> None:
    assert ids(collection) == ["year", "visit", "acuerdo", "treaty", "undated"]


def test_oldest_first_has_the_undated_last_too(collection: Collection) -> None:
    assert ids(collection, sort=Sort.OLDEST) == ["treaty", "acuerdo", "visit", "year", "undated"]


def test_equal_hits_come_newer_first_then_by_id(workspace: Workspace) -> None:
    text = "The very same text."
    workspace.load(
        {"id": "b", "text": text, "date": "2001"},
        {"id": "c", "text": text, "date": "2002"},
        {"id": "a", "text": text, "date": "2001"},
        {"id": "u", "text": text},
    )
    workspace.index()
    assert workspace.ids("same") == ["c", "a", "b", "u"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("date:2008", ["acuerdo", "treaty"]),
        ("date:2008-11-05", ["treaty"]),
        ("date:>=2009", ["year", "visit"]),
        ("date:<2009", ["acuerdo", "treaty"]),
        ("date:2009-03-15", ["visit"]),  # known to the month: it may have been that day
        ("date:2010-06..2010-07", ["year"]),  # known to the year
        ("date:..2008-11-05", ["treaty"]),
        ("date:unknown", ["undated"]),
        ("NOT date:unknown trade", ["year", "visit"]),
    ],
)
def test_dates_in_the_query(collection: Collection, query: str, found: list[str]) -> None:
    assert sorted(ids(collection, query)) == sorted(found)


def test_a_date_filter_says_how_many_undated_it_left_out(collection: Collection) -> None:
    results = collection.search(SearchRequest("trade", since=date(2009, 1, 1)))
    assert {hit.id for hit in results.hits} == {"visit", "year"}
    assert results.undated_left_out == 1


def test_a_date_in_the_query_says_so_as_well(collection: Collection) -> None:
    assert collection.search(SearchRequest("trade date:2009")).undated_left_out == 1
    assert collection.search(SearchRequest("treaty date:2008")).undated_left_out == 0


def test_filters_of_one_kind_are_alternatives_and_different_ones_must_all_hold(collection: Collection) -> None:
    assert set(ids(collection, sources=("wire", "ministry"))) == {document["id"] for document in DOCUMENTS}
    assert set(ids(collection, "trade", sources=("wire",), since=date(2009, 1, 1))) == {"visit"}


def test_a_domain_takes_its_sub_domains_in(collection: Collection) -> None:
    assert "treaty" in ids(collection, domains=("judicial/extradition",))
    assert "treaty" in ids(collection, domains=("judicial",))
    assert "treaty" in ids(collection, "domain:peace-security")


def test_facets_count_all_hits_and_not_only_the_page(collection: Collection) -> None:
    facets = collection.search(SearchRequest("", limit=1)).facets
    assert [(row.value, row.label, row.count) for row in facets.source] == [
        ("ministry", "The Ministry", 3),
        ("wire", "The Wire", 2),
    ]
    assert [(row.value, row.count) for row in facets.year] == [
        ("2008", 2),
        ("2009", 1),
        ("2010", 1),
        ("unknown", 1),
    ]
    assert [(row.value, row.label, row.count) for row in facets.language] == [
        ("en", "English", 4),
        ("es", "Spanish", 1),
    ]


def test_a_chosen_facet_still_counts_its_other_values(collection: Collection) -> None:
    results = collection.search(SearchRequest("", sources=("wire",)))
    assert {row.value: row.count for row in results.facets.source} == {"ministry": 3, "wire": 2}
    assert sum(row.count for row in results.facets.year) == results.total == 2


def test_domain_facets_are_in_tree_order_with_their_depth(collection: Collection) -> None:
    rows = collection.search(SearchRequest("extradition")).facets.domain
    by_id = {row.value: row for row in rows}
    values = [row.value for row in rows]
    assert values.index("peace-security") < values.index("judicial") < values.index("judicial/extradition")
    assert [by_id[value].depth for value in ("peace-security", "judicial", "judicial/extradition")] == [0, 1, 2]
    assert by_id["peace-security"].count == by_id["judicial/extradition"].count == 2


def test_pages_follow_each_other_without_gap_or_double(collection: Collection) -> None:
    pages = [ids(collection, limit=2, page=page) for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [2, 2, 1, 0]
    assert [id for page in pages for id in page] == ids(collection)


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"sources": ("mfa",)}, 'unknown source "mfa": the collection has ministry, wire'),
        ({"domains": ("extraditoin",)}, 'unknown domain "extraditoin"'),
        ({"languages": ("xx",)}, 'unknown language "xx"'),
    ],
)
def test_a_filter_that_cant_be_is_an_error_that_says_what_can(
    collection: Collection, filters: dict[str, tuple[str, ...]], message: str
) -> None:
    with pytest.raises(UnknownValue, match=message.replace("(", "\\(")):
        collection.search(SearchRequest("trade", **filters))  # type: ignore[arg-type]


def test_an_unknown_value_in_the_query_is_told_with_its_position(collection: Collection) -> None:
    results = collection.search(SearchRequest("trade source:mfa"))
    assert results.total == 0
    assert [(note.message, note.position) for note in results.notes] == [('unknown source "mfa"', 6)]


def test_a_misspelt_word_is_corrected_to_one_that_occurs(collection: Collection) -> None:
    results = collection.search(SearchRequest("extradtion treatey"))
    assert results.corrected == "extradition treaty"
    assert ids(collection, results.corrected)[0] == "treaty"


def test_a_word_that_only_a_replaced_version_had_is_neither_suggested_nor_listed(workspace: Workspace) -> None:
    workspace.load({"id": "a", "text": "The extradition."}, {"id": "b", "text": "Trade."})
    workspace.index()
    workspace.load({"id": "a", "text": "The treaty."})
    workspace.index()
    results = workspace.search("extradtion")
    assert results.corrected is None
    assert workspace.search("extradition").explanation == "extradition (not in the collection)"


def test_dates_in_the_query_and_beside_it_leave_the_undated_out_once(collection: Collection) -> None:
    results = collection.search(SearchRequest("trade date:2009", since=date(2009, 1, 1)))
    assert ([hit.id for hit in results.hits], results.undated_left_out) == (["visit"], 1)


def test_nothing_is_suggested_for_a_word_that_occurs_or_that_nothing_is_like(collection: Collection) -> None:
    assert collection.search(SearchRequest("extradition")).corrected is None
    assert collection.search(SearchRequest("xylophone")).corrected is None


def test_a_snippet_marks_the_hit_and_names_its_passage(collection: Collection) -> None:
    hit = collection.search(SearchRequest("judicial assistance")).hits[0]
    assert hit.snippets[0].html == (
        "It covers extradition and <mark>judicial</mark> <mark>assistance</mark> in criminal matters."
    )
    assert hit.snippets[0].passage == 2


def test_the_explanation_names_the_forms_of_a_word(collection: Collection) -> None:
    explanation = collection.search(SearchRequest('extradition -"state visit"')).explanation
    assert explanation == 'extradition (extradited, extradition) and not "state visit"'


def test_the_document_view_has_every_passage_with_its_marks_and_its_evidence(collection: Collection) -> None:
    view = collection.document("treaty", "extradition")
    assert [passage.anchor for passage in view.passages] == ["p1", "p2"]
    assert view.passages[1].html.startswith("It covers <mark>extradition</mark> and")
    assert view.title_html == "<mark>Extradition</mark> treaty signed"
    assert view.hits == 1
    assert (view.date, view.date_precision, view.date_basis) == ("2008-11-05", "day", "given")
    label = next(label for label in view.domains if label.id == "judicial/extradition")
    assert [(evidence.anchor, evidence.terms) for evidence in label.evidence] == [
        ("title", ("Extradition",)),
        ("p2", ("extradition",)),
    ]


def test_a_title_query_marks_the_title_and_not_the_body(collection: Collection) -> None:
    view = collection.document("treaty", "title:treaty")
    assert "<mark>treaty</mark>" in view.title_html
    assert view.hits == 0


def test_an_unknown_document_is_an_error(collection: Collection) -> None:
    with pytest.raises(UnknownDocument, match='no document "nowhere"'):
        collection.document("nowhere")


def test_coverage_tells_what_there_is_by_source(collection: Collection) -> None:
    coverage = collection.coverage()
    assert coverage.documents == 5
    assert [(s.name, s.label, s.documents, s.undated, s.first, s.last) for s in coverage.sources] == [
        ("ministry", "The Ministry", 3, 0, "2008-11-05", "2010"),
        ("wire", "The Wire", 2, 1, "2009-03", "2009-03"),
    ]


def test_an_index_that_is_missing_is_an_error_until_it_is_built(workspace: Workspace) -> None:
    collection = Collection.open(workspace.config)
    with pytest.raises(IndexMissing):
        collection.search(SearchRequest("trade"))
    workspace.load(*DOCUMENTS)
    workspace.index()
    assert collection.search(SearchRequest("railways")).total == 1
    collection.close()


def test_a_new_generation_is_picked_up_without_reopening(workspace: Workspace) -> None:
    workspace.load(*DOCUMENTS)
    workspace.index()
    collection = Collection.open(workspace.config)
    before = collection.search(SearchRequest("fisheries"))
    workspace.load({"id": "fish", "text": "On fisheries."})
    workspace.index()
    after = collection.search(SearchRequest("fisheries"))
    assert (before.total, after.total) == (0, 1)
    assert before.generation != after.generation
    collection.close()


def test_many_threads_get_whole_answers_while_generations_are_swapped(workspace: Workspace) -> None:
    workspace.load(*DOCUMENTS)
    workspace.index()
    collection = Collection.open(workspace.config)
    answers: set[tuple[int, ...]] = set()
    failures: list[Exception] = []
    done = threading.Event()

    def keep_searching() -> None:
        while not done.is_set():
            try:
                totals = [collection.search(SearchRequest(query)).total for query in ("trade", "judicial", "")]
                answers.add(tuple(totals))
                collection.document("treaty", "extradition")
            except Exception as error:
                failures.append(error)

    threads = [threading.Thread(target=keep_searching) for _ in range(4)]
    for thread in threads:
        thread.start()
    for _ in range(5):
        update_index(workspace.config, rebuild=True)
    done.set()
    for thread in threads:
        thread.join()
    collection.close()
    assert not failures
    assert answers == {(3, 2, 5)}


@pytest.mark.parametrize(
    "query", ["(", '"', "a AND", "~~~", "*", "\x00", "\ud800", "date:soon", "a" * 20_000, "🙂", "-"]
)
def test_any_query_gets_an_answer(collection: Collection, query: str) -> None:
    assert collection.search(SearchRequest(query)).total >= 0


def test_a_folder_that_cant_be_an_index_is_missing_not_a_crash(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "index").write_text("a file where the folder should be")
    with pytest.raises(IndexMissing):
        workspace.search("trade")
