"""Which character set bytes are in, when nothing says so, or what says so is wrong.

Every candidate is read on a sample, and the one whose text looks most like writing wins, if it does so clearly.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from crawler.extract.charset.plausibility import plausibility
from crawler.extract.charset.profiles import ALPHABETS, EAST_ASIAN, OLD
from crawler.extract.charset.reading import read_leniently

SAMPLE = 32 * 1024
"""Bytes that are looked at, from the first one beyond ASCII on: ten thousand characters tell languages apart."""
ENOUGH = 0.45
"""Texts of a few words, names and capitals stay above; text in the wrong character set comes to 0.3 in most cases."""
CLEARLY = 0.1
"""By how much, for each character that two readings differ in, the winner must look more like writing."""
DEFAULT = "cp1252"
"""windows-1252: what browsers assume of a page that says nothing. It wins where other readings are no better."""
LEAST = 4
"""Characters beyond ASCII that it takes to choose another set than the default: any byte is a letter in most sets."""
HANDICAPS = {**dict.fromkeys(OLD, 0.4), DEFAULT: -0.01}
"""By how much a reading must be better than the others."""

_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_BEYOND = re.compile(r"[^\x00-\x7f]")


@dataclass(frozen=True, slots=True)
class Reading:
    """A codec, the sample read in it, and how much that looks like writing, handicaps counted in."""

    codec: str
    sample: str
    score: float


def sample_of(body: bytes) -> bytes:
    """The part of ``body`` that tells most: from just before its first byte beyond ASCII."""
    first = _BEYOND_ASCII.search(body)
    # No character of two bytes starts before the first byte beyond ASCII, so the sample can't begin inside one.
    start = max(0, first.start() - 64) if first else 0
    return body[start : start + SAMPLE]


def read_sample(sample: bytes, codec: str) -> Reading:
    """The sample in a codec; what can't be read counts against it."""
    text = read_leniently(sample, codec, final=False)
    return Reading(codec, text, plausibility(text, codec) - HANDICAPS.get(codec, 0.0))


def readings(sample: bytes) -> list[Reading]:
    """All readings of the sample, the most plausible first."""
    return sorted((read_sample(sample, codec) for codec in _candidates()), key=lambda reading: -reading.score)


def is_clear(ranking: list[Reading]) -> bool:
    """Whether the first reading is good enough, and better than every other one where that reads otherwise."""
    best, *others = ranking
    if best.codec != DEFAULT and len(_BEYOND.findall(best.sample)) < LEAST:
        return False
    enough = 0 if best.codec == DEFAULT else CLEARLY
    differing = (other for other in others if other.sample != best.sample and other.score > 0)
    return best.score >= ENOUGH and all(lead(best, other) >= enough for other in differing)


def lead(reading: Reading, other: Reading) -> float:
    """How much more like writing one reading is than another, for each character that they differ in."""
    mine, theirs = Counter(_BEYOND.findall(reading.sample)), Counter(_BEYOND.findall(other.sample))
    differing = (mine - theirs).total()
    return (reading.score - other.score) * mine.total() / differing if differing else reading.score - other.score


@cache
def _candidates() -> tuple[str, ...]:
    alphabetic = (codec for alphabet in ALPHABETS for codec in alphabet.codecs)
    return tuple(dict.fromkeys((DEFAULT, *EAST_ASIAN, *alphabetic)))
