"""The word that was meant, from the words of a collection."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from string import ascii_lowercase
from typing import Any

import pytest

from crawler import ConfigFile
from indexer import Collection, SearchRequest
from tests.indexer.support import collection_of

FLOOR = 0.85  # share of words with one random slip that come back: 0.88 of 500 words of any frequency, when it was set
WORDS = 200

DOCUMENTS: tuple[dict[str, Any], ...] = (
    *({"id": f"d{n}", "text": f"The treaty on extradition, number {n}. Human rights count."} for n in range(210)),
    {"id": "rare", "text": "A treety. A trousy. Of cooperation and 引渡."},
    *({"id": f"n{n}", "text": f"A nation and its plan, {n}: the nation goes on as it has gone."} for n in range(201)),
    {"id": "nación", "text": "El plan de la nación y de sus pueblos.", "language": "es"},
    {"id": "niño", "text": "La situación del niño y de los niños; la evaluacion.", "language": "es"},
)


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    with collection_of(tmp_path_factory.mktemp("meant"), DOCUMENTS) as collection:
        yield collection


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("extradtion", "extradition"),
        ("extradiiton treaty", "extradition treaty"),
        ("humanrights", "human rights"),
        ("extra dition", "extradition"),
        ("countnumber", None),  # both are there, but never next to each other
        ("treety", "treaty"),  # there, but 200 times as rare as a word one slip off
        ('"treety"', None),
        ("trousy", None),
        ("extradited", None),  # another form of a word that is there
        ("引度", None),
        ("situacoin", "situación"),  # as it is written there
        ("evaluacoin", "evaluacion"),
        ("nación", None),  # found in Spanish, where "nation" isn't a word
        ("nacion", None),
        ("naciones", None),
        ("nataon", "nation"),
        ("nniso", None),  # two slips in five letters
        ("zzzzzz", None),
        ("2008", None),
    ],
)
def test_the_word_that_was_meant_is_proposed(collection: Collection, query: str, meant: str | None) -> None:
    assert collection.search(SearchRequest(query, limit=1)).corrected == meant


def test_misspelt_words_of_the_seeds_come_back(seed_workspace: Path) -> None:
    collection = Collection.open(ConfigFile.read(seed_workspace / "config.toml"))
    chance = random.Random(2008)
    words = sorted({word.text for start in ascii_lowercase for word in collection.suggest(f"={start}", 40).words})
    sample = chance.sample([word for word in words if len(word) >= 5 and word.isalpha()], WORDS)
    asked = [(word, slip(word, chance)) for word in sample]
    right = sum(collection.search(SearchRequest(typed, limit=1)).corrected == word for word, typed in asked)
    collection.close()
    assert right / WORDS >= FLOOR


def slip(word: str, chance: random.Random) -> str:
    """The word with one random letter left out, added, changed, or swapped with the next."""
    at, letter = chance.randrange(len(word) - 1), chance.choice(ascii_lowercase)
    return chance.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        ]
    )
