"""Families against Snowball's own word lists: as its stemmers take words together, so do ours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

import pytest

from crawler.extract.language import ARABIC, CYRILLIC, LATIN
from indexer.analysis import STEMMERS, UNKNOWN, Token, families, family, tokenize
from tests.shared import shared_data

Readings = Callable[[str, frozenset[str]], Iterable[str]]


def word_list(name: str) -> list[tuple[Token, str]]:
    """Words, each with the stem that Snowball gives it."""
    lines = (shared_data("snowball-data") / f"{name}.tsv").read_text("utf-8").splitlines()
    pairs = [line.split("\t") for line in lines]
    return [(tokens[-1], stem) for word, stem in pairs if (tokens := list(tokenize(word)))]


def precision_and_recall(words: list[tuple[Token, str]], language: str, *, known: bool) -> tuple[float, float]:
    """Of the pairs that a search finds how many are one Snowball family, and of those of a family how many it finds.

    The words are a collection; each in turn, without its accents, is a query. ``known``: whether the collection is
    taken to have the query's word itself, and so tells how it is written.
    """
    ways: dict[str, set[str]] = defaultdict(set)
    by_family: dict[str, set[Token]] = defaultdict(set)
    by_stem: dict[str, set[Token]] = defaultdict(set)
    for token, stem in words:
        ways[token.exact].add(token.written)
        by_family[family(token.written, language)].add(token)
        by_stem[stem].add(token)
    found = wanted = both = 0
    for token, stem in words:
        read = families({token.exact, *(ways[token.exact] if known else ())}, [language], guess=not known)
        ours = set().union(*(by_family[each] for each in read)) - {token}
        true = by_stem[stem] - {token}
        found, wanted, both = found + len(ours), wanted + len(true), both + len(ours & true)
    return both / found, both / wanted


@pytest.mark.parametrize(
    ("name", "language", "known", "precision", "recall"),
    [
        ("english", "en", True, 1.0, 1.0),
        ("spanish", "es", True, 0.97, 1.0),
        ("french", "fr", True, 0.97, 1.0),
        ("portuguese", "pt", True, 0.90, 1.0),
        ("russian", "ru", True, 1.0, 1.0),
        ("spanish", "es", False, 0.95, 0.98),
        ("french", "fr", False, 0.97, 0.96),
        ("portuguese", "pt", False, 0.90, 1.0),
    ],
)
def test_families_are_those_of_snowball(name: str, language: str, known: bool, precision: float, recall: float) -> None:
    measured = precision_and_recall(word_list(name), language, known=known)
    assert measured[0] >= precision
    assert measured[1] >= recall


@pytest.mark.parametrize(
    ("language", "written", "without"),
    [("es", "cooperación", "COOPERACION"), ("es", "comisión", "COMISION"), ("pt", "cooperação", "COOPERACAO")],
)
def test_capitals_without_accents_are_in_the_family_of_the_accented_word(
    language: str, written: str, without: str
) -> None:
    (one,), (other,) = tokenize(written), tokenize(without)
    assert family(one.written, language) == family(other.written, language)


def test_a_word_that_nobody_wrote_is_read_with_the_accents_it_may_have() -> None:
    assert family("economía", "es") in families(["economias"], ["es"], guess=True)
    assert family("economía", "es") not in families(["economias"], ["es"])


def test_every_language_that_documents_can_be_in_has_its_stemmer_if_there_is_one() -> None:
    detected = {*LATIN, *CYRILLIC, *ARABIC, "zh", "ja", "ko", "el", "he", "th", "hi", "ka", "hy"}
    assert STEMMERS.keys() - detected == set()
    for language in STEMMERS:
        assert family("a", language).startswith(f"{language}:")


PLURALS = {
    "en": "woman/women woman's/women child/children children's/child policeman/policemen crisis/crises",
    "es": "mujer/mujeres militar/militares líder/líderes crimen/crímenes régimen/regímenes juez/jueces orden/órdenes",
    "fr": "travail/travaux loi/lois emploi/emplois oeuvre/œuvres",
    "pt": "nacional/nacionais social/sociais papel/papéis civil/civis difícil/difíceis lei/leis homem/homens",
    "ar": "تعاون/التعاون قضائي/القضائي حكومة/والحكومة حكومة/وحكومة حكومة/الحكومات للحكومة/حكومات اتفاقية/اتفاقيات "
    "سياسات/السياسة وزير/الوزير وزارة/الوزارة لاجئ/اللاجئين أمن/والأمن مُحَمَّدٌ/محمد مسؤولية/المسؤوليات "
    "حكومة/حكومه معاهدة/المعاهده",
}
SPELLINGS = (
    "organisation/organization organised/organizing defence/defense labour/labor neighbours/neighbor "
    "programmes/program centre/center licence/license behaviour/behavior recognise/recognized"
)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        (language, *pair.split("/")[::step])
        for language, pairs in [*PLURALS.items(), ("en", SPELLINGS)]
        for pair in pairs.split()
        for step in (1, -1)
    ],
)
def test_a_query_finds_singular_by_plural_and_one_spelling_by_the_other(language: str, one: str, other: str) -> None:
    (asked,), (written,) = tokenize(one), tokenize(other)
    assert family(written.written, language) in families([asked.exact, asked.written], [language])


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "Oman", "omen"),
        ("en", "basis", "base"),
        ("en", "prize", "prise"),
        ("es", "tres", "tr"),
        ("pt", "mais", "mal"),
        ("fr", "aux", "ail"),
        ("ar", "وزير", "زير"),
        ("ar", "منه", "منة"),
    ],
)
def test_words_that_only_look_like_singular_and_plural_stay_apart(language: str, one: str, other: str) -> None:
    (asked,), (written,) = tokenize(one), tokenize(other)
    assert family(written.written, language) not in families([asked.exact], [language])


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("de", "Verträge", "Vertrag"),
        ("it", "accordo", "accordi"),
        ("nl", "overeenkomsten", "overeenkomst"),
        ("sv", "avtalet", "avtal"),
        ("pl", "umowa", "umowy"),
        ("tr", "anlaşmalar", "anlaşma"),
        ("cs", "smlouva", "smlouvy"),
    ],
)
def test_inflections_in_other_languages(language: str, one: str, other: str) -> None:
    (first,), (second,) = tokenize(one), tokenize(other)
    assert family(first.written, language) == family(second.written, language)


def test_characters_have_no_language() -> None:
    assert family("渡", "zh") == family("渡", "en") == family("渡", None) == "cjk:渡"


def test_words_of_an_unknown_language_are_their_own_family() -> None:
    assert family("treaties", None) == f"{UNKNOWN}:treaties"
