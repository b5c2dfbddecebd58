"""Near copies of one text are one hit, "also at" the other places."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from click.testing import CliRunner

from concord import main
from indexer import Collection, Results
from indexer.columnar.row import Row
from tests.indexer.columnar.by_row import fold
from tests.indexer.support import Workspace

FILLING = " ".join(random.Random(1).choices(["port", "rail", "road", "sea", "sky", "hill", "lake"], k=200))
OTHER = " ".join(random.Random(2).choices(["oak", "ash", "elm", "fir", "yew", "box", "fig"], k=200))
STORY = f"The extradition treaty was signed. {FILLING}"


def story(id_: str, source: str, date: str | None, **document: Any) -> dict[str, Any]:
    return {"id": id_, "source": source, "date": date, "title": "A treaty", "text": STORY} | document


DOCUMENTS = (
    story("lead", "ministry", "2008-11-05", url="https://ministry.example/1"),
    story("copy", "wire", "2008-11-06", url="https://wire.example/1"),
    story("late", "wire", "2009-01-01", title="A treaty, with zebra"),
    story("alone", "wire", "2008-12-01", title="On trees", text=f"No treaty. {OTHER}"),
)


@pytest.fixture
def stories(workspace: Workspace) -> Workspace:
    workspace.load(*DOCUMENTS)
    workspace.index()
    return workspace


def told(results: Results) -> list[tuple[str, list[str]]]:
    return [(hit.id, [place.id for place in hit.also_at]) for hit in results.hits]


def test_a_story_is_one_hit_also_at_the_other_places(stories: Workspace) -> None:
    results = stories.search("extradition")
    assert told(results) == [("lead", ["late", "copy"])]
    assert (results.total, results.articles, results.pages) == (1, 3, 1)


def test_another_place_is_told_by_title_source_date_and_address(stories: Workspace) -> None:
    place = stories.search("extradition").hits[0].also_at[1]
    assert (place.title, place.source, place.date) == ("A treaty", "wire", "2008-11-06")
    assert place.url == "https://wire.example/1"


def test_every_copy_is_a_hit_on_request(stories: Workspace) -> None:
    results = stories.search("extradition", fold=False, sort="oldest")
    assert told(results) == [("lead", []), ("copy", []), ("late", [])]
    assert (results.total, results.articles) == (3, 3)


def test_a_copy_is_a_hit_where_the_query_does_not_find_its_lead(stories: Workspace) -> None:
    assert told(stories.search("zebra")) == [("late", [])]


def test_a_copy_is_a_hit_where_a_filter_leaves_its_lead_out(stories: Workspace) -> None:
    assert told(stories.search("extradition", sources=("wire",))) == [("late", ["copy"])]


def test_a_story_stands_where_the_document_stands_that_is_shown(stories: Workspace) -> None:
    assert [hit.id for hit in stories.search("", sort="newest").hits] == ["alone", "lead"]
    assert [hit.id for hit in stories.search("", sort="oldest").hits] == ["lead", "alone"]


def test_pages_count_stories(stories: Workspace) -> None:
    pages = [stories.search("", sort="oldest", limit=1, page=page) for page in (1, 2, 3)]
    assert [[hit.id for hit in page.hits] for page in pages] == [["lead"], ["alone"], []]
    assert {page.pages for page in pages} == {2}


def test_facets_count_all_documents_of_a_story(stories: Workspace) -> None:
    facets = stories.search("extradition").facets
    assert {row.value: row.count for row in facets.source} == {"ministry": 1, "wire": 2}


def test_partial_matches_follow_where_few_stories_have_all_words(workspace: Workspace) -> None:
    workspace.load(
        *(story(f"d{number}", "wire", f"2008-{number:02}-01") for number in range(1, 13)),
        story("half", "wire", None, title="A treaty", text=OTHER),
    )
    workspace.index()
    results = workspace.search("extradition treaty")
    assert [(hit.id, hit.partial) for hit in results.hits] == [("d1", False), ("half", True)]
    assert results.relaxed is not None
    assert (results.relaxed.all_words, results.relaxed.some_words) == (1, 1)


def test_an_update_folds_what_a_rebuild_folds(stories: Workspace) -> None:
    stories.load(story("more", "ministry", "2010"), story("alone", "wire", "2008-12-01", title="On trees"))
    assert stories.index().indexed == 2
    updated = told(stories.search("extradition"))
    assert [places for _, places in updated] == [["more", "late", "alone", "copy"]]
    stories.index(rebuild=True)
    assert told(stories.search("extradition")) == updated


def test_a_story_whose_lead_leaves_it_goes_on_under_another(stories: Workspace) -> None:
    stories.load(story("lead", "ministry", "2008-11-05", text=f"All about rivers. {' '.join(reversed(OTHER.split()))}"))
    stories.index()
    assert told(stories.search("extradition")) == [("copy", ["late"])]


def test_a_document_tells_where_else_its_story_is(stories: Workspace) -> None:
    collection = Collection.open(stories.config)
    assert [place.id for place in collection.document("copy").also_at] == ["lead", "late"]
    assert collection.document("alone").also_at == ()
    collection.close()


def concord(workspace: Workspace, *arguments: str) -> str:
    result = CliRunner().invoke(main, [*arguments, "--config", str(workspace.folder / "config.toml")])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_search_prints_the_other_places(stories: Workspace) -> None:
    output = concord(stories, "search", "extradition")
    assert output.startswith("1 story, 3 of 4 documents\n")
    assert "   also at: wire (late), wire (copy)\n" in output


def test_search_json_has_the_other_places(stories: Workspace) -> None:
    answer = json.loads(concord(stories, "search", "extradition", "--json"))
    assert (answer["total"], answer["articles"]) == (1, 3)
    assert answer["results"][0]["also_at"][1] == {
        "id": "copy",
        "url": "https://wire.example/1",
        "title": "A treaty",
        "source": "wire",
        "date": "2008-11-06",
    }


def test_search_shows_every_copy_on_request(stories: Workspace) -> None:
    output = concord(stories, "search", "extradition", "--no-fold")
    assert output.startswith("3 of 4 documents\n")
    assert "also at" not in output


def test_show_names_the_other_places(stories: Workspace) -> None:
    assert "also at: ministry (lead), wire (late)\n" in concord(stories, "show", "copy")


def test_status_counts_stories(stories: Workspace) -> None:
    assert json.loads(concord(stories, "status", "--json"))["stories"] == 2
    assert concord(stories, "status").startswith("archive: 4 documents (2 without near copies), ")


def row(number: int, story: str | None = None) -> Row:
    return Row(number, str(number), "", "", 0, 0, "", frozenset(), "en", story or str(number), 1, 1)


def test_a_lead_with_some_of_the_words_gives_way_to_a_copy_with_all() -> None:
    copy, lead = row(1, "2"), row(2)
    assert fold([copy, lead], {2}, {"2"}) == ([copy], {1: [lead]})


def test_without_stories_nothing_is_folded() -> None:
    rows = [row(number) for number in range(3)]
    assert fold(rows, (), ()) == (rows, {})
