"""The documents that ship with Concord, and the script that makes the speeches."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest

from seeds.build_un_general_debate import build, document, mend_letters, ordinal, paragraphs

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
COLLECTION = SEEDS / "un-general-debate" / "speeches-2000-2015.jsonl.gz"
CORPUS = ROOT.parent / "shared" / "data" / "ungdc" / "ungdc_2000_2015.jsonl.gz"


@pytest.fixture(scope="module")
def speeches():
    with gzip.open(COLLECTION, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def test_the_founding_seed_is_kept_byte_for_byte():
    seed = (SEEDS / "xinhua" / "000_6790f20684a683a5.txt").read_bytes()
    assert hashlib.sha256(seed).hexdigest() == "0c19d399b9ea2bc61fd809305328d1af0af7a9b06853d193548f23713ace6096"


def test_the_collection_has_every_speech_once(speeches):
    assert len({speech["id"] for speech in speeches}) == len(speeches) == 543


def test_the_collection_is_small_enough_to_ship():
    assert COLLECTION.stat().st_size < 3_000_000


def test_every_speech_has_the_keys_that_load_takes(speeches):
    assert {tuple(speech) for speech in speeches} == {("id", "title", "text", "date", "source", "language")}


def test_every_speech_is_dated_by_the_year_of_its_id(speeches):
    assert [speech["id"] for speech in speeches if speech["date"] != speech["id"][-4:]] == []


def test_every_year_from_2000_to_2015_is_there(speeches):
    assert {speech["date"] for speech in speeches} == {str(year) for year in range(2000, 2016)}


def test_no_speech_is_one_giant_paragraph(speeches):
    assert [speech["id"] for speech in speeches if speech["text"].count("\n\n") < 4] == []


def test_paragraphs_have_the_length_of_paragraphs(speeches):
    lengths = sorted(len(text.split()) for speech in speeches for text in speech["text"].split("\n\n"))
    assert 40 <= lengths[len(lengths) // 2] <= 150
    assert lengths[-1] < 500


def test_no_document_number_of_the_printed_record_is_left(speeches):
    assert [speech["id"] for speech in speeches if re.search(r"\b\d\d-\d{5}\b", speech["text"])] == []


@pytest.mark.skipif(not CORPUS.exists(), reason="the UN General Debate Corpus is not on this computer")
def test_building_anew_gives_the_committed_collection():
    assert gzip.decompress(build(CORPUS)) == gzip.decompress(COLLECTION.read_bytes())


def test_a_speech_becomes_a_line_for_load():
    speech = {"id": "CHN_63_2008", "country": "China", "session": 63, "year": 2008, "text": "Thank\nyou."}
    assert document(speech) == {
        "id": "CHN_63_2008",
        "title": "China: statement in the UN General Debate, 63rd session (2008)",
        "text": "Thank you.",
        "date": "2008",
        "source": "un-general-debate",
        "language": "en",
    }


@pytest.mark.parametrize(
    ("number", "text"), [(61, "61st"), (62, "62nd"), (63, "63rd"), (64, "64th"), (11, "11th"), (112, "112th")]
)
def test_sessions_are_counted_in_english(number, text):
    assert ordinal(number) == text


INDENTED = "\n".join(f" Paragraph {n} begins here and goes\non to its end, line {n}." for n in range(10))
FLAT = """\
The first paragraph has lines that reach the margin. It
ends with a line that leaves much room for another word
after it.
The second paragraph begins with a capital letter. This
sentence ends where the margin is, and so it goes on ok.
It is still the second paragraph, since there is no room
for the word "It" at the end of the line above this one."""


def test_an_indent_begins_a_paragraph():
    assert paragraphs(INDENTED)[1] == "Paragraph 1 begins here and goes on to its end, line 1."


def test_an_indent_inside_a_sentence_begins_none():
    assert len(paragraphs(INDENTED.replace("line 3.", "line 3"))) == 9


def test_a_blank_line_begins_a_paragraph():
    assert paragraphs("One line\nand another.\n\nA second\nparagraph.") == [
        "One line and another.",
        "A second paragraph.",
    ]


def test_long_lines_are_paragraphs():
    assert len(paragraphs(f"{'A long line. ' * 20}\n{'Another long line. ' * 20}")) == 2


def test_a_line_with_room_ends_a_paragraph():
    assert [text.split()[1] for text in paragraphs(FLAT)] == ["first", "second"]


@pytest.mark.parametrize("furniture", ["35 08-51749", "08-51749 36", "14/25 15-29664", "7", "A/70/PV.23 01/10/2015"])
def test_what_belongs_to_the_printed_page_is_dropped(furniture):
    assert paragraphs(f"A sentence that\n{furniture}\n \ngoes on.") == ["A sentence that goes on."]


@pytest.mark.parametrize("line", ["1945.", "2000", "resolution (A/63/PV.9)"])
def test_numbers_of_the_text_are_kept(line):
    assert paragraphs(f"It was in\n{line}\nand later.") == [f"It was in {line} and later."]


def test_a_hyphen_at_the_end_of_a_line_is_kept_without_the_space():
    assert paragraphs("the well-\nbeing of two-\nand three-year-olds") == ["the well-being of two- and three-year-olds"]


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("Mexicoís report ìIn larger freedomî", "Mexico’s report “In larger freedom”"),
        ("AsunciÛn, Panam·, vis-‡-vis", "Asunción, Panamá, vis-à-vis"),
        ("CÙte díIvoire", "Côte d’Ivoire"),
        ("the road map ó a plan", "the road map — a plan"),
    ],
)
def test_windows_text_read_as_mac_roman_is_mended(broken, mended):
    assert mend_letters(broken) == mended


def test_spanish_names_stay_as_they_are():
    names = "El País, García, Óscar, São Tomé, Ñandú, Île"
    assert mend_letters(names) == names


@pytest.mark.parametrize(
    ("split", "joined"),
    [("conf licts and f lows", "conflicts and flows"), ("brief ly", "briefly"), ("of life", "of life")],
)
def test_split_ligatures_are_joined(split, joined):
    assert paragraphs(split) == [joined]
