# ruff: noqa: RUF001 - texts in other scripts have letters that look like Latin ones
"""From bytes to text: declared rightly, wrongly and not at all. What is not read rightly must be refused."""

from __future__ import annotations

import json
import tarfile
from collections import Counter
from pathlib import Path

import pytest

from crawler.errors import Undecodable
from crawler.extract.charset import decode
from crawler.extract.charset.labels import name_of
from crawler.extract.charset.prescan import declared_in
from tests.shared import shared_data

DATA = Path(__file__).parents[2] / "data" / "charset"
SIMPLIFIED = (DATA / "simplified.txt").read_text(encoding="utf-8")
TRADITIONAL = (DATA / "traditional.txt").read_text(encoding="utf-8")
WRITTEN_IN = [
    *((SIMPLIFIED, codec) for codec in ("gb2312", "gbk", "gb18030", "utf-8")),
    *((TRADITIONAL, codec) for codec in ("big5", "big5hkscs", "gbk", "gb18030", "utf-8")),
]
LABELS = (
    None,
    "gb2312",
    "GBK",
    "gb18030",
    "big5",
    "Big5-HKSCS",
    "utf-8",
    "iso-8859-1",
    "windows-1251",
    "euc-kr",
    "shift_jis",
    "us-ascii",
    "x-nonsense",
)


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shared collection of texts of known character sets."""
    folder = tmp_path_factory.mktemp("charset")
    with tarfile.open(shared_data("charset") / "charset.tar.gz") as archive:
        # Python 3.11.0 to 3.11.3 have no filters yet; the archive is part of the test data.
        archive.extractall(folder, **({"filter": "data"} if hasattr(tarfile, "data_filter") else {}))
    return folder / "charset"


def _page(text: str, label: str | None) -> str:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={label}">' if label else ""
    return f"<html><head>{meta}<title>x</title></head><body><p>{text}</p></body></html>"


def _outcome(body: bytes, right: str, *, declared: str | None = None, html: bool = False) -> str:
    try:
        return "right" if decode(body, declared=declared, html=html).text == right else "wrong"
    except Undecodable:
        return "refused"


# --- whole collections, with counts


def test_every_known_text_is_read_rightly_or_refused(samples):
    manifest = json.loads((samples / "manifest.json").read_text(encoding="utf-8"))
    outcomes = Counter(
        _outcome(body, body.decode(row["encoding"]).removeprefix("\ufeff"))
        for row in manifest
        for body in [(samples / row["file"]).read_bytes()]
    )
    # The one that is refused has 1,070 NUL bytes in 1,108 and no text.
    assert outcomes == {"right": 71, "refused": 1}


def test_every_page_of_the_standards_suite_is_read_as_declared(samples):
    right = 0
    for file in sorted((samples / "html5lib-tests").glob("*.dat")):
        for case in file.read_bytes().split(b"#data\n")[1:]:
            data, expected = case.split(b"\n#encoding\n")
            found = "utf-8" if data.startswith(b"\xef\xbb\xbf") else declared_in(data) or "windows-1252"
            right += found == name_of(expected.split(b"\n")[0].decode())
    assert right == 82


@pytest.mark.parametrize("where", ["header", "meta"])
def test_chinese_pages_are_read_rightly_whatever_they_declare(where):
    outcomes = Counter[str]()
    for text, codec in WRITTEN_IN:
        for piece in (text, *filter(None, text.split("\n"))):
            for label in LABELS:
                page = _page(piece, label if where == "meta" else None)
                declared = label if where == "header" else None
                outcomes[_outcome(page.encode(codec), page, declared=declared, html=True)] += 1
    assert outcomes == {"right": 819}


@pytest.mark.parametrize("label", [None, "gb2312", "big5", "iso-8859-1"])
def test_a_few_chinese_characters_are_hardly_ever_misread(label):
    """Headlines of twelve characters: what is declared wrongly or not at all is read rightly, or else refused."""
    pieces = [(text[at : at + 12], codec) for text, codec in WRITTEN_IN for at in range(0, len(text) - 12, 25)]
    outcomes = Counter(_outcome(piece.encode(codec), piece, declared=label) for piece, codec in pieces)
    assert outcomes["wrong"] == 0
    assert outcomes["right"] >= 0.95 * len(pieces)


# --- one declaration, one case each

RUSSIAN = "Министерство иностранных дел сообщает: стороны подписали договор о выдаче и о правовой помощи."
SPANISH = "La Cancillería informó que el señor Núñez firmará mañana el tratado de extradición en Bogotá."
KOREAN = "외교부는 오늘 양국이 범죄인 인도 조약에 서명했다고 발표하였다."
JAPANESE = "外務省は本日、両国が犯罪人引渡条約に署名したと発表しました。"
GREEK = "Το Υπουργείο Εξωτερικών ανακοίνωσε ότι οι δύο χώρες υπέγραψαν συνθήκη έκδοσης."
ARABIC = "أعلنت وزارة الخارجية اليوم أن البلدين وقعا معاهدة لتسليم المجرمين في بكين"


@pytest.mark.parametrize(
    ("text", "codec", "declared"),
    [
        (RUSSIAN, "koi8-r", "windows-1251"),
        (RUSSIAN, "cp1251", "koi8-r"),
        (RUSSIAN, "iso8859-5", "iso-8859-1"),
        (RUSSIAN, "cp866", None),
        (RUSSIAN, "mac_cyrillic", None),
        (RUSSIAN, "cp1251", "utf-8"),
        (SPANISH, "utf-8", "iso-8859-1"),
        (SPANISH, "cp1252", "utf-8"),
        (SPANISH, "cp1252", None),
        (SPANISH, "cp1252", "gb2312"),
        (KOREAN, "cp949", "iso-8859-1"),
        (KOREAN, "cp949", "gb2312"),
        (JAPANESE, "cp932", None),
        (JAPANESE, "euc-jp", "shift_jis"),
        (JAPANESE, "iso2022_jp", None),
        (GREEK, "cp1253", "iso-8859-1"),
        (ARABIC, "cp1256", "iso-8859-1"),
        (ARABIC, "utf-8", "windows-1256"),
        (SIMPLIFIED, "hz", None),
        (SPANISH, "utf-16-le", None),
        (SPANISH, "utf-16-be", "utf-16"),
        (SPANISH, "utf-32-le", None),
    ],
)
def test_a_text_is_read_for_what_it_is(text, codec, declared):
    assert decode(text.encode(codec), declared=declared).text == text


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_says_more_than_the_header(codec):
    decoded = decode(SPANISH.encode(codec), declared="iso-8859-1")
    assert (decoded.text, decoded.basis) == (SPANISH, "bom")


@pytest.mark.parametrize(
    ("declared", "html", "basis"),
    [("gb2312", True, "header"), (None, True, "meta"), (None, False, "detected")],
)
def test_the_basis_says_who_named_the_character_set(declared, html, basis):
    decoded = decode(_page(SIMPLIFIED, "gb2312").encode("gbk"), declared=declared, html=html)
    assert (decoded.charset, decoded.basis) == ("gb18030", basis)


def test_a_label_means_what_it_means_to_a_browser():
    assert decode("“50 €”".encode("cp1252"), declared="ISO-8859-1").charset == "windows-1252"


def test_an_unknown_label_is_no_declaration():
    assert decode(RUSSIAN.encode("cp1251"), declared="x-nonsense").basis == "detected"


def test_ascii_is_utf_8_where_nothing_is_said():
    assert decode(b"Signed in Beijing.").charset == "utf-8"


def test_a_pages_own_declaration_counts_in_html_only():
    page = _page("abc", "koi8-r").encode()
    assert (decode(page, html=True).charset, decode(page).charset) == ("koi8-r", "utf-8")


def test_a_sign_of_gb18030_beyond_gbk_is_read():
    assert decode("𠮷，中国的".encode("gb18030"), declared="gb2312").text == "𠮷，中国的"


def test_the_euro_sign_of_old_gbk_pages_is_read():
    assert "€" in decode(SIMPLIFIED.encode("gbk") + b"\x80", declared="gbk").text


def test_a_page_put_together_from_two_character_sets_shows_its_damage():
    decoded = decode((SPANISH * 20).encode() + "\nSeñor".encode("cp1252"), declared="utf-8")
    assert (decoded.damaged, decoded.text[-5:]) == (1, "Se\ufffdor")


def test_a_character_that_the_end_cuts_off_is_damaged_not_fatal():
    assert decode(SIMPLIFIED.encode("gbk").rstrip()[:-1], declared="gbk").damaged == 1


def test_stray_nuls_of_html_are_dropped():
    assert decode(b"<p>" + b"word " * 500 + b"\0</p>", html=True).text.count("\0") == 0


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
        (bytes(range(1, 32)) * 20, "binary"),
        (b"\xff", "can't be told: none is declared"),
        (bytes(range(0x80, 0x100)) * 4, "can't be told"),
    ],
)
def test_what_is_no_text_is_refused(body, reason):
    with pytest.raises(Undecodable, match=reason):
        decode(body)


def test_a_refusal_names_the_declaration_that_does_not_fit():
    with pytest.raises(Undecodable, match='"shift_jis" \\(header\\) is declared'):
        decode(bytes(range(0xFF, 0x7F, -1)) * 4, declared="Shift_JIS")


@pytest.mark.parametrize("start", [b"<meta " * 40_000, b"<a b='" * 40_000, b"<" * 100_000, b"<!--" * 40_000])
def test_the_prescan_ends_soon_on_pages_made_to_slow_it_down(start):
    assert declared_in(start) is None
