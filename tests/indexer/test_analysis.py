"""From text to terms: what is a word, what is folded, what is one family."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import family, fold, forms_of, pieces, raw_words, tokenize

JOINTS = frozenset(".,\u066c\u00a0\u2009\u202f'\u2019\u2018\u201b\u00b4\uff07\u02bc\u02bb")
"""What may stand within a number or an abbreviation without being part of its form."""


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
        ("l\u2019e\u0301tat", ["l", "etat"]),
        ("L'accord d'hier qu’il jusqu'à", ["l", "accord", "d", "hier", "qu", "il", "jusqu", "a"]),
        ("dell'Unione, d'água, c'è", ["dell", "unione", "d", "agua", "c", "e"]),
        ("aujourd'hui o'clock don't O\u00b4Brien", ["aujourd'hui", "o'clock", "don't", "o'brien"]),
        ("the U.N., the U.S.A. and e.g. the U.N", ["the", "un", "the", "usa", "and", "eg", "the", "un"]),
        ("U.N.'s U.S.-China", ["un's", "us", "china"]),
        ("Ю.Я. Путин, Ю.Я.Путин", ["юя", "путин", "юя", "путин"]),
        ("J.Smith, plan A. B www.u.n", ["j", "smith", "plan", "a", "b", "www", "u", "n"]),
        ("2,500 2.500 2\u00a0500 2’500 1,234,567.89", ["2500", "2500", "2500", "2500", "1234567", "89"]),
        ("3.14 0.500 12,34,567 202.555.1234", ["3", "14", "0", "500", "12", "34", "567", "202", "555", "1234"]),
        ("12,500km 2500th", ["12500km", "2500th"]),
        ("\u0662\u066c\u0665\u0660\u0660 \uff12\uff10", ["2500", "20"]),
        ("ｶﾞｲﾄﾞ", ["ガ", "イ", "ド"]),
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
        ("Cœur, ŒUVRE, Ærø", "coeur, oeuvre, aero"),
        ("Wałęsa Đinđić Yal\u0131n", "walesa dindic yalin"),
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
    (one,), (other,) = tokenize(first), tokenize(second)
    assert family(one.written, language) == family(other.written, language)


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
    (one,), (other,) = tokenize(first), tokenize(second)
    assert family(one.written, language) != family(other.written, language)


def test_a_stem_of_one_language_is_none_of_another() -> None:
    assert family("extradit", "en") != family("extradit", "es")


def test_no_character_alone_folds_to_nothing_or_folds_further() -> None:
    for codes in (range(128), range(0x10000), range(sys.maxunicode + 1)):  # texts of these are read each in its way
        exact = words(" ".join(map(chr, codes)))
        assert [form for form in exact if not form.strip() or fold(form) != form] == []


def test_what_is_elided_before_what_is_elided_is_a_word_of_its_own() -> None:
    assert words("l'un'altra, jusqu\u2019un'ora") == ["l", "un", "altra", "jusqu", "un", "ora"]


_PARTS = (
    "extradition été Señor d' l' qu' dell' un' U.N. e.g. U.S.'s 2,500 2\u00a0500 1.000.000 0.500 5.11.2008 ٢٥ co-op "
    "don't China\u2019s 引渡 が か\u3099 ｶﾞ so\u00adft e\u0301 и\u0306 ﬁn ﹰ \U0001d400 \U00020000 x\U000e0100 "
    "كِتَاب İstanbul \u02bc \u00ad \u0301"
)
_ALONE = " .,'\u2019-:x1a"
mixed_texts = st.lists(st.sampled_from([*_PARTS.split(" "), *_ALONE]) | st.text(max_size=3), max_size=12).map("".join)


@given(mixed_texts)
def test_the_forms_of_the_raw_words_are_the_tokens(text: str) -> None:
    forms = [form for raw in raw_words(text) for form in forms_of(raw)]
    assert forms == [(token.exact, token.accented) for token in tokenize(text)]


def test_every_letter_of_latin_is_a_token() -> None:
    raw = raw_words(" ".join(map(chr, [*range(0x250), *range(0x2000, 0x20C0)])))
    assert [word for word in raw if len(forms_of(word)) != 1] == []


@given(mixed_texts)
def test_raw_words_stand_in_the_text_in_this_order(text: str) -> None:
    at = 0
    for raw in raw_words(text):
        at = text.index(raw, at) + len(raw)


@given(mixed_texts)
def test_the_pieces_of_a_text_are_its_tokens_and_what_is_between(text: str) -> None:
    found = pieces(text)
    assert "".join(found) == text
    assert found[1::2] == [text[token.start : token.end] for token in tokenize(text)]


@given(mixed_texts, st.sampled_from(["\u00ff", "\u0416", "\U00020000", "\U0001d400"]))
def test_characters_that_are_far_from_a_word_make_no_difference_to_it(text: str, far: str) -> None:
    assert raw_words(f"{text} | {far}")[:-1] == raw_words(f"{text} | ")


@given(mixed_texts)
def test_the_tokens_of_a_text_in_ascii_are_those_it_has_in_a_text_that_is_not(text: str) -> None:
    plain = text.encode("ascii", "ignore").decode()
    assert raw_words(plain) == raw_words(f"{plain} \u20ac")


@given(st.text())
def test_tokens_stand_in_order_apart_and_where_they_say(text: str) -> None:
    at = 0
    for token in tokenize(text):
        assert at <= token.start < token.end <= len(text)
        if not set(text[token.start : token.end]) & JOINTS:
            assert fold(text[token.start : token.end]).strip() == token.exact
        at = token.end


def test_a_very_long_run_is_found_by_its_start() -> None:
    assert words("x" * 1000) == ["x" * 64]


@pytest.mark.parametrize(
    ("text", "accented"),
    [
        ("Señor", "señor"),
        ("SEN\u0303OR", "señor"),
        ("l'été", "été"),
        ("É.U.", "éu"),
        ("ёж", "ёж"),
        ("كِتَاب", "كِتَاب"),
        ("senor", ""),
        ("ﬁn", ""),
        ("Straße", ""),
        ("новый", ""),
        ("ガ", ""),
    ],
)
def test_the_form_with_accents_where_the_folded_one_has_lost_some(text: str, accented: str) -> None:
    assert [*tokenize(text)][-1].accented == accented


@given(st.text())
def test_a_form_with_accents_folds_to_its_exact_form(text: str) -> None:
    assert all(fold(token.accented) == token.exact for token in tokenize(text) if token.accented)


@pytest.mark.parametrize("text", ["." * 5000, "1,000" * 3000, "a." * 5000, "'" * 5000, "1.111." * 2000, "l'" * 5000])
def test_long_rows_of_what_joins_words_are_read(text: str) -> None:
    assert all(token.start < token.end for token in tokenize(text))
