"""The queries that are timed: thirty of each kind, in the words of each query language."""

from __future__ import annotations

from dataclasses import dataclass

WARM_UP = "peace wor*"
"""Makes Concord read its columns and its list of words, which it does once."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One question, as Concord and as stock Whoosh is asked it."""

    concord: str
    stock: str


_WORDS = (
    "extradition", "cooperation", "terrorism", "trade", "drugs", "development", "police", "judicial", "migration",
    "climate", "poverty", "education", "health", "women", "peacekeeping", "sanctions", "embargo", "debt", "energy",
    "hurricane", "corruption", "democracy", "disarmament", "nuclear", "refugees", "agriculture", "tourism",
    "sovereignty", "treaty", "fishing",
)  # fmt: skip

_PHRASES = (
    "climate change", "human rights", "organized crime", "judicial assistance", "sustainable development",
    "security council", "international community", "drug trafficking", "south south cooperation",
    "developing countries", "small island developing states", "free trade", "foreign debt", "economic growth",
    "natural disasters", "nuclear weapons", "peacekeeping operations", "millennium development goals",
    "general assembly", "international law", "rule of law",
    "illicit traffic", "food security", "gender equality", "indigenous peoples",
    "regional integration", "money laundering", "public health", "renewable energy", "armed conflict",
)  # fmt: skip

_PREFIXES = (
    "extradit", "cooperat", "terror", "judic", "migrat", "organi", "democra", "disarm", "nucl", "refug", "agricult",
    "touris", "sovereign", "treat", "fish", "hurric", "corrupt", "embarg", "sanction", "peacek", "educat", "pover",
    "climat", "polic", "drug", "trad", "develop", "health", "wom", "energ",
)  # fmt: skip

_YEARS = [(first, first + length) for length in (0, 2, 6) for first in range(2000, 2010)]


def _same(query: str) -> Pair:
    return Pair(query, query)


KINDS: dict[str, tuple[Pair, ...]] = {
    "one word": tuple(map(_same, _WORDS)),
    "two words": tuple(_same(f"{left} {right}") for left, right in zip(_WORDS, _WORDS[7:] + _WORDS[:7], strict=True)),
    "phrase": tuple(_same(f'"{phrase}"') for phrase in _PHRASES),
    "prefix": tuple(_same(f"{prefix}*") for prefix in _PREFIXES),
    "filter only": tuple(Pair(f"date:{first}..{last}", f"year:[{first} TO {last}]") for first, last in _YEARS),
}
