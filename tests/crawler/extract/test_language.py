# ruff: noqa: RUF001 - texts in other scripts have letters that look like Latin ones
from __future__ import annotations

import pytest

from crawler.extract.language import detect

NAMES = "Wang Yi, José Serra, Mauro Vieira, Zhang Jun, Li Keqiang, María Ángela Holguín, Chen Xu, Celso"
TEXTS = {
    "en": "The two sides signed an extradition treaty in Beijing on Friday and agreed to fight crime together.",
    "es": "La Cancillería informa que el tratado de extradición fue ratificado por el Senado de la República.",
    "pt": "O governo anunciou nesta terça-feira um acordo de extradição com a República Popular da China.",
    "fr": "Le ministre des affaires étrangères a signé vendredi à Pékin un traité d'extradition entre les deux pays.",
    "zh": "中国外交部发言人就引渡条约答记者问",
    "ja": "外務省は本日、両国が条約に署名したと発表しました",
    "ko": "외교부는 오늘 양국이 조약에 서명했다고 발표하였다",
    "ru": "Министерство иностранных дел Российской Федерации сообщает, что стороны подписали договор.",
    "uk": "Міністерство закордонних справ України повідомляє, що сторони підписали договір про видачу.",
    "ar": "أعلنت وزارة الخارجية اليوم أن البلدين وقعا معاهدة لتسليم المجرمين في بكين يوم الجمعة",
    "el": "Το Υπουργείο Εξωτερικών ανακοίνωσε ότι οι δύο χώρες υπέγραψαν συνθήκη",
    "he": "משרד החוץ הודיע היום כי שתי המדינות חתמו על הסכם",
}


@pytest.mark.parametrize(("language", "text"), TEXTS.items())
def test_a_sentence_tells_its_language(language, text):
    assert detect(text) == language


@pytest.mark.parametrize("text", ["", "12.11.2008", "Treaty", "Ministerio de Relaciones Exteriores", "中拉"])
def test_a_short_text_has_no_language(text):
    assert detect(text) is None


def test_a_list_of_names_has_no_language():
    assert (
        detect("Wang Yi, José Serra, Mauro Vieira, Zhang Jun, Li Keqiang, María Ángela Holguín, Chen Xu, Celso") is None
    )


def test_a_text_half_in_one_script_half_in_another_has_no_language():
    assert detect(TEXTS["ru"] + " " + TEXTS["en"]) is None


@pytest.mark.parametrize(
    "text", ["Treaty", "", "Wang Yi, José Serra, Mauro Vieira, Zhang Jun, Li Keqiang, María Holguín, Xu"]
)
def test_the_hint_answers_where_the_text_does_not(text):
    assert detect(text, hint="es") == "es"


def test_a_clear_text_stands_against_the_hint():
    assert detect(TEXTS["en"], hint="zh") == "en"


def test_addresses_and_numbers_do_not_count():
    assert detect("https://www.mfa.example.org/english/news/index/the-treaty-was-signed-in-beijing.html 2008") is None


def test_quoted_kana_does_not_make_a_chinese_text_japanese():
    assert detect(TEXTS["zh"] * 3 + "（ひらがな）") == "zh"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("معاهدة تسليم المجرمين بين البلدين", "ar"),
        ("договір про видачу", "uk"),
        ("قانون اساسی جمهوری اسلامی ایران", "fa"),
        ("The two sides signed an agreement", "en"),
        ("Li Keqiang", None),
        ("Договор", None),  # Russian, Bulgarian, Serbian …
        ("引渡条约", None),
        ("中国外交部引渡条约", "zh"),
        ("Υπουργείο", "el"),
    ],
)
def test_a_hint_of_another_script_does_not_count_and_a_short_text_is_told_by_its_own(text, language):
    hint = "zh" if text.isascii() else "en"
    assert detect(text, hint=hint) == language


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Договор", "bg"),
        ("Уговор о изручењу", "sr"),
        ("Ugovor", "sr"),
        ("Mkataba", "sw"),
        ("Isivumelwano", "zu"),
        ("引渡条約", "ja"),
        ("引渡条约", "zh"),
        ("ስምምነት", "am"),
        ("प्रत्यर्पण सन्धि सम्झौता", "ne"),
        ("Reuters 中国新", "zh"),
    ],
)
def test_a_hint_counts_for_a_short_text_in_a_script_of_its_language(text, hint):
    assert detect(text, hint=hint) == hint


def test_a_text_half_in_one_script_half_in_another_is_in_a_hinted_language_of_one_of_them():
    mixed = TEXTS["ru"] + " " + TEXTS["en"]
    assert [detect(mixed, hint=hint) for hint in ("en", "ru", "ar")] == ["en", "ru", None]
