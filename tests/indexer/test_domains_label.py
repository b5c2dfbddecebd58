"""Which domains a text comes under, and why."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path

import pytest

from indexer.domains import Labeller, Taxonomy
from indexer.results import Evidence

SEEDS = Path(__file__).parents[2] / "seeds"

SMALL = """
[[domain]]
id = "judicial"
name.en = "Judicial affairs"
terms.en = ["court", "judicial assistance", "assistance"]
terms.es = ["tribunal"]

[[domain]]
id = "judicial/extradition"
parent = "judicial"
name.en = "Extradition"
mentions = 1
terms.en = ["extradite"]
hints.en = ["fugitive", "surrender", "safe haven"]

[[domain]]
id = "media"
name.en = "Media"
terms.en = ["media"]
not.en = ["media player"]

[[domain]]
id = "police"
name.en = "Police"
terms.en = ["=police", "court"]
"""


@pytest.fixture
def small(tmp_path):
    (tmp_path / "domains.toml").write_text(SMALL, "utf-8")
    return Labeller(Taxonomy.load(tmp_path / "domains.toml"))


@pytest.fixture(scope="module")
def shipped():
    return Labeller(Taxonomy.load())


@pytest.fixture(scope="module")
def labels_of_speeches(shipped):
    with gzip.open(SEEDS / "un-general-debate" / "speeches-2000-2015.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [shipped.label(json.loads(line)["text"].split("\n\n"), "en") for line in lines]


def test_a_term_is_found_in_its_inflections_as_it_stands_in_the_text(small):
    assert small.label_passage("He was Extradited.", "en") == {"judicial/extradition": ("Extradited",)}


def test_one_hint_is_not_enough(small):
    assert small.label_passage("A fugitive, one of many fugitives.", "en") == {}


def test_two_different_hints_are_enough(small):
    found = small.label_passage("The fugitive will surrender.", "en")
    assert found == {"judicial/extradition": ("fugitive", "surrender")}


def test_a_word_of_an_excluded_phrase_does_not_count(small):
    assert small.label_passage("A new media player is on sale.", "en") == {}


def test_the_same_word_outside_the_excluded_phrase_counts(small):
    assert small.label_passage("A media player for the media.", "en") == {"media": ("media",)}


def test_the_longest_phrase_takes_its_words(small):
    assert small.label_passage("judicial assistance", "en") == {"judicial": ("judicial assistance",)}


def test_two_domains_may_rest_on_the_same_word(small):
    assert small.label_passage("the court", "en") == {"judicial": ("court",), "police": ("court",)}


def test_an_exact_term_does_not_find_its_family(small):
    assert small.label_passage("policing and policies", "en") == {}


@pytest.mark.parametrize("text", ["judicial-assistance", "judicial\nassistance", "judicial, assistance"])
def test_a_phrase_reaches_across_hyphens_line_ends_and_commas(small, text):
    assert list(small.label_passage(text, "en")) == ["judicial"]


def test_a_phrase_does_not_reach_across_the_end_of_a_sentence(small):
    assert small.label_passage("It was judicial. Assistance came.", "en") == {"judicial": ("Assistance",)}


def test_each_term_is_told_once(small):
    assert small.label_passage("Court after court, a court!", "en")["judicial"] == ("Court",)


def test_each_language_has_its_own_words(small):
    assert (small.label_passage("tribunal", "es"), small.label_passage("tribunal", "en")) == (
        {"judicial": ("tribunal",)},
        {},
    )


def test_a_region_of_a_language_has_the_words_of_the_language(small):
    assert list(small.label_passage("tribunal", "es-MX")) == ["judicial"]


def test_where_the_language_is_unknown_all_are_tried(small):
    assert list(small.label_passage("tribunal; extradited", None)) == ["judicial", "judicial/extradition"]


def test_a_language_without_words_gives_no_domains(small):
    assert small.label(["court"], "de") == ()


def test_no_passages_give_no_domains(small):
    assert small.label([], "en") == ()


def test_a_label_shows_its_passages_and_terms(small):
    (label,) = small.label(["Nothing.", "He was extradited.", "To extradite him"], "en")
    assert (label.id, label.name, label.root) == ("judicial/extradition", "Extradition", "judicial")
    assert label.evidence == (Evidence(2, ("extradited",)), Evidence(3, ("extradite",)))


def test_weight_is_the_share_of_passages(small):
    assert [label.weight for label in small.label(["media", "", "", "media"], "en")] == [0.5]


def test_the_strongest_label_comes_first(small):
    labels = small.label(["the court and the media", "the media"], "en")
    assert [label.id for label in labels] == ["media", "judicial", "police"]


def test_the_domain_above_is_not_added(small):
    assert [label.id for label in small.label(["extradition"], "en")] == ["judicial/extradition"]


def test_a_short_document_comes_under_what_it_names_once(small):
    assert [label.id for label in small.label(["media"] + ["…"] * 12, "en")] == ["media"]


def test_a_long_document_needs_more_than_one_mention(small):
    assert small.label(["media"] + ["…"] * 39, "en") == ()


def test_a_passage_that_is_all_about_a_domain_counts_for_more(small):
    assert [label.id for label in small.label(["media, media and media"] + ["…"] * 29, "en")] == ["media"]


def test_one_passage_alone_does_not_stand_for_a_very_long_document(small):
    assert small.label(["media " * 50] + ["…"] * 99, "en") == ()


def test_a_narrow_domain_needs_its_mentions_only(small):
    assert [label.id for label in small.label(["extradition"] + ["…"] * 99, "en")] == ["judicial/extradition"]


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("important matters of import", "trade"),
        ("the universe and universal values", "education"),
        ("a new policy and new policies", "law-enforcement"),
        ("the nations of the world", "multilateral"),
        ("internal affairs", "multilateral"),
        ("we have aided them with aid", "health"),
        ("the public and the report of the publicist", "media"),
        ("organic organs and organisms", "regional-organizations"),
        ("old customs and traditions", "customs-inspection"),
        ("a media player", "media"),
        ("a sport utility vehicle, a sports utility vehicle", "sports"),
        ("a culture of peace", "culture"),
        ("the business environment and an enabling environment", "environment"),
        ("a debt of gratitude to our creditors", "debt-relief"),
        ("the West Bank and its monetary worth", "finance"),
        ("they armed themselves at arm's length", "disarmament"),
        ("hospitality and hospitable hosts", "health"),
        ("mines and miners", "energy-resources"),
        ("civil and civilized", "culture"),
    ],
)
def test_other_meanings_of_a_word_are_left_out(shipped, text, domain):
    assert domain not in shipped.label_passage(text, "en")


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("those fugitives from justice were extradited", "judicial/extradition"),
        ("treaties on mutual legal assistance", "judicial/assistance"),
        ("0.7 per cent of gross national income", "technical-assistance"),
        ("agricultural imports", "agriculture"),
        ("imports of sugar", "trade"),
        ("the universities of the region", "education"),
        ("the Organisation of American States and CARICOM", "regional-organizations"),
        ("illegal immigrants", "illegal-migration"),
        ("drug-trafficking", "drugs"),
        ("peace-keeping", "peacekeeping"),
        ("a coup d'état", "democracy"),
        ("El Nino", "disaster-relief"),
    ],
)
def test_what_a_domain_is_about_is_found(shipped, text, domain):
    assert domain in shipped.label_passage(text, "en")


def test_the_founding_seed_comes_under_all_it_names(shipped):
    lines = (SEEDS / "xinhua" / "000_6790f20684a683a5.txt").read_text("utf-8").splitlines()
    labels = {label.id for label in shipped.label([line for line in lines if line.strip()], "en")}
    assert labels == {
        "climate-change",
        "counter-terrorism",
        "culture",
        "defence",
        "disaster-relief",
        "drugs",
        "education",
        "environment",
        "health",
        "high-level-exchanges",
        "humanitarian",
        "illegal-migration",
        "judicial",
        "judicial/assistance",
        "judicial/extradition",
        "law-enforcement",
        "media",
        "non-traditional-security",
        "peacekeeping",
        "people-to-people",
        "poverty-alleviation",
        "regional-organizations",
        "science-technology",
        "social-security",
        "sports",
        "technical-assistance",
    }


def test_every_shipped_domain_below_the_roots_has_speeches(labels_of_speeches):
    named = {label.id for labels in labels_of_speeches for label in labels}
    assert [node.id for node in Taxonomy.load().nodes if node.parent and node.id not in named] == []


def test_no_shipped_domain_takes_nearly_every_speech(labels_of_speeches):
    counts = Counter(label.id for labels in labels_of_speeches for label in labels)
    assert {domain for domain, count in counts.items() if count > 0.65 * len(labels_of_speeches)} == set()


def test_a_speech_comes_under_a_dozen_domains_or_so(labels_of_speeches):
    assert 8 <= sum(map(len, labels_of_speeches)) / len(labels_of_speeches) <= 14
