"""Which texts are reprints of which: the rules on made texts, and floors on real ones."""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crawler import Archive
from crawler.duplicates import SHORT, Text, bands, likeness, method, signature
from crawler.extract import split_paragraphs
from tests.crawler.reprints import CHANGES, Change
from tests.shared import ROOT, shared_data

WORDS = [f"w{number}" for number in range(5000)]


def prose(words: int, seed: int = 0) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=words))


def text(*paragraphs: str, title: str = "A title") -> Text:
    return Text(title, paragraphs)


def test_a_text_is_a_reprint_of_itself_under_another_headline():
    story = prose(300)
    assert likeness(text(story, title="One"), text(story, title="Another")) == 1.0


def test_case_accents_and_punctuation_make_no_difference():
    story = f"El señor Pérez habló en Bogotá. {prose(100)}"
    assert likeness(text(story), text(story.upper().replace("É", "E").replace(".", " –"))) == 1.0


def test_two_texts_on_one_thing_are_no_reprints():
    shared = prose(150)
    assert likeness(text(shared, prose(150, 1)), text(shared, prose(150, 2))) == 0.0


def test_a_cut_reprint_is_one_down_to_half_of_the_length():
    paragraphs = [prose(100, seed) for seed in range(10)]
    assert likeness(text(*paragraphs), text(*paragraphs[:6])) > 0
    assert likeness(text(*paragraphs), text(*paragraphs[:4])) == 0.0


def test_likeness_does_not_depend_on_which_comes_first():
    one, other = text(*(prose(100, seed) for seed in range(5))), text(*(prose(100, seed) for seed in range(1, 5)))
    assert likeness(one, other) == likeness(other, one) > 0


def test_notices_made_from_one_form_are_no_reprints():
    form = prose(60)
    one = f"On 5 November the minister received Ambassador Juan Pérez of Peru. {form}"
    other = f"On 9 December the minister received Ambassador Mary Smith of Malta. {form}"
    assert likeness(text(one), text(other)) == 0.0


def test_a_short_text_is_alike_only_to_its_equal():
    short = prose(SHORT - 1)
    assert likeness(text(short), text(short)) == 1.0
    assert likeness(text(short), text(f"{short} more")) == 0.0
    assert likeness(text(short), text(short, title="Another title")) == 0.0


def test_texts_without_words_are_like_nothing():
    assert likeness(text(), text()) == 0.0
    assert likeness(text("***"), text("***")) == 0.0


def test_chinese_is_compared_by_characters():
    chance = random.Random(1)
    story = "".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(400))
    assert likeness(text(story), text(f"新华社北京11月5日电 {story[:300]}")) > 0
    assert likeness(text(story), text(story[::-1])) == 0.0


def test_a_long_text_is_known_by_its_start():
    book = prose(80_000)
    assert likeness(text(book), text(f"{book} {prose(20_000, 1)}")) == 1.0


def test_signatures_of_a_method_are_the_same_everywhere():
    """They are kept in archives: where another library makes other ones, ``method`` has to be another too."""
    assert method() == "1:rensa-2"
    digest = hashlib.sha256(repr(signature(text(prose(200))).tolist()).encode()).hexdigest()
    assert digest == "bbdc341db6523753f159afee0d4f6a5f4accc0226f8900253832a4ebd5d3d6f2"


def test_another_process_makes_the_same_bands():
    code = "from crawler.duplicates import *; print(bands(signature(Text('', [' '.join(map(str, range(200)))]))))"
    answer = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(answer.stdout) == bands(signature(text(" ".join(map(str, range(200))))))


def read(*files: Path) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for record in map(json.loads, lines):
                yield record["id"], record.get("title", record["id"]), split_paragraphs(record["text"])


Texts = list[tuple[str, str, tuple[str, ...]]]


@pytest.fixture(scope="module")
def news() -> Texts:
    """Two years of news: full of phrases and background that they share, none a reprint of another."""
    return list(read(*sorted(shared_data("wikinews").glob("*.jsonl.gz"))))


@pytest.fixture(scope="module")
def speeches() -> Texts:
    """Speeches of the same states in the same hall, year after year."""
    return list(read(sorted(shared_data("ungdc").glob("*.jsonl.gz"))[0]))[:200]


def store(archive: Archive, put: Callable[..., object], texts: Texts, source: str) -> None:
    with archive.batch():
        for id_, title, paragraphs in texts:
            put(archive, "\n\n".join(paragraphs), id=id_, title=title, source=source)


def copies(archive: Archive) -> dict[str, str]:
    return {document.id: document.lead for document in archive.changes() if document.lead is not None}


def test_no_real_text_is_taken_for_a_reprint_of_another(
    archive: Archive, put: Callable[..., object], news: Texts, speeches: Texts
):
    store(archive, put, news + speeches, "real")
    assert copies(archive) == {}


@pytest.mark.parametrize("name", CHANGES)
def test_reprints_of_real_texts_are_found(archive: Archive, put: Callable[..., object], news: Texts, name: str):
    change, floor = CHANGES[name]
    made = [
        (f"{id_}-again", "Another headline", _reprint(change, paragraphs))
        for id_, _, paragraphs in news
        if _fits(change, paragraphs)
    ]
    store(archive, put, news, "first")
    store(archive, put, made, "second")
    found = copies(archive)
    assert [id_ for id_, lead in found.items() if f"{lead}-again" != id_] == []
    assert len(found) / len(made) >= floor


def _reprint(change: Change, paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    return change(paragraphs, random.Random(len(paragraphs)))


def _fits(change: Change, paragraphs: tuple[str, ...]) -> bool:
    """Long enough to be cut, and not cut shorter than any reprint: short news have few paragraphs to leave out."""
    length = sum(map(len, paragraphs))
    return len(paragraphs) > 3 and length > 600 and sum(map(len, _reprint(change, paragraphs))) > 0.5 * length
