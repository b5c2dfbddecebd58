"""Loading a taxonomy, and the tree it makes."""

from __future__ import annotations

import pytest

from indexer.domains import Taxonomy
from indexer.errors import TaxonomyError

TREE = """
[[domain]]
id = "judicial/extradition"
parent = "judicial"
name.en = "Extradition"
terms.en = ["extradition", "extradite"]
hints.en = ["fugitive"]

[[domain]]
id = "peace"
name = { en = "Peace", es = "Paz" }

[[domain]]
id = "judicial"
parent = "peace"
name.en = "Judicial affairs"

[[domain]]
id = "culture"
name.en = "Culture"
"""


@pytest.fixture
def load(tmp_path):
    def load_text(text):
        path = tmp_path / "domains.toml"
        path.write_text(text, "utf-8")
        return Taxonomy.load(path)

    return load_text


@pytest.fixture
def mistakes(load, tmp_path):
    def mistakes_in(text):
        with pytest.raises(TaxonomyError) as caught:
            load(text)
        return [line.replace(str(tmp_path), ".") for line in caught.value.mistakes]

    return mistakes_in


def test_nodes_come_in_tree_order(load):
    assert [node.id for node in load(TREE).nodes] == ["peace", "judicial", "judicial/extradition", "culture"]


def test_a_node_knows_its_place(load):
    node = load(TREE).get("judicial/extradition")
    assert (node.name, node.parent, node.root, node.depth) == ("Extradition", "judicial", "peace", 2)


def test_an_unknown_domain_is_none(load):
    assert load(TREE).get("space") is None


def test_ancestors_are_taken_in_up_to_the_root(load):
    assert load(TREE).with_ancestors(["judicial/extradition", "space"]) == {"judicial/extradition", "judicial", "peace"}


def test_descendants_take_in_the_domain_itself(load):
    assert load(TREE).descendants("judicial") == {"judicial", "judicial/extradition"}


def test_the_digest_stays_when_only_layout_names_and_order_change(load):
    edited = TREE.replace('["extradition", "extradite"]', '[\n  "Extradite", # a comment\n  "extradition",\n]')
    edited = edited.replace('"Extradition"\n', '"Handing over"\n')
    assert edited != TREE
    assert load(edited).digest == load(TREE).digest


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"fugitive"', '"fugitives from justice"'),
        ('"fugitive"', '"fugitive^0.4"'),
        ('"extradite"', '"extradite^2"'),
        ('"extradite"', '"=extradite"'),
        ("hints.en", "terms.es"),
        ('parent = "peace"', 'parent = "culture"'),
        ('name.en = "Extradition"', 'name.en = "Extradition"\nmentions = 1'),
    ],
)
def test_the_digest_changes_with_the_meaning(load, old, new):
    assert load(TREE.replace(old, new, 1)).digest != load(TREE).digest


def test_all_mistakes_are_told_at_once_with_their_lines(mistakes):
    wrong = TREE.replace('"fugitive"', '" - "').replace('parent = "peace"', 'parent = "war"')
    wrong = wrong.replace('name.en = "Culture"', 'name.en = "Culture"\ncolour = "red"')
    assert mistakes(wrong) == [
        "./domains.toml:7: domain \"judicial/extradition\": hints.en: ' - ': has no words",
        './domains.toml:18: domain "culture": unknown key "colour": '
        "the keys are id, parent, name, mentions, terms, hints, not",
        './domains.toml:15: domain "judicial": unknown parent "war"',
    ]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('id = "culture"', 'id = "judicial"', "stands twice"),
        ('id = "culture"', 'id = "Culture!"', "bad id"),
        ('id = "culture"', "", "no id"),
        ('name.en = "Culture"', "", "no name"),
        ('name.en = "Culture"', 'name.es = "Cultura"', "no name"),
        ('name.en = "Culture"', 'name.en = " "', "no name"),
        ('es = "Paz"', 'spanish = "Paz"', 'name.spanish: no language has the code "spanish"'),
        ('es = "Paz"', 'spa = "Paz"', 'name.spa: no language has the code "spa"'),
        ("hints.en", "hints.xx", 'domains.toml:7: domain "judicial/extradition": hints.xx: no language has the code'),
        ("terms.en", "terms.spa", 'domains.toml:6: domain "judicial/extradition": terms.spa: no language has the code'),
        ('"fugitive"', '"the"', ":7: domain \"judicial/extradition\": hints.en: 'the': is a word of grammar"),
        ('"fugitive"', '"=The^0.3"', "hints.en: '=The^0.3': is a word of grammar"),
        ('hints.en = ["fugitive"]', 'terms.zh = ["的"]', "terms.zh: '的': is a word of grammar"),
        ('"extradite"', '"Extradition"', ":6: domain \"judicial/extradition\": terms.en: 'Extradition': is in"),
        ('"fugitive"', '"extradite^0.3"', "hints.en: 'extradite^0.3': is in terms.en already"),
        ('hints.en = ["fugitive"]', 'not.en = ["extradite"]', "is in terms.en already: take one of them out"),
        ('hints.en = ["fugitive"]', 'hints = ["fugitive"]', "hints: say the language"),
        ('hints.en = ["fugitive"]', 'hints.en = "fugitive"', "hints.en: write a list"),
        ('"fugitive"', "7", "has no words"),
        ('"fugitive"', '"^0.3"', "'^0.3': has no words"),
        ('"fugitive"', '"fugitive^"', "'fugitive^': behind ^ stands a weight above 0 and up to 3"),
        ('"fugitive"', '"fugitive^0"', "behind ^ stands a weight"),
        ('"fugitive"', '"fugitive^-1"', "behind ^ stands a weight"),
        ('"fugitive"', '"fugitive^3.5"', "behind ^ stands a weight"),
        ('"fugitive"', '"fugitive^much"', "behind ^ stands a weight"),
        ('"fugitive"', '"fugitive^nan"', "behind ^ stands a weight"),
        ('hints.en = ["fugitive"]', 'not.en = ["fugitive^0.3"]', "a phrase that is left out has no weight"),
        ('name.en = "Culture"', 'name.en = "Culture"\nmentions = 0', "mentions: write a whole number"),
        ('name = { en = "Peace", es = "Paz" }', 'name.en = "Peace"\nparent = "judicial"', "goes round in a circle"),
        ('id = "culture"', 'id = ["culture"]', "bad id"),
        ('id = "culture"', 'id = "culture"\nparent = ["peace"]', "parent: write one id"),
        ('id = "culture"', 'id = "culture"\nparent = "culture"', "goes round in a circle"),
    ],
)
def test_a_mistake_says_what_is_wrong(mistakes, old, new, reason):
    assert old in TREE
    assert reason in "\n".join(mistakes(TREE.replace(old, new, 1)))


def test_a_phrase_that_stands_twice_is_told_with_its_second_line(mistakes):
    wrong = TREE.replace('"extradite"]', '"extradite",\n  "surrender",\n  "extradition",\n]')
    assert mistakes(wrong) == [
        "./domains.toml:8: domain \"judicial/extradition\": terms.en: 'extradition': "
        "is in terms.en already: take one of them out"
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"fugitive"', '"=extradite"'),  # its one form may weigh something else than the family
        ("hints.en", "hints.sw"),  # no stemmer, but documents can be in it
        ('"fugitive"', '"of the law"'),
        ('hints.en = ["fugitive"]', 'hints.es = ["extradition"]'),
    ],
)
def test_what_only_looks_like_a_slip_is_allowed(load, old, new):
    assert old in TREE
    assert load(TREE.replace(old, new, 1)).get("judicial/extradition") is not None


@pytest.mark.parametrize(
    ("text", "reason"),
    [("[[domain]", "not valid TOML"), ("", "no domains"), ("domain = 1", "no domains"), ("colour = 1", "unknown key")],
)
def test_a_file_that_is_no_taxonomy_is_refused(mistakes, text, reason):
    assert reason in "\n".join(mistakes(text))


def test_a_hint_is_a_term_of_half_the_weight(load):
    as_term = TREE.replace('"extradite"]\nhints.en = ["fugitive"]', '"fugitive^0.5"]')
    as_hint = TREE.replace('terms.en = ["extradition", "extradite"]', 'terms.en = ["extradition"]')
    weights = [
        {(phrase.text, phrase.weight) for words in (node.terms, node.hints) for phrase in words.get("en", ())}
        for node in (load(text).get("judicial/extradition") for text in (as_term, as_hint))
    ]
    assert weights[0] == weights[1] == {("extradition", 1.0), ("fugitive", 0.5)}


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(TaxonomyError, match=r"none\.toml: no such taxonomy file"):
        Taxonomy.load(tmp_path / "none.toml")


def test_a_file_that_is_not_utf_8_is_told(tmp_path):
    (tmp_path / "domains.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(TaxonomyError, match="can't be read"):
        Taxonomy.load(tmp_path / "domains.toml")


def test_the_shipped_taxonomy_has_the_four_roots():
    roots = [(node.id, node.name) for node in Taxonomy.load().nodes if node.parent is None]
    assert roots == [
        ("political", "Political"),
        ("economic", "Economic"),
        ("cultural-social", "Cultural and social"),
        ("peace-security", "Peace, security and judicial affairs"),
    ]


@pytest.mark.parametrize("language", ["en", "es", "fr", "pt", "zh"])
def test_every_shipped_domain_below_the_roots_has_terms(language):
    assert [node.id for node in Taxonomy.load().nodes if node.parent and not node.terms.get(language)] == []


LANGUAGES = ("en", "es", "fr", "pt", "zh")


def test_every_shipped_domain_has_a_name_in_every_language():
    assert [(node.id, sorted(node.names)) for node in Taxonomy.load().nodes if sorted(node.names) != [*LANGUAGES]] == []
