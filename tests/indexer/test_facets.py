"""Counts become rows: labelled, in an order that can be read."""

from __future__ import annotations

from collections import Counter

import pytest

from indexer.domains import Taxonomy
from indexer.engines.protocol import FacetCounts
from indexer.facets import facets, language_name
from indexer.results import FacetRow

TAXONOMY = """
[[domain]]
id = "judicial"
name.en = "Judicial affairs"
terms.en = ["court"]

[[domain]]
id = "judicial/extradition"
parent = "judicial"
name.en = "Extradition"
terms.en = ["extradite"]

[[domain]]
id = "culture"
name.en = "Culture"
terms.en = ["museum"]
"""


@pytest.fixture
def taxonomy(tmp_path):
    (tmp_path / "domains.toml").write_text(TAXONOMY, "utf-8")
    return Taxonomy.load(tmp_path / "domains.toml")


def test_sources_come_by_count_then_name_with_their_labels(taxonomy):
    counts = FacetCounts(source=Counter({"wire": 2, "blog": 2, "mfa": 5}))
    rows = facets(counts, taxonomy, {"mfa": "Ministry"}).source
    assert rows == (FacetRow("mfa", "Ministry", 5), FacetRow("blog", "blog", 2), FacetRow("wire", "wire", 2))


def test_domains_come_in_the_order_of_the_taxonomy_with_their_depth(taxonomy):
    counts = FacetCounts(domain=Counter({"culture": 9, "judicial/extradition": 1, "judicial": 3}))
    assert facets(counts, taxonomy, {}).domain == (
        FacetRow("judicial", "Judicial affairs", 3),
        FacetRow("judicial/extradition", "Extradition", 1, 1),
        FacetRow("culture", "Culture", 9),
    )


def test_a_domain_that_the_taxonomy_no_longer_has_comes_last_by_its_id(taxonomy):
    counts = FacetCounts(domain=Counter({"trade": 9, "culture": 1, "arms": 1}))
    assert [row.value for row in facets(counts, taxonomy, {}).domain] == ["culture", "arms", "trade"]


def test_languages_have_names_and_the_unknown_one_says_so(taxonomy):
    rows = facets(FacetCounts(language=Counter({"und": 3, "es": 2, "xx": 1})), taxonomy, {}).language
    assert [(row.value, row.label) for row in rows] == [("und", "Unknown"), ("es", "Spanish"), ("xx", "xx")]


def test_years_come_in_order_and_the_undated_last(taxonomy):
    rows = facets(FacetCounts(year=Counter({"unknown": 9, "2010": 1, "1999": 2})), taxonomy, {}).year
    assert [(row.value, row.label, row.count) for row in rows] == [
        ("1999", "1999", 2),
        ("2010", "2010", 1),
        ("unknown", "undated", 9),
    ]


@pytest.mark.parametrize(("code", "name"), [("en", "English"), (None, "Unknown"), ("und", "Unknown"), ("tlh", "tlh")])
def test_a_language_has_a_name(code, name):
    assert language_name(code) == name
