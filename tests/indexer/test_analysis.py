"""From text to terms: what is a word, what is folded, what is one family."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import family, fold, tokenize


def words(text: str) -> list[str]:
    return [token.exact for token in tokenize(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The two countries", ["the", "two", "countries"]),
        ("a b", ["a", "b"]),
        ("non-traditional", ["non", "traditional"]),
        ("snake_case", ["snake", "case"]),
        ("9:30 on 5.11.2008", ["9", "30", "on", "5", "11", "2008"]),
        ("https://mfa.gov.cn/a?b=1", ["https", "mfa", "gov", "cn", "a", "b", "1"]),
        ("China's and China’s", ["china's", "and", "china's"]),
        ("'quoted' rock 'n' roll", ["quoted", "rock", "n", "roll"]),
        ("l\u2019e\u0301tat", ["l'etat"]),
        ("ex\u00adtra\u00addition", ["extradition"]),
        ("引渡条约", ["引", "渡", "条", "约"]),
        ("APEC峰会2008年", ["apec", "峰", "会", "2008", "年"]),
        ("人々", ["人", "々"]),
        ("ジョン・スミス", ["ジ", "ョ", "ン", "ス", "ミ", "ス"]),
        ("か\u3099", ["が"]),
        ("葛\U000e0100城", ["葛", "城"]),
        ("한국", ["한", "국"]),
        ("كِتَاب شكرًا", ["كتاب", "شكرا"]),
        ("हिन्दी", ["हिनदी"]),
        ("🤝 … — !", []),
        ("\x00\ud800", []),
        ("", []),
    ],
)
def test_words_of_a_text(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Señor", "senor"),
        ("ﬁn", "fin"),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
        ("\U0001d413reaty \u210d", "treaty h"),
        ("Российский", "российский"),
        ("Российски\u0306", "российскй"),
        ("ёж", "еж"),
        ("ガ", "ガ"),
        ("한", "한"),
        ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
    ],
)
def test_folding(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("en", "extradited", "extradition"),
        ("en", "china's", "china"),
        ("en", "treaties", "treaty"),
        ("es", "cooperación", "cooperaciones"),
        ("fr", "accordé", "accordées"),
        ("fr", "l’extradition", "extradition"),
        ("pt", "cooperação", "cooperações"),
        ("pt", "extradição", "extradições"),
        ("pt", "reunião", "reunioes"),
        ("ru", "новый", "новая"),
        ("ru", "война", "войной"),
        ("ar", "الكتاب", "كِتَاب"),
        (None, "Word", "wörd"),
    ],
)
def test_words_of_one_family(language: str | None, first: str, second: str) -> None:
    (one,), (other,) = words(first), words(second)
    assert family(one, language) == family(other, language)


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("en", "extradition", "tradition"),
        ("fr", "entrée", "entretien"),
        ("pt", "pão", "pano"),
        (None, "treaty", "treaties"),
    ],
)
def test_words_of_two_families(language: str | None, first: str, second: str) -> None:
    (one,), (other,) = words(first), words(second)
    assert family(one, language) != family(other, language)


def test_a_stem_of_one_language_is_none_of_another() -> None:
    assert family("extradit", "en") != family("extradit", "es")


def test_no_character_alone_folds_to_nothing_or_folds_further() -> None:
    tokens = [token.exact for code in range(sys.maxunicode + 1) for token in tokenize(chr(code))]
    assert [exact for exact in tokens if not exact.strip() or fold(exact) != exact] == []


@given(st.text())
def test_tokens_stand_in_order_apart_and_where_they_say(text: str) -> None:
    at = 0
    for token in tokenize(text):
        assert at <= token.start < token.end <= len(text)
        assert fold(text[token.start : token.end]).strip() == token.exact
        at = token.end


def test_a_very_long_run_is_found_by_its_start() -> None:
    assert words("x" * 1000) == ["x" * 64]
