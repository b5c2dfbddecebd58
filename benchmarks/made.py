"""The words of made texts: letters only, as frequent as Zipf's law has it, with endings that stem alike.

The most frequent words are the real small words of a language, as in any text: what a passage is read in is told by
them. Some words of foreign policy stand among the frequent ones, so that there are domains to file documents under.
"""

from __future__ import annotations

import random
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

VOCABULARY = 150_000
"""Words; 20,000 documents of 300 words use nearly all of them."""
SEED = 7
INFLECTED = 3
"""One stem in so many has endings: a family of four words, as English has them."""
ENDINGS = ("s", "ed", "ing")
CONSONANTS, VOWELS, FINALS = "bcdfghjklmnprstvwz", "aeiou", ("", "", "n", "r", "l", "t")
SYLLABLES = (2, 3, 3, 4)

SMALL_WORDS = {
    "en": "the of and to in is that for with by on be has have are was were this which from at as it its not will",
    "es": "el los las del y en con por una su al es lo ha han sus sobre entre este esta para un nuestro muy todo ser",
}
POLICY_WORDS = (
    "cooperation", "development", "trade", "terrorism", "extradition", "education", "health", "tourism", "energy",
    "drugs", "migration", "agriculture", "disarmament", "culture", "visit", "treaty", "fishing", "debt", "climate",
    "poverty", "police", "sanctions", "refugees", "peacekeeping", "corruption", "investment", "scholarships",
    "hurricane", "nuclear", "elections",
)  # fmt: skip
FIRST_POLICY_WORD, POLICY_STEP = 60, 40  # ranks: of the first one, and from one to the next

REAL_WORDS = len(SMALL_WORDS["en"].split())
"""How many of the most frequent words are real; no query asks for them, as some engines leave them out."""


@cache
def vocabulary(language: str) -> NDArray[np.object_]:
    """All words by rank, the most frequent first."""
    words = list(_made()[:VOCABULARY])
    for number, word in enumerate(POLICY_WORDS):
        words[FIRST_POLICY_WORD + POLICY_STEP * number] = word
    words[:REAL_WORDS] = SMALL_WORDS[language].split()[:REAL_WORDS]
    return np.array(words, dtype=object)


@cache
def _made() -> tuple[str, ...]:
    chance = random.Random(SEED)
    taken = {*POLICY_WORDS, *" ".join(SMALL_WORDS.values()).split()}
    found: dict[str, None] = {}
    while len(found) < VOCABULARY + len(taken):
        stem = _stem(chance)
        endings = ("", *ENDINGS) if chance.randrange(INFLECTED) == 0 else ("",)
        found.update(dict.fromkeys(stem + ending for ending in endings))
    words = [word for word in found if word not in taken]
    chance.shuffle(words)
    return tuple(words)


def _stem(chance: random.Random) -> str:
    syllables = (chance.choice(CONSONANTS) + chance.choice(VOWELS) for _ in range(chance.choice(SYLLABLES)))
    return "".join(syllables) + chance.choice(FINALS)


@cache
def shares() -> NDArray[np.float64]:
    """Of each rank, the share of a text that words up to it make up (Zipf's law with exponent 1)."""
    sums = np.array(list(accumulate(1 / rank for rank in range(1, VOCABULARY + 1))))
    shares: NDArray[np.float64] = sums / sums[-1]
    return shares
