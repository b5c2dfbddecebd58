"""Which domains a text comes under, and why."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path

import pytest

from indexer.domains import Labeller, Taxonomy
from indexer.views import Evidence

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


WEIGHED = """
[[domain]]
id = "visits"
name.en = "Visits"
terms.en = ["visit^0.3", "=summit^2.5"]
hints.en = ["talks", "=calls^0.2"]
not.en = ["visitor centre"]
"""

CHINESE = """
[[domain]]
id = "extradition"
name.en = "Extradition"
terms.zh = ["引渡"]

[[domain]]
id = "judicial"
name.en = "Judicial affairs"
terms.zh = ["司法", "司法协助", "刑事司法协助"]

[[domain]]
id = "legislatures"
name.en = "Legislatures"
terms.zh = ["国会"]
not.zh = ["中国会"]
"""


@pytest.fixture
def weighed(tmp_path):
    (tmp_path / "domains.toml").write_text(WEIGHED, "utf-8")
    labeller = Labeller(Taxonomy.load(tmp_path / "domains.toml"))
    return lambda text: labeller.read(text, "en")


@pytest.fixture
def chinese(tmp_path):
    (tmp_path / "domains.toml").write_text(CHINESE, "utf-8")
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
    assert label.evidence == (Evidence(2, ("extradited",), (1.0,)), Evidence(3, ("extradite",), (1.0,)))


def test_evidence_says_what_each_word_adds(small):
    (label,) = small.label(["A fugitive, extradited to surrender; Extradited fugitives"], "en")
    (evidence,) = label.evidence
    assert dict(zip(evidence.terms, evidence.weights, strict=True)) == {
        "fugitive": 0.5,
        "extradited": 2.0,
        "surrender": 0.5,
    }


def test_weight_is_what_is_said_as_a_share_of_what_all_passages_could_say(small):
    assert [label.weight for label in small.label(["media, media", "", "", "media"], "en")] == [3 / 12]


def test_a_document_all_about_a_domain_has_it_with_weight_one(small):
    assert [label.weight for label in small.label(["media " * 5], "en", (), "Media")] == [1.0]


def test_a_title_counts_like_two_passages(small):
    (label,) = small.label(["media", "", ""], "en", (), "The media")
    assert label.weight == pytest.approx((1 + 2) / 9)


def test_a_title_is_evidence(small):
    (label,) = small.label(["To extradite him."], "en", (), "Extradited")
    assert [(evidence.anchor, evidence.terms) for evidence in label.evidence] == [
        ("title", ("Extradited",)),
        ("p1", ("extradite",)),
    ]


@pytest.mark.parametrize("title", ["The media today…", "The media today and tomorrow."])
def test_a_title_that_is_the_beginning_of_the_text_is_not_counted_again(small, title):
    (label,) = small.label(["The media today and tomorrow.", ""], "en", (), title)
    assert [evidence.anchor for evidence in label.evidence] == ["p1"]


def test_a_title_alone_puts_a_news_report_under_its_domain(small):
    assert [label.id for label in small.label(["…"] * 13, "en", (), "The media today")] == ["media"]


def test_a_title_alone_does_not_stand_for_a_long_document(small):
    assert small.label(["…"] * 39, "en", (), "The media today") == ()


def test_a_passage_in_another_language_is_read_in_it(small):
    assert [label.id for label in small.label(["tribunal", "tribunal"], "en", ["en", "es"])] == ["judicial"]


def test_a_weight_of_its_own_counts(weighed):
    assert weighed("an official visit")["visits"].weight == 0.3


def test_light_phrases_add_up_to_a_mention(weighed):
    assert weighed("ten calls, one visit, some talks")["visits"].counts


def test_what_adds_up_to_less_than_one_is_no_mention(weighed):
    assert not weighed("a visit, visits, visits and visits; talks")["visits"].counts


def test_a_heavy_phrase_is_as_good_as_several(weighed):
    assert weighed("a summit")["visits"].weight == 2.5


def test_what_an_exclusion_took_away_is_told(small):
    assert small.read("A new media player is on sale.", "en")["media"].excluded == ("media player",)


def test_an_exclusion_that_took_nothing_away_is_not_told(weighed):
    assert "visits" not in weighed("a visitor centre")


@pytest.mark.parametrize("text", ["the safe-haven", "a co-operative fugi-tive will surrender"])
def test_words_that_a_hyphen_parts_are_read_as_one_too(small, text):
    assert "judicial/extradition" in small.read(text, "en")


def test_a_hyphenated_word_in_a_phrase_is_found_as_one_word(small):
    assert small.label_passage("judicial assis-tance", "en") == {"judicial": ("judicial assis-tance",)}


def test_a_letter_behind_a_hyphen_is_no_part_of_the_word(small):
    assert small.label_passage("judicial assistanc-e", "en") == {}


def test_a_dash_between_spaces_joins_nothing(small):
    assert small.label_passage("judicial assis - tance", "en") == {}


def test_a_chinese_phrase_is_found_inside_running_text(chinese):
    assert chinese.label_passage("双方同意加强引渡合作。", "zh") == {"extradition": ("引渡",)}


def test_a_longer_chinese_phrase_takes_its_characters(chinese):
    assert chinese.label_passage("双方签署刑事司法协助条约。", "zh") == {"judicial": ("刑事司法协助",)}


def test_characters_of_an_excluded_chinese_phrase_do_not_count(chinese):
    assert chinese.label_passage("中国会继续努力。", "zh") == {}


def test_the_same_characters_elsewhere_count(chinese):
    assert chinese.label_passage("中国会继续支持各国国会交流。", "zh") == {"legislatures": ("国会",)}


@pytest.mark.parametrize("text", ["加强引\uff0c渡过难关", "加强引。渡过难关", "加强引、渡过难关"])
def test_a_chinese_phrase_does_not_reach_across_punctuation(chinese, text):
    assert chinese.label_passage(text, "zh") == {}


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
    assert [label.id for label in small.label(["media, media and media"] + ["…"] * 20, "en")] == ["media"]


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
        ("the West Bank and the banks of the river", "finance"),
        ("they armed themselves at arm's length", "disarmament"),
        ("hospitality and hospitable hosts", "health"),
        ("mines and miners", "energy-resources"),
        ("vis-à-vis the creditors", "consular"),
        ("your election as President of the Assembly", "democracy"),
        ("the German Democratic Republic", "democracy"),
        ("I ask the Congress", "legislatures"),
        ("exchange of views and of information", "people-to-people"),
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
        ("economic and technical co-operation, technical co-operation", "technical-assistance"),
        ("apartheid", "human-rights"),
        ("the independence of Namibia", "sovereignty"),
        ("the new international economic order", "multilateral"),
        ("the SALT II talks", "disarmament"),
        ("money-laundering", "law-enforcement"),
        ("deep-sea fishing", "maritime"),
        ("low-cost housing", "social-security"),
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


def test_only_the_multilateral_domain_takes_nearly_every_speech_in_the_un(labels_of_speeches):
    counts = Counter(label.id for labels in labels_of_speeches for label in labels)
    often = {domain for domain, count in counts.items() if count > 0.65 * len(labels_of_speeches)}
    assert often <= {"multilateral"}


def test_a_speech_comes_under_a_dozen_domains_or_so(labels_of_speeches):
    assert 8 <= sum(map(len, labels_of_speeches)) / len(labels_of_speeches) <= 14
