"""Which language each passage of a document is read in."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler import Document
from indexer.languages import passage_languages
from tests.indexer.support import Workspace

ENGLISH = "The two governments agreed that the treaty on extradition will enter into force after it has been ratified."
SPANISH = "Los dos gobiernos acordaron que el tratado de extradición entrará en vigor una vez que haya sido ratificado."
FRENCH = "Les deux gouvernements sont convenus que le traité d'extradition entrera en vigueur après sa ratification."
PORTUGUESE = "Os dois governos acordaram que o tratado de extradição entrará em vigor assim que for ratificado."
RUSSIAN = "Правительства двух стран договорились, что договор между ними вступит в силу после ратификации."
ARABIC = "اتفقت الحكومتان على أن تدخل معاهدة تسليم المجرمين حيز النفاذ بعد التصديق عليها من قبل البرلمانين."
CHINESE = "两国政府一致同意引渡条约在双方批准后生效。"
JAPANESE = "両国政府は、犯罪人引渡条約が批准された後に発効することに合意した。"
TABLE = "Mexico 12 3 45, Peru 11 2 40"


def document(language: str | None, *paragraphs: str) -> Document:
    return Document("d", "s", None, "T", paragraphs, None, language, 1, datetime(2024, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("language", "paragraphs", "expected"),
    [
        ("en", (ENGLISH, ENGLISH), ()),
        ("en", (ENGLISH, SPANISH), ("en", "es")),
        ("en", (ENGLISH, CHINESE, FRENCH), ("en", "zh", "fr")),
        ("es", (SPANISH, PORTUGUESE), ("es", "pt")),
        ("pt", (PORTUGUESE, SPANISH), ("pt", "es")),
        ("fr", (FRENCH, ENGLISH), ("fr", "en")),
        ("ru", (RUSSIAN, ENGLISH), ("ru", "en")),
        ("ar", (ARABIC, FRENCH), ("ar", "fr")),
        ("zh", (CHINESE, ENGLISH, RUSSIAN), ("zh", "en", "ru")),
        ("zh", (CHINESE, JAPANESE), ("zh", "ja")),
        (None, (ENGLISH, SPANISH), ("en", "es")),
        (None, (TABLE,), ()),
        ("en", (ENGLISH, TABLE, "Anexo"), ()),
        ("en", (ENGLISH, "معاهدة تسليم المجرمين"), ("en", "ar")),
        ("en", (ENGLISH, "договір про видачу"), ("en", "uk")),
        ("en", (ENGLISH, "引渡条约的生效"), ("en", "und")),
        ("en", (ENGLISH, "中国外交部关于引渡条约"), ("en", "zh")),
        ("en", (ENGLISH, "Υπουργείο Εξωτερικών"), ("en", "el")),
        ("en", (ENGLISH, "Ньюс"), ("en", "und")),
        ("ru", (RUSSIAN, "Договор между странами", "Reuters"), ()),
        ("ar", (ARABIC, "معاهدة تسليم المجرمين"), ()),
        ("zh", (CHINESE, "引渡", "Huawei Technologies 公司"), ()),
        ("en", (), ()),
    ],
)
def test_the_language_of_each_passage(
    language: str | None, paragraphs: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert passage_languages(document(language, *paragraphs)) == expected


@pytest.fixture
def mixed(workspace: Workspace) -> Workspace:
    workspace.load(
        {"id": "mixed", "title": "Treaty", "text": f"{ENGLISH}\n\n{ENGLISH}\n\n{SPANISH}", "language": "en"},
        {"id": "papers", "text": "White papers on trade. " + ENGLISH, "language": "en"},
        {"id": "papeles", "text": "El papel de la mujer. " + SPANISH, "language": "es"},
    )
    workspace.index()
    return workspace


def test_a_passage_is_found_in_the_inflections_of_its_own_language(mixed: Workspace) -> None:
    assert set(mixed.ids("tratados")) == {"mixed", "papeles"}
    assert set(mixed.ids("governments")) == {"mixed", "papers"}


def test_what_was_found_in_a_passage_of_another_language_is_marked(mixed: Workspace) -> None:
    (hit,) = (hit for hit in mixed.search("tratados").hits if hit.id == "mixed")
    assert "<mark>tratado</mark>" in hit.snippets[0].html


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("papeles", {"papeles"}),  # its Spanish stem is "papel"
        ("papers", {"papers"}),
        ("comas", set()),  # "com", as the English "come" would be in Spanish
        ("papel", {"papeles"}),
    ],
)
def test_a_stem_of_one_language_finds_no_words_of_another(mixed: Workspace, query: str, ids: set[str]) -> None:
    assert set(mixed.ids(query)) == ids


def test_a_short_passage_in_a_script_of_its_own_is_found_in_the_inflections_of_its_language(
    workspace: Workspace,
) -> None:
    workspace.load({"id": "heading", "text": f"معاهدة تسليم المجرمين\n\n{ENGLISH}", "language": "en"})
    workspace.index()
    assert workspace.ids("المعاهدات") == ["heading"]


def test_passages_come_under_domains_in_their_own_language(workspace: Workspace) -> None:
    workspace.load({"id": "annex", "text": f"{SPANISH}\n\n{SPANISH}\n\n{ENGLISH}", "language": "es"})
    workspace.index()
    assert "judicial/extradition" in {id for hit in workspace.search().hits for id in hit.domains}
