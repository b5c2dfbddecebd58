"""The title of a text that comes without one: its headline, or the start of its first sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.extract.paragraphs import blocks

HEADLINE_LENGTH = 120
"""Characters of the longest line that is taken for a headline: newspapers stay below 100, ministries go over."""
TITLE_LENGTH = 90
"""Characters of a title that is made from a sentence: about what fits in one line of a list of hits."""
_CLAUSE_FROM = 0.5
"""A title is cut at a clause only behind this part of its room: before that, too little would be left to know it by."""
_SENTENCE_FROM = 25
"""A sentence ends no sooner: "Mr. President." alone is a form of address, not a title."""

_FINAL = tuple(".?!:;,…。？！，；：")  # noqa: RUF001 - Chinese and Japanese end their sentences so
_CLOSING = "\"'”’»)]」』）"  # noqa: RUF001
_OPENING = "\"'“‘«([「『（¿¡"  # noqa: RUF001
_ABBREVIATIONS = frozenset(
    {"mr", "mrs", "ms", "dr", "prof", "st", "no", "art", "gen", "sen", "gov", "vs", "e.g", "i.e"}
)
_SENTENCE_END = re.compile(rf"[.?!…]+[{re.escape(_CLOSING)}]*(?=\s)|[。？！][{re.escape(_CLOSING)}]*")  # noqa: RUF001
_CLAUSE_END = re.compile(r"[,;:]\s|\s[–—-]\s|[，；：、]")  # noqa: RUF001
_NUMBER = re.compile(r"\(?\d{1,4}[.)]\s+(?=\D)")


def split_headline(text: str) -> tuple[str | None, tuple[str, ...]]:
    """The headline, where the first line of ``text`` is one, and the paragraphs after it.

    A headline stands alone on a short line without final punctuation, and the text after it doesn't start in the middle
    of a sentence.
    """
    pieces = blocks(text)
    paragraphs = tuple(" ".join(lines) for lines in pieces)
    if len(pieces) > 1 and len(pieces[0]) == 1 and _is_headline(paragraphs[0], paragraphs[1]):
        return paragraphs[0], paragraphs[1:]
    return None, paragraphs


def make_title(paragraphs: Sequence[str]) -> str:
    """A title from the first sentence, in its own words: without its final stop, cut with ``…`` where it is long."""
    sentence = _first_sentence(_lead(paragraphs))
    sentence = _NUMBER.sub("", sentence, count=1) if _NUMBER.match(sentence) else sentence
    bare = sentence.rstrip(_CLOSING)
    if not bare.endswith("..") and bare.endswith((".", "。")) and len(bare) > 1:
        sentence = bare[:-1] + sentence[len(bare) :]
    return sentence if len(sentence) <= TITLE_LENGTH else _cut(sentence)


def _is_headline(line: str, following: str) -> bool:
    ends_open = not line.rstrip(_CLOSING).endswith(_FINAL)
    return len(line) <= HEADLINE_LENGTH and ends_open and not following.lstrip(_OPENING)[:1].islower()


def _lead(paragraphs: Sequence[str]) -> str:
    """The first paragraph, with the ones after it that go on with its sentence (a text of wrapped lines)."""
    lead = ""
    for paragraph in paragraphs:
        goes_on = lead and paragraph[:1].islower() and not lead.endswith(_FINAL[:3])
        if lead and not goes_on:
            break
        lead = f"{lead} {paragraph}".strip()
        if len(lead) > 2 * TITLE_LENGTH:
            break
    return lead


def _first_sentence(text: str) -> str:
    for end in _SENTENCE_END.finditer(text):
        before = text[: end.start()].rsplit(maxsplit=1)[-1:] or [""]
        word = before[0].lstrip(_OPENING)
        abbreviated = end[0] == "." and (word.lower() in _ABBREVIATIONS or len(word) == 1 or word[-2:-1] == ".")
        if end.end() >= _SENTENCE_FROM and not abbreviated:
            return text[: end.end()]
    return text


def _cut(sentence: str) -> str:
    """At the last clause that fits, or else at the last word; without small words left dangling."""
    room = sentence[:TITLE_LENGTH]
    clauses = [end.start() for end in _CLAUSE_END.finditer(room) if end.start() >= TITLE_LENGTH * _CLAUSE_FROM]
    if clauses:
        return room[: clauses[-1]].rstrip() + "…"
    fits_whole = sentence[TITLE_LENGTH].isspace()
    words = room.split() if fits_whole or " " not in room else room.split(" ")[:-1]
    while len(words) > 1 and len(words[-1]) <= 3 and words[-1].islower():
        words.pop()
    return " ".join(words).rstrip(" ,;:–—-") + "…"
