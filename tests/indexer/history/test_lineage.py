"""Where a story comes from, and what its copies made of it."""

from __future__ import annotations

import pytest

from crawler import DateBasis, PublicationDate, UnknownDocumentId
from crawler.source import FilesSource, SourceRole
from indexer.history import OriginBasis, lineage
from tests.indexer.history.conftest import put

STORY = "\n\n".join(
    f"Passage {number} speaks of cooperation in field {number * 7}, says the paper. It names {number * 11} projects."
    for number in range(1, 21)
)
DATELINE = "BEIJING, Nov. 5 (Xinhua) -- "
CREDIT = "(Xinhua News Agency November 5, 2008)"


def source(name: str, role: SourceRole | None = None, **keys: str) -> FilesSource:
    return FilesSource(name=name, role=role, paths=("x",), **keys)


SOURCES = (
    source("ministry", SourceRole.OFFICIAL),
    source("agency", SourceRole.AGENCY, attribution="Xinhua News Agency"),
    source("paper", SourceRole.PRESS),
    source("blog"),
)


@pytest.fixture
def story(archive):
    """An official text, the agency's story of the day before, two reprints; stored in another order."""
    put(archive, "2008-11-08", f"{STORY}\n\nReaders were surprised.", id="blog1", source="blog", date="2008-11-08")
    put(archive, "2008-11-08", f"{DATELINE}{STORY}", id="agency1", source="agency", date="2008-11-04")
    put(archive, "2008-11-09", STORY, id="official1", source="ministry", date="2008-11-05")
    reprint = f"{DATELINE}{STORY.replace(' It names 22 projects.', '').replace('names 33', 'names 34')}\n\n{CREDIT}"
    put(archive, "2008-11-10", reprint, id="paper1", source="paper", date="2008-11-07")
    return archive


def told(found):
    return [(copy.document.id, copy.origin, copy.basis) for copy in found.copies]


def test_the_official_text_comes_first_then_the_agency_then_the_reprints_by_date(story):
    found = lineage(story, "paper1", SOURCES)
    assert [copy.document.id for copy in found.copies] == ["official1", "agency1", "paper1", "blog1"]


def test_each_copy_of_a_story_leads_to_the_same_lineage(story):
    assert lineage(story, "paper1", SOURCES) == lineage(story, "official1", SOURCES)


def test_a_copy_is_compared_with_the_agency_that_it_credits_or_with_what_it_shares_most_with(story):
    assert told(lineage(story, "blog1", SOURCES)) == [
        ("official1", None, None),
        ("agency1", "official1", OriginBasis.SENTENCES),
        ("paper1", "agency1", OriginBasis.CREDIT),
        ("blog1", "official1", OriginBasis.SENTENCES),
    ]


def test_a_copy_tells_which_sentences_it_added_dropped_and_reworded(story):
    copy = lineage(story, "paper1", SOURCES).copies[2]
    assert (copy.shared, copy.added, copy.dropped) == (38, [], ["It names 22 projects."])
    (reworded,) = copy.reworded
    assert [piece.text for piece in reworded.pieces if piece.change != "same"] == ["33", "34"]
    assert copy.credits == "Xinhua News Agency"


def test_what_the_sources_say_leaves_nothing_unknown(story):
    put(story, "2008-11-09", f"{DATELINE}{STORY}", id="agency1", source="agency", date="2008-11-05")
    assert lineage(story, "paper1", SOURCES).unknown == ()


def test_without_roles_the_earliest_date_comes_first_and_it_is_said_that_this_is_not_known(story):
    found = lineage(story, "paper1", [])
    assert [copy.document.id for copy in found.copies] == ["agency1", "official1", "paper1", "blog1"]
    assert "need not be the origin" in found.unknown[0]
    assert found.unknown[1] == "paper1 credits Xinhua News Agency, whose own text is not among these"


def test_a_text_that_is_dated_before_that_it_is_compared_with_is_told(story):
    assert lineage(story, "paper1", SOURCES).unknown == (
        "agency1 is dated 2008-11-04, before official1 (2008-11-05) that it is compared with: which of them was first"
        " isn't known",
    )


def test_a_credited_text_that_comes_later_in_the_order_is_told(archive):
    put(archive, "2008-11-08", f"{STORY}\n\n{CREDIT}", id="early", source="paper", date="2008-11-04")
    put(archive, "2008-11-09", STORY, id="wire", source="agency", date="2008-11-05")
    without_roles = [source("paper"), source("agency", attribution="Xinhua News Agency")]
    found = lineage(archive, "early", without_roles)
    assert found.unknown[-1] == "early credits Xinhua News Agency, whose text comes later here: wire"


def test_a_copy_without_a_whole_sentence_in_common_is_compared_with_the_first(archive):
    # Each sentence is another, the runs of words between the full stops are not.
    put(archive, "2008-11-08", STORY.replace(". It", ", it"), id="a", source="ministry")
    put(archive, "2008-11-09", STORY.replace(".", ";"), id="b", source="blog")
    assert told(lineage(archive, "b", SOURCES)) == [("a", None, None), ("b", "a", OriginBasis.FIRST)]


def test_undated_copies_come_last_and_are_told(archive):
    put(archive, "2008-11-08", STORY, id="a", source="blog", date=None)
    put(archive, "2008-11-09", STORY, id="b", source="paper", date="2008-11")
    found = lineage(archive, "a", SOURCES)
    assert [copy.document.id for copy in found.copies] == ["b", "a"]
    assert found.unknown[-1] == "undated, so their place in the order isn't known: a"


def test_a_document_without_copies_is_alone(archive):
    put(archive, "2008-11-08", STORY, id="a")
    found = lineage(archive, "a", SOURCES)
    assert (told(found), found.unknown) == ([("a", None, None)], ())


def test_an_unknown_document_is_told(archive):
    with pytest.raises(UnknownDocumentId):
        lineage(archive, "nope", SOURCES)


def test_json_names_the_fields(story):
    first, second, *_ = lineage(story, "paper1", SOURCES).to_json()["copies"]
    assert (first["role"], first["origin"], second["origin"], second["basis"]) == (
        "official",
        None,
        "official1",
        "sentences",
    )


def test_json_tells_where_a_date_was_read(archive):
    read = PublicationDate.parse("2008-11-05", DateBasis.TEXT)
    put(archive, "2008-11-08", STORY, id="a", date=read)
    put(archive, "2008-11-09", STORY, id="b", date="2008-11-06")
    copies = lineage(archive, "a", SOURCES).to_json()["copies"]
    assert [copy["date_basis"] for copy in copies] == ["text", "given"]
