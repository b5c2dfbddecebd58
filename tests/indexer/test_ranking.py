"""The order of hits, and what each score is made of."""

from __future__ import annotations

import math
from typing import Any

import pytest

from indexer import Results
from indexer.results import Evident
from tests.indexer.support import Workspace


def search(workspace: Workspace, query: str, **options: Any) -> Results:
    return workspace.search(query, explain=True, **options)


def index(workspace: Workspace, **texts: str) -> None:
    workspace.load(*({"id": id, "text": text, "title": "Paper"} for id, text in texts.items()))
    workspace.index()


def test_of_two_documents_with_the_same_words_the_one_with_them_side_by_side_comes_first(workspace: Workspace) -> None:
    index(
        workspace,
        apart="The treaty of trade was signed before any extradition law was there.",
        beside="The law of trade was signed before any extradition treaty was there.",
    )
    assert workspace.ids("extradition treaty") == ["beside", "apart"]


def test_the_order_of_neighbours_counts(workspace: Workspace) -> None:
    index(
        workspace, turned="A house bill came before any other paper.", right="A bill house came before any other paper."
    )
    assert workspace.ids("bill house") == ["right", "turned"]


def test_of_two_long_documents_the_one_with_the_words_in_one_place_comes_first(workspace: Workspace) -> None:
    filler = "It was said in the hall on that day and on the next one as well. " * 10
    index(
        workspace,
        pages_apart=f"Fugitives were named. {filler} Ports were named. {filler} Customs were named.",
        together=f"Fugitives and ports, and then customs, were named. {filler} They were named. {filler}",
    )
    assert workspace.ids("fugitives customs ports") == ["together", "pages_apart"]
    parts = {part.kind: part.score for part in search(workspace, "fugitives customs ports").hits[0].parts}
    assert parts[Evident.PASSAGE] > 0


def test_words_that_share_letters_with_the_query_raise_a_document_but_are_no_hit_alone(workspace: Workspace) -> None:
    index(
        workspace,
        alike="A treaty on nonextraditable cases of persons was signed in spring here.",
        other="A treaty on sustainability of fisheries was signed in spring here.",
        neither="A paper on nonextraditable cases of persons was written in spring here.",
    )
    assert workspace.ids("extradition OR treaty") == ["alike", "other"]


def test_a_sentence_pasted_into_the_box_finds_its_document(workspace: Workspace) -> None:
    lines = {
        f"d{number}": f"The minister spoke of port number {number} and of the trade there." for number in range(12)
    }
    index(workspace, **lines, wanted="Both sides hold that fisheries off the coast need common rules and patrols.")
    found = workspace.ids("They said that the fisheries off our coast will need common rules, patrols and the like?")
    assert found[0] == "wanted"


def test_a_sentence_shows_partial_matches_however_many_documents_have_all_of_it(workspace: Workspace) -> None:
    whole = {f"d{number}": "We sign a treaty on trade and on ports today." for number in range(12)}
    index(workspace, **whole, part="A treaty on ports.")
    assert "part" in workspace.ids("we sign a treaty on trade and ports today", limit=50)
    assert "part" not in workspace.ids("sign treaty trade ports", limit=50)


def test_what_is_said_twice_counts_once(workspace: Workspace) -> None:
    index(workspace, one="A treaty on trade.", two="A law on ports.")
    once, twice = (search(workspace, query).hits[0].score for query in ("treaty trade", "treaty trade treaty"))
    words = [
        part.score for part in search(workspace, "treaty trade treaty").hits[0].parts if part.kind is Evident.WORDS
    ]
    assert len(words) == 2
    assert twice >= once  # "trade treaty" is one more pair


@pytest.mark.parametrize(("query", "first"), [("papá", "accented"), ("papa", "twice"), ("=papá", "accented")])
def test_an_accented_word_ranks_its_accented_form_first(workspace: Workspace, query: str, first: str) -> None:
    index(
        workspace,
        accented="El papá de la casa vino ayer.",
        twice="El papa y otro papa vinieron ayer a la papa.",
        other="Nadie vino ayer.",
    )
    ids = workspace.ids(query)
    assert ids[0] == first
    assert sorted(ids) == ["accented", "twice"]


def test_the_parts_of_a_score_add_up_to_it(workspace: Workspace) -> None:
    index(
        workspace,
        one="An extradition treaty on police co-operation.",
        two="Police work, and extradition. A treaty of peace.",
        three="Co-operation of the police with the treaty bodies.",
    )
    queries = ("extradition treaty police", 'police OR "treaty of peace"', "co-operation treat* -peace", "title:paper")
    for query in queries:
        for hit in search(workspace, query).hits:
            assert math.fsum(part.score for part in hit.parts) == pytest.approx(hit.score, rel=1e-9)


def test_a_part_says_how_often_its_words_stand_where(workspace: Workspace) -> None:
    workspace.load(
        {"id": "one", "title": "Treaty on ports", "text": "The treaty says that treaties hold."},
        {"id": "two", "title": "Paper", "text": "Another treaty."},
    )
    workspace.index()
    (part,) = [
        part
        for hit in search(workspace, "treaty").hits
        if hit.id == "one"
        for part in hit.parts
        if part.kind is Evident.WORDS
    ]
    assert (part.text, part.title, part.body, part.documents) == ("treaty", 1, 2, 2)


def test_partial_matches_are_explained_by_the_words_that_they_have(workspace: Workspace) -> None:
    index(workspace, both="An extradition treaty.", one="A treaty on trade.")
    partial = search(workspace, "extradition treaty").hits[1]
    assert partial.partial
    assert [part.text for part in partial.parts if part.kind is Evident.WORDS] == ["treaty"]


def test_without_being_asked_for_nothing_is_explained(workspace: Workspace) -> None:
    index(workspace, one="A treaty.")
    (hit,) = workspace.search("treaty").hits
    assert hit.parts == ()
    assert "score_parts" not in hit.to_json()
    (explained,) = search(workspace, "treaty").hits
    kinds = [part["kind"] for part in explained.to_json()["score_parts"]]
    assert sorted(kinds) == ["letters", "passage", "words"]


def test_in_a_sentence_the_words_that_most_documents_have_are_not_marked(workspace: Workspace) -> None:
    sentence = "the minister said in the hall that the fisheries of the coast need rules"
    others = {f"d{number}": "The minister spoke in the hall of the port." for number in range(5)}
    index(workspace, **others, wanted="It is in the law: the fisheries of the coast are in need of rules.")
    (wanted,) = [hit for hit in workspace.search(sentence, limit=20).hits if hit.id == "wanted"]
    expected = (
        "It is in the law: the <mark>fisheries</mark> of the <mark>coast</mark> are in <mark>need</mark> of "
        "<mark>rules</mark>."
    )
    assert wanted.snippets[0].html == expected
    assert workspace.document("wanted", sentence).passages[0].html == expected


def test_a_sentence_of_frequent_words_only_is_marked_all_the_same(workspace: Workspace) -> None:
    words = "we are all of us in it for the peace and the law"
    index(workspace, one="We are all of us in it for the peace and the law.", two="For the peace, all of us are in it.")
    assert "<mark>" in workspace.search(words).hits[0].snippets[0].html


def test_accents_that_no_document_has_make_no_difference(workspace: Workspace) -> None:
    index(workspace, often="Peru, and Peru, and Peru again, with Peru.", once="Of Peru and of its many long coasts.")
    plain, accented = (search(workspace, query).hits for query in ("peru", "Perú"))
    assert [(hit.id, hit.score) for hit in accented] == [(hit.id, hit.score) for hit in plain]


def test_of_documents_without_the_accents_those_with_more_of_the_word_come_first(workspace: Workspace) -> None:
    index(
        workspace,
        accented="Perú signed.",
        often="Peru, and Peru, and Peru again, with Peru.",
        once="Peru, and a coast, and a port again, with it.",
    )
    assert workspace.ids("Perú") == ["accented", "often", "once"]


def test_an_accented_word_is_read_as_typed_where_the_collection_has_only_inflections_of_it(
    workspace: Workspace,
) -> None:
    workspace.load({"id": "plural", "title": "Nota", "text": "Los intereses de los países.", "language": "es"})
    workspace.index()
    assert workspace.ids("interés") == ["plural"]
