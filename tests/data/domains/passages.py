"""What a labelled set can be drawn from: English passages of the shared data sets, cleaned of what isn't their text.

Three collections: speeches in the UN General Debate (``ungdc``), annual messages of US presidents (``sotu``) and news
(``wikinews``). Speeches that ship with Concord are left out: whoever writes terms reads those.
"""

from __future__ import annotations

import functools
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from seeds.build_un_general_debate import mend_letters, paragraphs
from tests.shared import ROOT, shared_data

SHORTEST = 35  # words; below that few statements stand without their neighbours
LONGEST = 160  # a person labels a longer text less evenly; nine of ten paragraphs of speeches are shorter
FIRST_SPEECH = 1970  # older records are scanned worse and speak of few of the fields
FIRST_ADDRESS = 1900  # older ones are written in another English
KNOWN_FROM = 4  # a word that fewer documents have is misread, or a name in small letters
MISREAD_SHARE = 0.02  # of the words of a passage; one in fifty can be a rare word

SEEDS = ROOT / "seeds" / "un-general-debate" / "speeches-2000-2015.jsonl.gz"

_RUNNING_HEAD = re.compile(
    r"(?:\d+ +)?General Assembly\b.{0,10}\b(?:\d+\w\w plenary meeting|\w+-?\w* session).*"
    r"|\w+-?\w* session *[-–—]? *(?:\d+|l\d) +[A-Z]\w+ +\d{2,4}.*"
    r"|\d+\w\w (?:plenary )?meeting\b.{0,30}\d{4}.*",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"^\W*\d{1,3}[.,]?\s+(?=\W?[A-Z])")
_WRECK = re.compile(
    r"[~^|*\\=<>_{}#■•�]"
    r"|\b1 (?:am|should|have|would|wish|was|shall|must|can|do|now|also)\b|\bf (?:am|should|would|wish)\b"
    r"|[a-z]\d|\d[a-z]{3}|\b[a-z]+[A-Z]|[a-z][.,;][a-z]|\s[,;.](?:\s|$)|[.,]{2}(?!\.)|\s\d{1,3}\.\s+[A-Z]"
    r"|plenary meeting|\bspoke in \w+;|interpretation from"
)
_DATE_LINE = re.compile(r"^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,\s+\w+\s+\d{1,2},\s+\d{4}\s*")
_PAGE_OF_NEWS = re.compile(r"\(\(|Wikinews|https?:|pageview|^Sources?\b")
_BLANK = re.compile(r"\n\s*\n")
_SENTENCE_END = re.compile(
    r"(?<![A-Z])(?<!\b[A-Z][a-z])(?<!\b(?:Mrs|Gen|Sen|Rep|Gov))[.!?][\"”’')]*(?=\s+[“\"‘(]?[A-Z])"
)
_WHOLE = re.compile(r"^[“\"‘'(]?[A-Z].*[.!?][\"”’')]*$", re.DOTALL)
_WORD = re.compile(r"\b[a-z]{3,}\b")


@dataclass(frozen=True)
class Passage:
    """A paragraph, or the first sentences of a long one, and where it stands."""

    collection: str
    document: str
    year: int
    text: str


@functools.cache
def passages() -> tuple[Passage, ...]:
    """All passages of the three collections, in the order of the data."""
    speeches = tuple(_speeches())
    known = _known_words([*speeches, *_addresses(), *_articles()])
    readable = (passage for passage in speeches if not _is_misread(passage.text, known))
    return (*readable, *_addresses(), *_articles())


def excerpt(paragraph: str) -> str | None:
    """The paragraph, a long one cut at the last end of a sentence that fits; None where that leaves no whole text."""
    words = paragraph.split()
    text = " ".join(words)
    if len(words) > LONGEST:
        room = len(" ".join(words[:LONGEST]))
        ends = [match.end() for match in _SENTENCE_END.finditer(text) if match.end() <= room]
        text = text[: ends[-1]] if ends else ""
    return text if len(text.split()) >= SHORTEST and _WHOLE.match(text) else None


def _speeches() -> Iterator[Passage]:
    shipped = {speech["id"] for speech in read_lines(SEEDS)}
    for path in sorted(shared_data("ungdc").glob("*.jsonl.gz")):
        for speech in read_lines(path):
            if speech["id"] not in shipped and speech["year"] >= FIRST_SPEECH:
                yield from _cut("ungdc", speech, _speech_paragraphs(speech["text"]))


def _speech_paragraphs(text: str) -> Iterator[str]:
    lines = [line for line in mend_letters(text).split("\n") if not _RUNNING_HEAD.fullmatch(line.strip())]
    for paragraph in paragraphs("\n".join(lines)):
        unnumbered = _NUMBER.sub("", paragraph)
        if not _WRECK.search(unnumbered):
            yield unnumbered


def _addresses() -> Iterator[Passage]:
    for address in read_lines(shared_data("sotu") / "sotu.jsonl.gz"):
        if address["year"] >= FIRST_ADDRESS:
            yield from _cut("sotu", address, _BLANK.split(address["text"]))


def _articles() -> Iterator[Passage]:
    for article in articles():
        text = _DATE_LINE.sub("", article["text"].strip())
        kept = (paragraph for paragraph in _BLANK.split(text) if not _PAGE_OF_NEWS.search(paragraph))
        yield from _cut("wikinews", article | {"year": int(article["date"][:4])}, kept)


def articles() -> Iterator[dict[str, Any]]:
    """The news as the data set has it: ``{"id", "date", "title", "url", "text"}``."""
    yield from read_lines(shared_data("wikinews") / "wikinews_en.jsonl.gz")


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a gzipped file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _cut(collection: str, record: dict[str, Any], texts: Iterable[str]) -> Iterator[Passage]:
    for paragraph in texts:
        text = excerpt(paragraph)
        if text:
            yield Passage(collection, record["id"], record["year"], text)


def _known_words(pool: Iterable[Passage]) -> frozenset[str]:
    documents: dict[str, set[str]] = {}
    for passage in pool:
        documents.setdefault(passage.document, set()).update(_WORD.findall(passage.text))
    counts = Counter(word for words in documents.values() for word in words)
    return frozenset(word for word, count in counts.items() if count >= KNOWN_FROM)


def _is_misread(text: str, known: frozenset[str]) -> bool:
    words = _WORD.findall(text)
    return sum(word not in known for word in words) > MISREAD_SHARE * len(words)
