"""When a phrase came into a page and when it left, against a slow and obvious look at every capture."""

from __future__ import annotations

import random
from itertools import groupby

import pytest

from indexer.errors import NotAPhrase, PhraseNeverFound, UnknownValue
from indexer.history.phrase import WrittenPhrase
from indexer.history.trace import trace
from tests.indexer.history.conftest import on, put

WITHOUT = "The ministers met in Lima. They spoke of trade.\n\nBoth sides keep to the principle. They work together."
WITH = WITHOUT.replace("the principle", "the principle and the Joint Communiqué")


def follow(archive, phrase="joint communique", **options):
    return trace(archive, WrittenPhrase(phrase), **options).pages


def lines(archive) -> list[str]:
    (page,) = follow(archive)
    return [line for spell in page.spells for line in spell.lines(page.clock)]


def test_a_phrase_that_came_is_told_as_an_interval_between_captures(archive):
    put(archive, "2015-03-01", WITHOUT)
    put(archive, "2015-05-10", WITH)
    assert lines(archive) == [
        "appeared between 2015-03-01 (last capture without it) and 2015-05-10 (first with it)",
        "still there on the last capture, 2015-05-10",
    ]


def test_a_phrase_that_left_is_told_as_an_interval_between_captures(archive):
    for day in ("2015-03-01", "2015-04-01"):
        put(archive, day, WITH)
    put(archive, "2015-05-10", WITHOUT)
    assert lines(archive) == [
        "there since the first capture, 2015-03-01",
        "left between 2015-04-01 (last capture with it) and 2015-05-10 (first without it)",
    ]


def test_a_phrase_that_came_back_has_two_spells(archive):
    for day, text in (("2015-03-01", WITH), ("2015-04-01", WITHOUT), ("2015-05-01", WITH), ("2015-06-01", WITHOUT)):
        put(archive, day, text)
    (page,) = follow(archive)
    assert [(spell.first.first, spell.after and spell.after.first) for spell in page.spells] == [
        (on("2015-03-01"), on("2015-04-01")),
        (on("2015-05-01"), on("2015-06-01")),
    ]


def test_a_web_archive_loaded_later_narrows_the_interval(archive):
    put(archive, "2015-03-01", WITHOUT)
    put(archive, "2015-09-01", WITH)
    put(archive, "2015-06-01", f"{WITHOUT}\n\nA footnote.")
    (page,) = follow(archive)
    assert (page.spells[0].before.last, page.spells[0].first.first) == (on("2015-06-01"), on("2015-09-01"))


def test_an_absence_of_the_page_is_no_removal_of_the_phrase(archive):
    put(archive, "2015-03-01", WITH)
    archive.note_absence("policy", on("2015-04-01"), 404)
    put(archive, "2015-05-01", WITH)
    archive.note_absence("policy", on("2015-06-01"), 410)
    (page,) = follow(archive)
    (spell,) = page.spells
    assert (spell.after, spell.last.last) == (None, on("2015-05-01"))
    assert [stay.told(page.clock) for stay in page.absences] == [
        "absent on 2015-04-01 (HTTP 404)",
        "absent on 2015-06-01 (HTTP 410)",
    ]


def test_the_moments_of_a_page_are_told_apart_all_in_the_same_way(archive):
    noon = on("2015-03-01")
    put(archive, "2015-03-01", WITH)
    archive.note_absence("policy", noon.replace(hour=13), 404)
    put(archive, "2015-03-09", WITHOUT)
    (page,) = follow(archive)
    assert lines(archive) == [
        "there since the first capture, 2015-03-01 12:00 UTC",
        "left between 2015-03-01 12:00 UTC (last capture with it) and 2015-03-09 12:00 UTC (first without it)",
    ]
    assert page.absences[0].told(page.clock) == "absent on 2015-03-01 13:00 UTC (HTTP 404)"


def test_other_bytes_and_other_versions_that_have_the_phrase_are_one_spell(archive):
    put(archive, "2015-03-01", WITH)
    put(archive, "2015-04-01", f"{WITH}\n\nA footnote.")
    put(archive, "2015-05-01", WITH)
    (spell,) = follow(archive)[0].spells
    assert (spell.first.first, spell.last.last) == (on("2015-03-01"), on("2015-05-01"))


def test_a_turn_shows_the_sentence_before_and_after(archive):
    put(archive, "2015-03-01", WITHOUT)
    put(archive, "2015-05-10", WITH)
    put(archive, "2015-06-10", WITHOUT)
    (spell,) = follow(archive)[0].spells
    (came,), (went,) = spell.came, spell.went
    with_it, without = "Both sides keep to the principle and the Joint Communiqué.", "Both sides keep to the principle."
    assert (came.before, came.after, came.before_passage, came.after_passage) == (without, with_it, 2, 2)
    assert (went.before, went.after) == (with_it, without)
    assert [piece.text for piece in came.pieces if piece.change == "added"] == ["and the Joint Communiqué"]


def test_a_sentence_in_a_passage_that_was_there_is_new_without_a_counterpart(archive):
    put(archive, "2015-03-01", WITHOUT)
    put(archive, "2015-05-10", f"{WITHOUT} A joint communique was issued at noon.")
    (change,) = follow(archive)[0].spells[0].came
    assert (change.before, change.before_passage, change.after_passage) == (None, 2, 2)
    assert change.after == "A joint communique was issued at noon."


def test_a_passage_that_is_new_has_no_counterpart_and_no_place_before(archive):
    put(archive, "2015-03-01", WITHOUT)
    put(archive, "2015-05-10", f"{WITHOUT}\n\nA joint communique was issued at noon.")
    (change,) = follow(archive)[0].spells[0].came
    assert (change.before, change.before_passage, change.after_passage) == (None, None, 3)


def test_titles_count(archive):
    put(archive, "2015-03-01", WITHOUT)
    put(archive, "2015-05-10", WITHOUT, title="Joint communiqué on ports")
    (change,) = follow(archive)[0].spells[0].came
    assert (change.before, change.after, change.after_passage) == ("Policy on ports", "Joint communiqué on ports", 0)


def test_a_phrase_is_words_next_to_each_other_in_any_case_and_without_accents(archive):
    put(archive, "2015-03-01", "The JOINT\ncommuniqué of the U.N. stands.")
    assert follow(archive, "Joint communique")
    assert follow(archive, "“joint communiqué of the UN”")
    for other in ("joint communiques", "communique joint", "joint of"):
        with pytest.raises(PhraseNeverFound):
            follow(archive, other)


def test_a_pattern_stands_for_forms_of_words(archive):
    put(archive, "2015-03-01", "Joint communiqués stand.")
    assert follow(archive, "joint communiqu*")


def test_chinese_is_found_by_its_characters(archive):
    put(archive, "2015-03-01", "双方坚持一个中国原则。", language="zh")
    put(archive, "2015-04-01", "双方加强合作。", language="zh")
    assert follow(archive, "一个中国")[0].spells[0].after.first == on("2015-04-01")


def test_pages_come_by_the_first_capture_with_the_phrase_then_by_id(archive):
    put(archive, "2015-05-01", WITH, id="b")
    put(archive, "2015-05-01", WITH, id="a")
    put(archive, "2015-03-01", WITH, id="z", date=None)
    assert [page.document.id for page in follow(archive)] == ["z", "a", "b"]


def test_only_pages_of_a_source_are_looked_at(archive):
    put(archive, "2015-03-01", WITH, id="a")
    put(archive, "2015-03-01", WITH, id="b", source="wire")
    assert [page.document.id for page in follow(archive, source="wire")] == ["b"]


def test_a_source_that_there_is_not_is_told(archive):
    put(archive, "2015-03-01", WITH)
    with pytest.raises(UnknownValue, match=r'unknown source "nope": the collection has ministry$'):
        follow(archive, source="nope", known_sources=["wire"])


def test_a_source_of_the_settings_without_documents_is_no_unknown_one(archive):
    put(archive, "2015-03-01", WITH)
    with pytest.raises(PhraseNeverFound, match='never in 0 versions of 0 documents of source "wire"'):
        follow(archive, source="wire", known_sources=["wire"])


def test_a_phrase_that_never_was_there_is_told_with_what_was_looked_at(archive):
    put(archive, "2015-03-01", WITHOUT)
    put(archive, "2015-05-10", WITH)
    put(archive, "2015-05-10", WITH, id="b", source="wire")
    with pytest.raises(PhraseNeverFound, match='"no such words": never in 3 versions of 2 documents:'):
        follow(archive, "no such words")
    with pytest.raises(PhraseNeverFound, match='never in 1 version of 1 document of source "wire"'):
        follow(archive, "no such words", source="wire")
    with pytest.raises(PhraseNeverFound, match=f'"{"no such words " * 7}no…": never in'):
        follow(archive, "no such words " * 100)


@pytest.mark.parametrize("text", ["", " ", "!!", '""'])
def test_a_phrase_without_a_word_is_told(text):
    with pytest.raises(NotAPhrase):
        WrittenPhrase(text)


def test_a_phrase_that_is_longer_than_a_query_can_be_is_told():
    with pytest.raises(NotAPhrase, match="a phrase of 13,000 characters is too long to follow"):
        WrittenPhrase("joint words, " * 1000)


def test_candidates_that_have_left_the_archive_are_passed_over(archive):
    put(archive, "2015-03-01", WITH)
    assert [page.document.id for page in follow(archive, candidates=["gone", "policy"])] == ["policy"]


def test_spells_are_those_of_a_slow_look_at_every_capture(archive):
    chance = random.Random(6)
    captures: dict[str, list[tuple[str, str]]] = {}
    for page in "abcdef":
        days = [f"2015-{month:02}-{day:02}" for month in range(1, 7) for day in (1, 15)]
        captures[page] = [(day, chance.choice((WITH, WITHOUT, f"{WITH}\n\nMore."))) for day in days]
        # Some of them come in later, as from a web archive.
        for day, text in sorted(captures[page], key=lambda _: chance.random() < 0.3):
            put(archive, day, text, id=page)
    expected = {}
    for page, seen in captures.items():
        runs = [(has, list(run)) for has, run in groupby(sorted(seen), key=lambda each: "Joint Communiqué" in each[1])]
        expected[page] = [(on(run[0][0]), on(run[-1][0])) for has, run in runs if has]
    found = {
        page.document.id: [(spell.first.first, spell.last.last) for spell in page.spells] for page in follow(archive)
    }
    assert found == {page: spells for page, spells in expected.items() if spells}
